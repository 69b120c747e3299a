import type { Command } from 'commander';
import { parseDay } from '../../util/index.js';
import { createContext } from '../context.js';
import { describe } from '../options.js';
import { addImportTushare } from './import-tushare.js';
import { addImportYahoo } from './import-yahoo.js';

interface QlibOptions {
  readonly json?: boolean;
  readonly store: string;
  readonly index: string;
  readonly from?: string;
  readonly to?: string;
  readonly instruments?: string;
}

const day = (text: string | undefined, option: string) => (text === undefined ? undefined : parseDay(text, option));

export function addImport(program: Command): void {
  const group = program
    .command('import')
    .description('bring a source of market data into a market store')
    .addHelpText(
      'after',
      '\nExample:\n  candlenet import qlib qlib_data/cn_data --store stores/csi300 --index csi300\n',
    );
  const qlib = group
    .command('qlib')
    .description('Qlib’s binary layout: calendars/, instruments/, features/<symbol>/<field>.day.bin')
    .argument('<dir>', 'Qlib data folder')
    .requiredOption('--store <dir>', 'market store to write; an older one is replaced when the new one is whole')
    .option('--index <name>', 'index whose members over time are the universe', 'csi300')
    .option('--from <date>', 'first day')
    .option('--to <date>', 'last day')
    .option('--instruments <file>', 'CSV with ts_code, name, industry, list_date, delist_date (Tushare’s columns)')
    .action(async (dir: string, options: QlibOptions) => {
      const { importQlibStore, renderStoreSummary } = await import('../../experiment/index.js');
      const context = createContext(options);
      const source = {
        index: options.index,
        from: day(options.from, '--from'),
        to: day(options.to, '--to'),
        instrumentsFile: options.instruments,
      };
      const summary = await importQlibStore(dir, options.store, source, context);
      context.answer(
        () => renderStoreSummary(summary),
        () => summary,
      );
    });
  describe(qlib, 'candlenet import qlib qlib_data/cn_data --store stores/csi300 --index csi300');
  addImportTushare(group);
  addImportYahoo(group);
}
