import type { Command } from 'commander';
import { parseDay } from '../../util/index.js';
import { createContext } from '../context.js';
import { type CleaningChoice, cleaningOf, cleaningOptions, describe } from '../options.js';
import { addImportTushare } from './import-tushare.js';
import { addImportYahoo } from './import-yahoo.js';

interface QlibOptions extends CleaningChoice {
  readonly json?: boolean;
  readonly store: string;
  readonly index: string;
  readonly from?: string;
  readonly to?: string;
  readonly instruments?: string;
}

interface CsvOptions extends CleaningChoice {
  readonly json?: boolean;
  readonly store: string;
  readonly preset: string;
  readonly map?: string;
  readonly index: string;
  readonly members?: string;
  readonly benchmark?: string;
  readonly rulebook?: string;
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
  addCsv(group);
}

function addCsv(group: Command): void {
  const csv = group
    .command('csv')
    .description('daily bars in CSV files, plain or gzipped, UTF-8 or GBK: one a symbol, or with a column of symbols')
    .argument('<path>', 'file, or folder of .csv and .csv.gz files')
    .requiredOption('--store <dir>', 'market store to write; an older one is replaced when the new one is whole')
    .option('--preset <name>', 'plain, baostock, tushare, akshare, wind, tonghuashun or yahoo', 'plain')
    .option('--map <pairs>', 'headers that differ from the preset’s, such as date=日期,close=收盘')
    .option('--index <name>', 'name of the index whose members are the universe', 'all')
    .option('--members <file>', 'CSV with symbol, from, to; without it every instrument is a member while it has bars')
    .option('--benchmark <symbol>', 'symbol among the files that is the benchmark')
    .option('--rulebook <name>', 'rules of trading; the preset’s market when left out')
    .option('--instruments <file>', 'CSV with ts_code, name, industry, list_date, delist_date (Tushare’s columns)')
    .action(async (path: string, options: CsvOptions) => {
      const { importBarFilesStore, renderStoreSummary } = await import('../../experiment/index.js');
      const context = createContext(options);
      const { preset, map, index, benchmark, rulebook } = options;
      const source = {
        preset,
        map,
        index,
        benchmark,
        rulebook,
        membersFile: options.members,
        instrumentsFile: options.instruments,
        ...cleaningOf(options),
      };
      const summary = await importBarFilesStore(path, options.store, source, context);
      context.answer(
        () => renderStoreSummary(summary),
        () => summary,
      );
    });
  cleaningOptions(csv);
  describe(csv, 'candlenet import csv downloads/ --preset tushare --store stores/mine --index csi300');
}
