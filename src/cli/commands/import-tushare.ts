import type { Command } from 'commander';
import { CandlenetError, type Day, readInputFile } from '../../util/index.js';
import { createContext } from '../context.js';
import { type CleaningChoice, cleaningOf, cleaningOptions, dayOption, describe, positiveInteger } from '../options.js';

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
  readonly news?: string;
}

export function addImportTushare(group: Command): void {
  const tushare = group
    .command('tushare')
    .description('Tushare Pro over HTTP; the token is read from --token-file or TUSHARE_TOKEN and kept nowhere')
    .requiredOption('--store <dir>', 'market store to write; an older one is replaced when the new one is whole')
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

function readToken(file: string | undefined): string {
  const token = file === undefined ? process.env.TUSHARE_TOKEN : readInputFile(file, 'token file').toString('utf8');
  if (token !== undefined && token.trim() !== '') return token.trim();
  throw new CandlenetError(
    'ARGUMENT_INVALID',
    file === undefined
      ? 'TUSHARE_TOKEN: found no token, expected one there or in --token-file'
      : `--token-file: found no token in ${file}, expected one`,
  );
}
