import type { Command } from 'commander';
import { CandlenetError, type Day, readInputFile } from '../../util/index.js';
import { createContext } from '../context.js';
import { type CleaningChoice, cleaningOf, cleaningOptions, dayOption, describe, positiveInteger } from '../options.js';
import { CONFLICT_HELP, type ConflictPolicy, conflictPolicy, STORE_HELP } from './import-options.js';

interface TushareOptions extends CleaningChoice {
  readonly json?: boolean;
  readonly store: string;
  readonly index: string;
  readonly from: Day;
  readonly to: Day;
  readonly cache?: string;
  readonly tokenFile?: string;
  readonly requestsPerMinute: number;
  readonly baseUrl?: string;
  readonly onConflict: ConflictPolicy;
  readonly news?: string;
}

export function addImportTushare(group: Command): void {
  const tushare = group
    .command('tushare')
    .description('Tushare Pro over HTTP; the token is read from --token-file or TUSHARE_TOKEN and kept nowhere')
    .requiredOption('--store <dir>', STORE_HELP)
    .option('--on-conflict <what>', CONFLICT_HELP, conflictPolicy, 'refuse' as const)
    .requiredOption('--from <date>', 'first day', dayOption('--from'))
    .requiredOption('--to <date>', 'last day', dayOption('--to'))
    .option('--index <name>', 'index whose members over time are the universe', 'csi300')
    .option('--cache <dir>', 'folder that keeps every answer, so that a stopped import carries on')
    .option('--token-file <file>', 'file that holds the token')
    .option(
      '--requests-per-minute <n>',
      'requests a minute of each kind of data the account allows',
      positiveInteger('--requests-per-minute'),
      200,
    )
    .option(
      '--news <sources>',
      'also the short news of these sources about the stocks, comma-separated: sina, cls, eastmoney …; a request a day and source',
    )
    .option('--base-url <url>', 'address of a gateway in place of Tushare’s own')
    .action(async (options: TushareOptions) => {
      const { importTushareStore, renderStoreSummary } = await import('../../experiment/index.js');
      const token = readToken(options.tokenFile);
      const context = createContext(options);
      const { index, from, to, cache, baseUrl, requestsPerMinute, news } = options;
      const source = {
        token,
        index,
        from,
        to,
        requestsPerMinute,
        onConflict: options.onConflict,
        ...cleaningOf(options),
        ...(cache === undefined ? {} : { cacheDir: cache }),
        ...(baseUrl === undefined ? {} : { baseUrl }),
        ...(news === undefined ? {} : { news: news.split(',') }),
      };
      const summary = await importTushareStore(options.store, source, context);
      context.answer(
        () => renderStoreSummary(summary),
        () => summary,
      );
    });
  cleaningOptions(tushare);
  describe(
    tushare,
    'candlenet import tushare --store stores/csi300 --index csi300 --from 2015-01-01 --to 2023-12-31 --cache cache/tushare',
  );
}

export function readToken(file: string | undefined): string {
  const token = file === undefined ? process.env.TUSHARE_TOKEN : readInputFile(file, 'token file').toString('utf8');
  if (token !== undefined && token.trim() !== '') return token.trim();
  throw new CandlenetError(
    'ARGUMENT_INVALID',
    file === undefined
      ? 'TUSHARE_TOKEN: found no token, expected one there or in --token-file'
      : `--token-file: found no token in ${file}, expected one`,
  );
}
