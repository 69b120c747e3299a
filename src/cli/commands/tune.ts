import type { Command } from 'commander';
import { createContext } from '../context.js';
import { describe, numberWithin, positiveInteger, seedNumber } from '../options.js';

interface TuneOptions {
  readonly json?: boolean;
  readonly dryRun?: boolean;
  readonly quick?: boolean;
  readonly store?: string;
  readonly runs: string;
  readonly workers?: number;
  readonly seed?: number;
  readonly trials?: number;
  readonly hours?: number;
}

export function addTune(program: Command): void {
  const command = program
    .command('tune')
    .description('search for hyper-parameters on the days before the test period; what was found is never asked again')
    .argument('<config>', 'configuration file with a tune section (docs/search.md)')
    .option('--dry-run', 'print the plan, the sample counts and an estimate of time; run nothing')
    .option('--quick', 'the preset quick: short trainings on part of the samples')
    .option('--store <dir>', 'market store, in place of market.store')
    .option('--runs <dir>', 'where run folders lie', 'runs')
    .option(
      '--workers <n>',
      'worker threads of a candidate, in place of training.workers',
      positiveInteger('--workers'),
    )
    .option('--seed <n>', 'seed of the trainings, in place of training.seed', seedNumber('--seed'))
    .option(
      '--trials <n>',
      'candidates, in place of tune.trials; more go on from those there are',
      positiveInteger('--trials'),
    )
    .option(
      '--hours <h>',
      'no candidate is begun after so much work, in place of tune.hours',
      numberWithin('--hours', 0, Number.MAX_VALUE, 'a number above 0', true),
    )
    .action(async (path: string, options: TuneOptions) => {
      const { loadConfig, planTune, renderTune, renderTunePlan, tuneExperiment } = await import(
        '../../experiment/index.js'
      );
      const context = createContext(options);
      const { store, workers, seed, trials, hours } = options;
      const preset = options.quick === true ? ['quick'] : undefined;
      const loaded = loadConfig(path, { store, preset, workers, seed, trials, hours });
      const { progress, signal, onNote } = context;
      const services = { progress, signal, onNote };
      if (options.dryRun === true) {
        const plan = await planTune(loaded, services);
        context.answer(
          () => renderTunePlan(plan),
          () => plan,
        );
        return;
      }
      const outcome = await tuneExperiment(loaded, { ...services, runsFolder: options.runs });
      context.answer(
        () => renderTune(outcome),
        () => ({ ...outcome.report, folder: outcome.folder }),
      );
    });
  describe(command, 'candlenet tune examples/tune.yaml --dry-run\ncandlenet tune examples/tune.yaml --trials 60');
}
