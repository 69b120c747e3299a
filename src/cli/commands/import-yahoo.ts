import type { Command } from 'commander';
import { type Day, readInputFile } from '../../util/index.js';
import { createContext } from '../context.js';
import { type CleaningChoice, cleaningOf, cleaningOptions, dayOption, describe, positiveInteger } from '../options.js';
import { CONFLICT_HELP, type ConflictPolicy, conflictPolicy, STORE_HELP } from './import-options.js';

interface YahooOptions extends CleaningChoice {
  readonly json?: boolean;
  readonly store: string;
  readonly from: Day;
  readonly to: Day;
  readonly symbolsFile?: string;
  readonly index: string;
  readonly benchmark?: string;
  readonly cache?: string;
  readonly requestsPerMinute: number;
  readonly baseUrl?: string;
  readonly onConflict: ConflictPolicy;
}

export function addImportYahoo(group: Command): void {
  const yahoo = group
    .command('yahoo')
    .description('Yahoo’s chart endpoint: bars, splits and dividends of symbols you name')
    .argument('[symbols...]', 'symbols as Yahoo writes them, such as AAPL, 600519.SS, 000001.SZ')
    .requiredOption('--store <dir>', STORE_HELP)
    .option('--on-conflict <what>', CONFLICT_HELP, conflictPolicy, 'refuse' as const)
    .requiredOption('--from <date>', 'first day', dayOption('--from'))
    .requiredOption('--to <date>', 'last day', dayOption('--to'))
    .option('--symbols-file <file>', 'text file with a symbol a line, beside those named')
    .option('--index <name>', 'what the symbols are called together, as an index of which all are members', 'yahoo')
    .option('--benchmark <symbol>', 'Yahoo’s symbol of the benchmark, such as ^GSPC')
    .option('--cache <dir>', 'folder that keeps every answer, so that a stopped import carries on')
    .option('--requests-per-minute <n>', 'requests a minute', positiveInteger('--requests-per-minute'), 60)
    .option('--base-url <url>', 'address of a gateway in place of Yahoo’s own')
    .action(async (named: string[], options: YahooOptions) => {
      const { importYahooStore, renderStoreSummary } = await import('../../experiment/index.js');
      const listed = options.symbolsFile ? readInputFile(options.symbolsFile, 'symbols file').toString('utf8') : '';
      const symbols = [...named, ...listed.replace(/^\uFEFF/, '').split(/\s+/)].filter((symbol) => symbol !== '');
      const context = createContext(options);
      const { index, from, to, benchmark, cache, baseUrl, requestsPerMinute } = options;
      const source = {
        symbols,
        index,
        from,
        to,
        requestsPerMinute,
        onConflict: options.onConflict,
        ...cleaningOf(options),
        ...(benchmark === undefined ? {} : { benchmark }),
        ...(cache === undefined ? {} : { cacheDir: cache }),
        ...(baseUrl === undefined ? {} : { baseUrl }),
      };
      const summary = await importYahooStore(options.store, source, context);
      context.answer(
        () => renderStoreSummary(summary),
        () => summary,
      );
    });
  cleaningOptions(yahoo);
  describe(
    yahoo,
    'candlenet import yahoo AAPL MSFT --benchmark ^GSPC --store stores/us --from 2015-01-01 --to 2023-12-31 --cache cache/yahoo',
  );
}
