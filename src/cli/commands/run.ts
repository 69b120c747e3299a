import type { Command } from 'commander';
import { createContext } from '../context.js';
import { describe, oneOf, positiveInteger, seedNumber } from '../options.js';

interface RunOptions {
  readonly json?: boolean;
  readonly dryRun?: boolean;
  readonly quick?: boolean;
  readonly preset?: string;
  readonly store?: string;
  readonly runs: string;
  readonly workers?: number;
  readonly seed?: number;
  readonly provider?: string;
}

export function addRun(program: Command): void {
  const command = program
    .command('run')
    .description('run one experiment; an unfinished run of the same experiment is taken up where it stopped')
    .argument('<config>', 'configuration file (candlenet init writes one)')
    .option('--dry-run', 'print the plan, the sample counts and an estimate of time and memory; run nothing')
    .option(
      '--preset <name>',
      'named settings: paper, paper-as-written or quick',
      oneOf('--preset', ['paper', 'paper-as-written', 'quick']),
    )
    .option('--quick', 'the same as --preset quick')
    .option('--store <dir>', 'market store, in place of market.store')
    .option('--runs <dir>', 'where run folders lie', 'runs')
    .option('--workers <n>', 'worker threads, in place of training.workers', positiveInteger('--workers'))
    .option('--seed <n>', 'seed, in place of training.seed', seedNumber('--seed'))
    .option(
      '--provider <name>',
      'cpu, webgpu, cuda or auto, in place of training.provider',
      oneOf('--provider', ['cpu', 'webgpu', 'cuda', 'auto']),
    )
    .action(async (path: string, options: RunOptions) => {
      const { loadConfig, planExperiment, renderPlan, runExperiment } = await import('../../experiment/index.js');
      const { renderSummary } = await import('../../report/index.js');
      const context = createContext(options);
      const preset = [options.preset, options.quick === true ? 'quick' : undefined].filter(
        (name) => name !== undefined,
      );
      const { store, workers, seed, provider } = options;
      const loaded = loadConfig(path, { store, preset, workers, seed, provider });
      const { progress, signal, onNote } = context;
      const services = { progress, signal, onNote };
      if (options.dryRun === true) {
        const plan = await planExperiment(loaded, services);
        context.answer(
          () => renderPlan(plan),
          () => plan,
        );
        return;
      }
      const outcome = await runExperiment(loaded, { ...services, runsFolder: options.runs });
      context.answer(
        () => renderSummary(outcome.report, { colour: context.colour, reportPath: outcome.reportPath }),
        () => outcome.summary,
      );
    });
  describe(command, 'candlenet run examples/csi300.yaml --dry-run\ncandlenet run examples/csi300.yaml --quick');
}
