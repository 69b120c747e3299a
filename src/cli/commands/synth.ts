import type { Command } from 'commander';
import { createContext } from '../context.js';
import { describe, oneOf, positiveInteger, seedNumber } from '../options.js';

interface SynthOptions {
  readonly json?: boolean;
  readonly store: string;
  readonly kind: 'null' | 'planted';
  readonly symbols: number;
  readonly days: number;
  readonly seed: number;
  readonly truth: boolean;
  readonly facts: boolean;
  readonly listingRules: 'plain' | 'full';
}

export function addSynth(program: Command): void {
  const command = program
    .command('synth')
    .description('make a synthetic market: null (nothing to be known) or planted (a signal of known strength)')
    .requiredOption('--store <dir>', 'market store to write')
    .option('--kind <kind>', 'null or planted', oneOf('--kind', ['null', 'planted']), 'planted')
    .option('--symbols <n>', 'stocks', positiveInteger('--symbols'), 60)
    .option('--days <n>', 'sessions', positiveInteger('--days'), 1500)
    .option('--seed <n>', 'seed', seedNumber('--seed'), 1)
    .option(
      '--listing-rules <set>',
      'plain, or full: STAR and Beijing boards, special treatment, free first sessions, rights issues, short holidays',
      oneOf('--listing-rules', ['plain', 'full']),
      'plain',
    )
    .option('--no-truth', 'leave out the truth, half of the time: no bound on accuracy and IC is known then')
    .option('--no-facts', 'leave out fundamentals, daily ratios, macro series and news; the bars stay the same')
    .action(async (options: SynthOptions) => {
      const { renderStoreSummary, synthesiseStore } = await import('../../experiment/index.js');
      const context = createContext(options);
      const summary = await synthesiseStore(options.store, options, context);
      context.answer(
        () => renderStoreSummary(summary),
        () => summary,
      );
    });
  describe(command, 'candlenet synth --store stores/planted --kind planted --symbols 60 --days 1500 --seed 1');
}
