import { z } from 'zod';
import type { TableSchema } from '../tables/index.js';

/**
 * Raised when the layout of a store changes so that older code could not read it. Optional tables (actions, truth) do not
 * raise it: a store without one is read as such, and older code passes over a table it does not know.
 */
export const STORE_SCHEMA_VERSION = 1;

export const MANIFEST_FILE = 'store.json';

const BARS = {
  symbol: 'string',
  date: 'day',
  open: 'float64',
  high: 'float64',
  low: 'float64',
  close: 'float64',
  volume: 'float64',
  adj_factor: 'float64',
  suspended: 'bool',
  flags: 'int32',
} as const satisfies TableSchema;

/** Columns of `bars.parquet`; `amount` and `st` are absent where the source has none. */
export const barsSchema = { ...BARS, amount: 'float64', st: 'bool' } as const satisfies TableSchema;

export function barsSchemaFor(has: { amount: boolean; st: boolean }): TableSchema {
  return { ...BARS, ...(has.amount ? { amount: 'float64' } : {}), ...(has.st ? { st: 'bool' } : {}) };
}

/** Every session of the store, also those on which nothing traded. */
export const calendarSchema = { date: 'day' } as const satisfies TableSchema;

export const instrumentsSchema = {
  symbol: 'string',
  name: 'string',
  exchange: 'string',
  board: 'string',
  industry: 'string',
  list_date: 'day',
  delist_date: 'day',
} as const satisfies TableSchema;

export const membersSchema = {
  index: 'string',
  symbol: 'string',
  from: 'day',
  to: 'day',
} as const satisfies TableSchema;

export const benchmarkSchema = {
  index: 'string',
  name: 'string',
  kind: 'string',
  date: 'day',
  open: 'float64',
  high: 'float64',
  low: 'float64',
  close: 'float64',
  volume: 'float64',
} as const satisfies TableSchema;

export const actionsSchema = {
  symbol: 'string',
  ex_date: 'day',
  cash: 'float64',
  bonus: 'float64',
  transfer: 'float64',
  rights: 'float64',
  rights_price: 'float64',
} as const satisfies TableSchema;

export const truthSchema = {
  symbol: 'string',
  date: 'day',
  p_buy: 'float32',
  p_hold: 'float32',
  p_sell: 'float32',
  expected_return: 'float32',
} as const satisfies TableSchema;

export type StoreTableName = 'bars' | 'calendar' | 'instruments' | 'members' | 'benchmark' | 'actions' | 'truth';

export function tableFile(name: StoreTableName): string {
  return `${name}.parquet`;
}

const tableEntry = z.object({ rows: z.number().int().nonnegative(), hash: z.string() });

const findingEntry = z.object({
  kind: z.string(),
  title: z.string(),
  count: z.number(),
  example: z.string(),
  action: z.string(),
});

/** `store.json`: what a store holds, so that a report can say it without opening a table. */
export const manifestSchema = z.object({
  format: z.literal('candlenet-market-store'),
  schemaVersion: z.literal(STORE_SCHEMA_VERSION),
  title: z.string(),
  source: z.string(),
  rulebook: z.string(),
  /** SHA-256 over the values of every table and the rulebook; neither title nor file encoding enter. */
  contentHash: z.string(),
  /** First and last session, YYYY-MM-DD. */
  from: z.string(),
  to: z.string(),
  sessions: z.number().int(),
  /** Symbols that have bars. */
  symbols: z.number().int(),
  /** Indices with membership, and indices with a benchmark series. */
  memberIndices: z.array(z.string()),
  benchmarkIndices: z.array(z.string()),
  hasAmount: z.boolean(),
  hasSt: z.boolean(),
  tables: z.object({
    bars: tableEntry,
    calendar: tableEntry,
    instruments: tableEntry,
    members: tableEntry,
    benchmark: tableEntry,
    /** Absent where the source states no corporate actions. */
    actions: tableEntry.optional(),
    truth: tableEntry.optional(),
  }),
  findings: z.array(findingEntry),
  /** The scalars of a synthetic market's truth; its arrays are in `truth.parquet`. */
  truth: z
    .object({
      kind: z.enum(['null', 'planted']),
      seed: z.number(),
      windowDays: z.number(),
      horizonDays: z.number(),
      labelK: z.number(),
      labelVolatilityDays: z.number(),
    })
    .optional(),
});

export type StoreManifest = z.infer<typeof manifestSchema>;
