import type { Command } from 'commander';
import { parseDay } from '../../util/index.js';
import { createContext } from '../context.js';
import { type CleaningChoice, cleaningOf, cleaningOptions, describe } from '../options.js';
import { addImportFiles } from './import-files.js';
import { CONFLICT_HELP, type ConflictPolicy, conflictPolicy, STORE_HELP } from './import-options.js';
import { addImportTushare } from './import-tushare.js';
import { addImportYahoo } from './import-yahoo.js';

interface QlibOptions extends CleaningChoice {
  readonly json?: boolean;
  readonly store: string;
  readonly index: string;
  readonly from?: string;
  readonly to?: string;
  readonly instruments?: string;
  readonly onConflict: ConflictPolicy;
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
    .requiredOption('--store <dir>', STORE_HELP)
    .option('--on-conflict <what>', CONFLICT_HELP, conflictPolicy, 'refuse' as const)
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
        onConflict: options.onConflict,
        ...cleaningOf(options),
      };
      const summary = await importQlibStore(dir, options.store, source, context);
      context.answer(
        () => renderStoreSummary(summary),
        () => summary,
      );
    });
  cleaningOptions(qlib);
  describe(qlib, 'candlenet import qlib qlib_data/cn_data --store stores/csi300 --index csi300');
  addImportTushare(group);
  addImportYahoo(group);
  addImportFiles(
    group,
    'csv',
    'CSV files, plain or gzipped, UTF-8 or GBK: bars one file a symbol or with a column of symbols, or another table',
  );
  addImportFiles(
    group,
    'parquet',
    'Parquet files: bars one file a symbol or with a column of symbols, or another table',
  );
}
