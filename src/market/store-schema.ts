import { z } from 'zod';
import type { TableSchema } from '../tables/index.js';
import { importRecordSchema } from './import-record.js';

/**
 * Raised when the layout of a store changes so that older code could not read it. Optional tables (actions, fundamentals …) do not
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

/**
 * Columns of `bars.parquet`; `amount` and `st` are absent where the source has none, `st_known` where `st` is known of
 * every bar.
 */
export const barsSchema = { ...BARS, amount: 'float64', st: 'bool', st_known: 'bool' } as const satisfies TableSchema;

export function barsSchemaFor(has: { amount: boolean; st: boolean; stUnknown: boolean }): TableSchema {
  return {
    ...BARS,
    ...(has.amount ? { amount: 'float64' } : {}),
    ...(has.st ? { st: 'bool' } : {}),
    ...(has.st && has.stUnknown ? { st_known: 'bool' } : {}),
  };
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

const MEMBERS = { index: 'string', symbol: 'string', from: 'day', to: 'day' } as const satisfies TableSchema;

/** Columns of `members.parquet`; `weight`, the share of the index (0 … 1), is absent where no source states any. */
export const membersSchema = { ...MEMBERS, weight: 'float64' } as const satisfies TableSchema;

export const membersSchemaFor = (hasWeights: boolean): TableSchema => (hasWeights ? membersSchema : MEMBERS);

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

/**
 * What companies disclose, one fact a row. `announced` is the day of the disclosure and part of the key: a restatement is
 * a new row. Fields are those of `FUNDAMENTAL_FIELDS`, or the source's own names.
 */
export const fundamentalsSchema = {
  symbol: 'string',
  period_end: 'day',
  field: 'string',
  announced: 'day',
  value: 'float64',
} as const satisfies TableSchema;

/** Ratios of a day's close to what was known of the company on that day; NaN where the source has none. */
export const valuationsSchema = {
  symbol: 'string',
  date: 'day',
  /** Share of the tradable shares that changed hands: 0.01 is one per cent. */
  turnover: 'float64',
  pe_ttm: 'float64',
  pb: 'float64',
  ps_ttm: 'float64',
  pcf_ttm: 'float64',
} as const satisfies TableSchema;

/** Series of the economy, one value a row; a revision is a new row with a later `released`. Series are those of `MACRO_SERIES`, or the source's own. */
export const macroSchema = {
  series: 'string',
  period_end: 'day',
  released: 'day',
  value: 'float64',
} as const satisfies TableSchema;

/** News about an instrument. `published` is an instant in UTC; `zone` the time zone the source stated it in, such as `Asia/Shanghai`. */
export const newsSchema = {
  symbol: 'string',
  published: 'instant',
  zone: 'string',
  title: 'string',
  body: 'string',
  /** −1 … 1 where the source scores its news, NaN where not. */
  score: 'float64',
} as const satisfies TableSchema;

export const truthSchema = {
  symbol: 'string',
  date: 'day',
  p_buy: 'float32',
  p_hold: 'float32',
  p_sell: 'float32',
  expected_return: 'float32',
} as const satisfies TableSchema;

export type StoreTableName =
  | 'bars'
  | 'calendar'
  | 'instruments'
  | 'members'
  | 'benchmark'
  | OptionalTableName
  | 'truth';

/** Tables a store has only where its source states them. */
export type OptionalTableName = 'actions' | 'fundamentals' | 'valuations' | 'macro' | 'news';

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
  /** By table, where the store has several sources. */
  sources: z.record(z.string(), z.string()).optional(),
  /** How it was imported, paths from the store's folder; absent where nothing is known of it. No part of the content. */
  imports: z.array(importRecordSchema).optional(),
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
  /** Absent where no member has a weight. */
  hasMemberWeights: z.literal(true).optional(),
  hasAmount: z.boolean(),
  hasSt: z.boolean(),
  /** Bars of which nothing says whether they are under special treatment; absent where it is known of all, or of none. */
  stUnknownBars: z.number().int().positive().optional(),
  tables: z.object({
    bars: tableEntry,
    calendar: tableEntry,
    instruments: tableEntry,
    members: tableEntry,
    benchmark: tableEntry,
    /** Absent where the source states no corporate actions. */
    actions: tableEntry.optional(),
    fundamentals: tableEntry.optional(),
    valuations: tableEntry.optional(),
    macro: tableEntry.optional(),
    news: tableEntry.optional(),
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

/** Columns that `bars.parquet` of a store has, by its manifest. */
export const barsSchemaOf = ({ hasAmount, hasSt, stUnknownBars }: StoreManifest): TableSchema =>
  barsSchemaFor({ amount: hasAmount, st: hasSt, stUnknown: stUnknownBars !== undefined });

/** The same of `members.parquet`. */
export const membersSchemaOf = ({ hasMemberWeights }: StoreManifest): TableSchema =>
  membersSchemaFor(hasMemberWeights === true);
