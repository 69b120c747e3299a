import type { Command } from 'commander';
import { createContext } from '../context.js';
import { describe } from '../options.js';

interface RunsOptions {
  readonly json?: boolean;
  readonly runs: string;
}

export function addRuns(program: Command): void {
  const command = program
    .command('runs')
    .description(
      'list the runs of a folder, or compare those named: their figures, and where their configurations differ',
    )
    .argument('[run...]', 'runs to compare, by id or path')
    .option('--runs <dir>', 'where run folders lie', 'runs')
    .action(async (ids: string[], options: RunsOptions) => {
      const { compareRuns, renderRuns } = await import('../../experiment/index.js');
      const context = createContext(options);
      const comparison = compareRuns(options.runs, ids);
      context.answer(
        () => renderRuns(comparison),
        () => comparison,
      );
    });
  describe(command, 'candlenet runs\ncandlenet runs csi300-1f2e3d4c csi300-9a8b7c6d');
}
