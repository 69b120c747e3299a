import { isAbsolute, relative, resolve } from 'node:path';
import { z } from 'zod';
import { canonicalJson } from '../util/index.js';

const shared = {
  cleaning: z
    .object({ longGaps: z.enum(['missing', 'moving-average']), threeSigma: z.enum(['mark', 'drop']) })
    .partial()
    .optional(),
  /** What became of contradicting rows, where the import was told. */
  onConflict: z.enum(['keep', 'replace']).optional(),
};
const http = {
  /** First day asked for, YYYY-MM-DD. */
  from: z.string(),
  index: z.string(),
  /** Without user, password and query, which may be secrets. */
  baseUrl: z.string().optional(),
  requestsPerMinute: z.number().optional(),
};

const recordSchemas = {
  qlib: z.object({
    kind: z.literal('qlib'),
    path: z.string(),
    index: z.string().optional(),
    from: z.string().optional(),
    instrumentsFile: z.string().optional(),
    ...shared,
  }),
  files: z.object({
    kind: z.literal('files'),
    format: z.enum(['csv', 'parquet']),
    table: z.string(),
    path: z.string(),
    preset: z.string(),
    /** Pairs such as `date=日期`; a map in a file is a `mapFile`. */
    map: z.string().optional(),
    mapFile: z.string().optional(),
    index: z.string().optional(),
    benchmark: z.string().optional(),
    rulebook: z.string().optional(),
    symbols: z.array(z.string()).optional(),
    membersFile: z.string().optional(),
    instrumentsFile: z.string().optional(),
    ...shared,
  }),
  tushare: z.object({
    kind: z.literal('tushare'),
    ...http,
    limits: z.record(z.string(), z.number()).optional(),
    news: z.array(z.string()).optional(),
    ...shared,
  }),
  yahoo: z.object({
    kind: z.literal('yahoo'),
    ...http,
    symbols: z.array(z.string()),
    benchmark: z.string().optional(),
    ...shared,
  }),
};

/** How one import of a store was asked for, so that the same source can be asked again; never with a token. */
export const importRecordSchema = z.discriminatedUnion('kind', [
  recordSchemas.qlib,
  recordSchemas.files,
  recordSchemas.tushare,
  recordSchemas.yahoo,
]);

export type ImportRecord = z.infer<typeof importRecordSchema>;

const PATHS = ['path', 'mapFile', 'membersFile', 'instrumentsFile'] as const;

function withPaths(record: ImportRecord, change: (path: string) => string): ImportRecord {
  const changed: Record<string, unknown> = { ...record };
  for (const name of PATHS) if (typeof changed[name] === 'string') changed[name] = change(changed[name]);
  return changed as ImportRecord;
}

/** Paths as a store keeps them: from its own folder, so that store and sources can move together. */
export const fromStore = (dir: string, record: ImportRecord): ImportRecord =>
  withPaths(record, (path) => relative(resolve(dir), path) || '.');

/** The reverse of `fromStore`. */
export const atStore = (dir: string, record: ImportRecord): ImportRecord =>
  withPaths(record, (path) => (isAbsolute(path) ? path : resolve(dir, path)));

/** What tells one source of a store from another: an import of the same source takes the place of the earlier record. */
function identityOf(record: ImportRecord): string {
  const { kind, index } = record;
  switch (record.kind) {
    case 'qlib':
      return canonicalJson([kind, record.path, index ?? null]);
    case 'files':
      return canonicalJson([kind, record.path, record.table, record.format]);
    case 'tushare':
      return canonicalJson([kind, index, record.baseUrl ?? null]);
    case 'yahoo':
      return canonicalJson([kind, index, record.baseUrl ?? null, [...record.symbols].sort()]);
  }
}

/** All records in the order of their first import, of the same source the later one. */
export function joinRecords(earlier: readonly ImportRecord[], later: readonly ImportRecord[]): ImportRecord[] {
  const all = new Map<string, ImportRecord>();
  for (const record of [...earlier, ...later]) all.set(identityOf(record), record);
  return [...all.values()];
}

/** Where a file lies, whatever the working folder; of none, none. */
export const absolute = (path: string | undefined) => (path === undefined ? undefined : resolve(path));

/** An address without what may be secret in it; of none, none. */
export function withoutSecrets(address: string | undefined): string | undefined {
  if (address === undefined) return undefined;
  try {
    const url = new URL(address);
    url.username = '';
    url.password = '';
    url.search = '';
    url.hash = '';
    return url.href.replace(/\/$/, '');
  } catch {
    return address;
  }
}

/** Leaves out what is undefined: a record holds what was said. */
export function said<T extends object>(value: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined>;
  };
}
