import type { Command } from 'commander';
import { createContext } from '../context.js';
import { describe } from '../options.js';

interface DataOptions {
  readonly json?: boolean;
  readonly index?: string;
}

export function addData(program: Command): void {
  const command = program
    .command('data')
    .description(
      'what a market store holds and lacks: samples, missing rates, coverage of the index, screening, repairs',
    )
    .argument('<store>', 'market store')
    .option('--index <name>', 'index whose coverage and screening are shown; by default every one with membership')
    .action(async (store: string, options: DataOptions) => {
      const { dataReport, renderDataReport } = await import('../../experiment/index.js');
      const context = createContext(options);
      const report = await dataReport(store, { index: options.index }, context);
      context.answer(
        () => renderDataReport(report),
        () => report,
      );
    });
  describe(command, 'candlenet data stores/csi300\ncandlenet data stores/csi300 --json');
}
