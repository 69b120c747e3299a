import type { Command } from 'commander';
import type { Day } from '../../util/index.js';
import { createContext } from '../context.js';
import { dayOption, describe, positiveInteger } from '../options.js';
import { CONFLICT_HELP, type ConflictPolicy, conflictPolicy } from './import-options.js';
import { readToken } from './import-tushare.js';

interface UpdateCommandOptions {
  readonly json?: boolean;
  readonly to?: Day;
  readonly onConflict?: ConflictPolicy;
  readonly dryRun?: boolean;
  readonly cache?: string;
  readonly tokenFile?: string;
  readonly requestsPerMinute?: number;
  readonly baseUrl?: string;
}

export function addUpdate(program: Command): void {
  const command = program
    .command('update')
    .description('ask the sources a market store was imported from again, and join what is new')
    .argument('<store>', 'market store')
    .option('--to <date>', 'last day; left out, of services yesterday, of files all they have', dayOption('--to'))
    .option('--on-conflict <what>', `${CONFLICT_HELP}; as at the import where that said so`, conflictPolicy)
    .option('--dry-run', 'ask and join, say what would come, and write nothing')
    .option('--cache <dir>', 'folder that keeps every answer of a service, so that a stopped update carries on')
    .option('--token-file <file>', 'file that holds Tushare’s token; else TUSHARE_TOKEN')
    .option(
      '--requests-per-minute <n>',
      'requests a minute of a service; as at the import when left out',
      positiveInteger('--requests-per-minute'),
    )
    .option('--base-url <url>', 'address of the service, where it is another than at the import')
    .action(async (store: string, options: UpdateCommandOptions) => {
      const { renderUpdateSummary, updateStore } = await import('../../experiment/index.js');
      const context = createContext(options);
      const { to, onConflict, dryRun, cache, tokenFile, requestsPerMinute, baseUrl } = options;
      const asked = {
        to,
        onConflict,
        dryRun,
        cacheDir: cache,
        requestsPerMinute,
        baseUrl,
        tushareToken: () => readToken(tokenFile),
      };
      const summary = await updateStore(store, asked, context);
      context.answer(
        () => renderUpdateSummary(summary),
        () => summary,
      );
    });
  describe(command, 'candlenet update stores/csi300\ncandlenet update stores/csi300 --dry-run --json');
}
