import type { Command } from 'commander';
import { createContext } from '../context.js';
import { describe, oneOf, seedNumber } from '../options.js';

interface DemoOptions {
  readonly json?: boolean;
  readonly out: string;
  readonly kind: 'null' | 'planted';
  readonly seed: number;
  readonly quick?: boolean;
}

export function addDemo(program: Command): void {
  const command = program
    .command('demo')
    .description('the whole path on an embedded synthetic market: no data, a few minutes, a report at the end')
    .option('--out <dir>', 'where the market (demo-market) and the run go', 'runs')
    .option(
      '--kind <kind>',
      'planted: there is something to learn; null: there is nothing',
      oneOf('--kind', ['null', 'planted']),
      'planted',
    )
    .option('--seed <n>', 'seed of market and training', seedNumber('--seed'), 1)
    .option('--quick', 'a smaller market and fewer epochs')
    .action(async (options: DemoOptions) => {
      const { runDemo } = await import('../../experiment/index.js');
      const { renderSummary } = await import('../../report/index.js');
      const context = createContext(options);
      const outcome = await runDemo({ ...options, quick: options.quick === true }, context);
      context.answer(
        () => renderSummary(outcome.report, { colour: context.colour, reportPath: outcome.reportPath }),
        () => outcome.summary,
      );
    });
  describe(command, 'candlenet demo\ncandlenet demo --kind null --seed 7');
}
