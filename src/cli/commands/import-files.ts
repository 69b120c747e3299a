import type { Command } from 'commander';
import { createContext } from '../context.js';
import { type CleaningChoice, cleaningOf, cleaningOptions, describe, oneOf } from '../options.js';
import { CONFLICT_HELP, type ConflictPolicy, conflictPolicy, STORE_HELP } from './import-options.js';

const TABLES = [
  'bars',
  'instruments',
  'members',
  'actions',
  'fundamentals',
  'valuations',
  'macro',
  'news',
  'benchmark',
] as const;

interface FileOptions extends CleaningChoice {
  readonly json?: boolean;
  readonly store: string;
  readonly preset: string;
  readonly map?: string;
  readonly table: (typeof TABLES)[number];
  readonly onConflict: ConflictPolicy;
  readonly index: string;
  readonly members?: string;
  readonly benchmark?: string;
  readonly rulebook?: string;
  readonly instruments?: string;
}

/** `import csv` and `import parquet`. */
export function addImportFiles(group: Command, format: 'csv' | 'parquet', description: string): void {
  const files = group
    .command(format)
    .description(description)
    .argument(
      '<path>',
      format === 'csv' ? 'file, or folder of .csv and .csv.gz files' : 'file, or folder of .parquet files',
    )
    .requiredOption('--store <dir>', STORE_HELP)
    .option('--preset <name>', 'plain, baostock, tushare, akshare, wind, tonghuashun or yahoo', 'plain')
    .option('--map <file>', 'YAML file of what differs from the preset, or headers such as date=日期,close=收盘')
    .option('--table <name>', `what the files hold: ${TABLES.join(', ')}`, oneOf('--table', TABLES), 'bars' as const)
    .option('--on-conflict <what>', CONFLICT_HELP, conflictPolicy, 'refuse' as const)
    .option('--index <name>', 'name of the index whose members are the universe', 'all')
    .option('--members <file>', 'CSV with symbol, from, to; without it every instrument is a member while it has bars')
    .option('--benchmark <symbol>', 'symbol among the files that is the benchmark')
    .option('--rulebook <name>', 'rules of trading; the preset’s market when left out')
    .option('--instruments <file>', 'CSV with ts_code, name, industry, list_date, delist_date (Tushare’s columns)')
    .action(async (path: string, options: FileOptions) => {
      const { importFilesStore, renderStoreSummary } = await import('../../experiment/index.js');
      const context = createContext(options);
      const { preset, map, table, onConflict, index, benchmark, rulebook } = options;
      const source = {
        format,
        table,
        preset,
        map,
        onConflict,
        index,
        benchmark,
        rulebook,
        membersFile: options.members,
        instrumentsFile: options.instruments,
        ...cleaningOf(options),
      };
      const summary = await importFilesStore(path, options.store, source, context);
      context.answer(
        () => renderStoreSummary(summary),
        () => summary,
      );
    });
  cleaningOptions(files);
  describe(
    files,
    `candlenet import ${format} downloads/ --preset tushare --store stores/mine --index csi300
candlenet import ${format} fina_indicator.${format} --preset tushare --table fundamentals --store stores/mine`,
  );
}
