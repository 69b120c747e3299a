import type { Command } from 'commander';
import { createContext } from '../context.js';
import { amount, describe, positiveInteger, seedNumber } from '../options.js';

interface PaperCommandOptions {
  readonly json?: boolean;
  readonly dryRun?: boolean;
  readonly quick?: boolean;
  readonly budget?: number;
  readonly index?: string;
  readonly out: string;
  readonly seed: number;
  readonly workers: number;
}

export function addPaper(program: Command): void {
  const command = program
    .command('paper')
    .description(
      'Tables 1, 2 and 3 of the paper and its figures for a store, beside the paper’s own; goes on where it stopped',
    )
    .argument('<store>', 'market store folder')
    .option('--budget <hours>', 'hours there are; what does not fit is cut, and said', amount('--budget'))
    .option('--quick', 'under a quarter of an hour; the default without --budget')
    .option('--dry-run', 'print the plan and an estimate of time; run nothing')
    .option('--index <name>', 'index whose members are traded; by default the store’s first')
    .option('--out <dir>', 'where runs and tables go', 'paper')
    .option('--seed <n>', 'seed of everything random', seedNumber('--seed'), 1)
    .option('--workers <n>', 'worker threads', positiveInteger('--workers'), 2)
    .action(async (store: string, options: PaperCommandOptions) => {
      const { planPaper, renderPaperPlan, renderPaperSummary, runPaper } = await import('../../experiment/index.js');
      const context = createContext(options);
      const { progress, signal, onNote } = context;
      const services = { progress, signal, onNote };
      const { out, index, seed, workers } = options;
      const budget = options.quick === true || options.budget === undefined ? 'quick' : options.budget;
      const given = { out, index, seed, workers, budget } as const;
      if (options.dryRun === true) {
        const plan = await planPaper(store, given, services);
        context.answer(
          () => renderPaperPlan(plan),
          () => plan,
        );
        return;
      }
      const outcome = await runPaper(store, given, services);
      context.answer(
        () => renderPaperSummary(outcome),
        () => ({
          tables: outcome.data.tables,
          reductions: outcome.data.reductions,
          runs: outcome.data.runs,
          report: outcome.reportPath,
        }),
      );
    });
  describe(
    command,
    'candlenet paper stores/csi300 --quick\ncandlenet paper stores/csi300 --budget 3 --out paper-csi300',
  );
}
