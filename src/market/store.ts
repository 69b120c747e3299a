import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type RowFilter, readParquet, type Table, type TableSchema } from '../tables/index.js';
import { CandlenetError, type Day, formatDay, parseDay, readInputFile } from '../util/index.js';
import { tableToBars, tableToTruth } from './bar-rows.js';
import { resolveIndex } from './known-indices.js';
import { closingInstant } from './session-clock.js';
import {
  actionsSchema,
  type barsSchema,
  barsSchemaOf,
  benchmarkSchema,
  calendarSchema,
  fundamentalsSchema,
  instrumentsSchema,
  MANIFEST_FILE,
  macroSchema,
  manifestSchema,
  type membersSchema,
  membersSchemaOf,
  newsSchema,
  type StoreManifest,
  type StoreTableName,
  tableFile,
  truthSchema,
  valuationsSchema,
} from './store-schema.js';
import { tableToActions, tableToInstruments, tableToMembers } from './store-tables.js';
import type {
  BarMatrix,
  BenchmarkSeries,
  CorporateAction,
  FundamentalTable,
  Instrument,
  MacroTable,
  MembershipSpell,
  NewsTable,
  SyntheticTruth,
  ValuationTable,
} from './types.js';

export interface AsOf {
  /** Nothing that became known after this day comes back. */
  readonly asOf: Day;
}

export interface AsOfWindow extends AsOf {
  /** Leaves out what is dated before this day. */
  readonly from?: Day;
}

/**
 * An open market store. Every read needs `asOf` (@throws ARGUMENT_INVALID without one, from JavaScript too): bars, memberships, listings and benchmark values dated after it do not
 * come back, and an end that lies after it (of a membership, of a listing) is not told.
 */
export interface MarketStore {
  readonly dir: string;
  readonly manifest: StoreManifest;
  /** First and last session. */
  readonly firstDay: Day;
  readonly lastDay: Day;
  /** Symbols without a bar in the window are left out. @throws DATE_OUT_OF_STORE, STORE_INVALID */
  readBars(window: AsOfWindow): Promise<BarMatrix>;
  /** Every session of the window. @throws DATE_OUT_OF_STORE, STORE_INVALID */
  readCalendar(window: AsOfWindow): Promise<Int32Array>;
  readInstruments(options: AsOf): Promise<Instrument[]>;
  readMembers(options: AsOf): Promise<MembershipSpell[]>;
  /** @param index such as `csi300`, or the symbol of that index. @throws INDEX_UNKNOWN */
  readBenchmark(index: string, window: AsOfWindow): Promise<BenchmarkSeries>;
  /**
   * Corporate actions up to the day, ascending by ex-day, then symbol; null where the store has no such table and only the
   * adjustment factor tells of them. @throws STORE_INVALID
   */
  readActions(options: AsOf): Promise<CorporateAction[] | null>;
  /** Disclosures announced up to the day, by symbol, field, announced and period; null where the store has none, as below. */
  readFundamentals(options: AsOf): Promise<FundamentalTable | null>;
  /** Daily ratios of the window, by symbol and date. */
  readValuations(window: AsOfWindow): Promise<ValuationTable | null>;
  /** Values released up to the day, by series, released and period. */
  readMacro(options: AsOf): Promise<MacroTable | null>;
  /** News published up to the close of the day, by symbol and instant: what came later is known the day after. */
  readNews(options: AsOf): Promise<NewsTable | null>;
  /**
   * Of a synthetic market, laid out like `bars`; null for any other. What made the market is no fact that anybody in it could
   * know, on whatever day: a judge of results may read it, never a feature.
   */
  readTruth(bars: Pick<BarMatrix, 'symbols' | 'dates'>): Promise<SyntheticTruth | null>;
}

/** @throws FILE_NOT_FOUND, STORE_INVALID */
export async function openMarketStore(dir: string): Promise<MarketStore> {
  if (!existsSync(dir)) throw new CandlenetError('FILE_NOT_FOUND', `${dir}: market store not found`);
  const manifest = readManifest(dir);
  for (const name of Object.keys(manifest.tables) as StoreTableName[]) {
    if (!existsSync(join(dir, tableFile(name)))) throw invalid(join(dir, tableFile(name)), 'table not found');
  }
  const firstDay = parseDay(manifest.from, join(dir, MANIFEST_FILE));
  const lastDay = parseDay(manifest.to, join(dir, MANIFEST_FILE));

  function checkWindow({ asOf, from }: AsOfWindow): void {
    checkAsOf(dir, asOf);
    const start = from ?? firstDay;
    if (asOf < firstDay || start > lastDay || start > asOf) {
      throw new CandlenetError(
        'DATE_OUT_OF_STORE',
        `${dir}: asked for ${formatDay(start)} … ${formatDay(asOf)}, the store holds ${manifest.from} … ${manifest.to}`,
      );
    }
  }

  const dated = ({ asOf, from }: AsOfWindow): RowFilter => ({
    column: 'date',
    max: asOf,
    ...(from === undefined ? {} : { min: from }),
  });

  async function readCalendar(window: AsOfWindow): Promise<Int32Array> {
    checkWindow(window);
    return (await readTable(dir, 'calendar', calendarSchema, [dated(window)])).columns.date;
  }

  return {
    dir,
    manifest,
    firstDay,
    lastDay,
    readCalendar,
    async readBars(window) {
      const dates = await readCalendar(window);
      const schema = barsSchemaOf(manifest) as typeof barsSchema;
      return tableToBars((await readTable(dir, 'bars', schema, [dated(window)])).columns, dates);
    },
    async readInstruments({ asOf }) {
      checkAsOf(dir, asOf);
      const all = tableToInstruments(await readTable(dir, 'instruments', instrumentsSchema));
      return all
        .filter(({ listDate }) => listDate === null || listDate <= asOf)
        .map((one) => (one.delistDate !== null && one.delistDate > asOf ? { ...one, delistDate: null } : one));
    },
    async readMembers({ asOf }) {
      checkAsOf(dir, asOf);
      const schema = membersSchemaOf(manifest) as typeof membersSchema;
      const spells = tableToMembers(await readTable(dir, 'members', schema, [{ column: 'from', max: asOf }]));
      return spells.map((spell) => (spell.to > asOf ? { ...spell, to: asOf } : spell));
    },
    async readBenchmark(index, window) {
      checkWindow(window);
      const key = resolveIndex(index, manifest.benchmarkIndices);
      if (key === null) throw unknownIndex(dir, index, 'benchmark', manifest.benchmarkIndices);
      const where = [{ column: 'index', equals: key }, dated(window)];
      const { columns } = await readTable(dir, 'benchmark', benchmarkSchema, where);
      return toSeries(key, columns);
    },
    async readActions({ asOf }) {
      checkAsOf(dir, asOf);
      if (!manifest.tables.actions) return null;
      return tableToActions(await readTable(dir, 'actions', actionsSchema, [{ column: 'ex_date', max: asOf }]));
    },
    async readFundamentals({ asOf }) {
      checkAsOf(dir, asOf);
      if (!manifest.tables.fundamentals) return null;
      return readTable(dir, 'fundamentals', fundamentalsSchema, [{ column: 'announced', max: asOf }]);
    },
    async readValuations(window) {
      checkAsOf(dir, window.asOf);
      if (!manifest.tables.valuations) return null;
      checkWindow(window);
      return readTable(dir, 'valuations', valuationsSchema, [dated(window)]);
    },
    async readMacro({ asOf }) {
      checkAsOf(dir, asOf);
      if (!manifest.tables.macro) return null;
      return readTable(dir, 'macro', macroSchema, [{ column: 'released', max: asOf }]);
    },
    async readNews({ asOf }) {
      checkAsOf(dir, asOf);
      if (!manifest.tables.news) return null;
      const upTo = closingInstant(manifest.rulebook, asOf);
      return readTable(dir, 'news', newsSchema, [{ column: 'published', max: upTo, instant: true }]);
    },
    async readTruth(bars) {
      if (!manifest.truth) return null;
      return { ...manifest.truth, ...tableToTruth((await readTable(dir, 'truth', truthSchema)).columns, bars) };
    },
  };
}

/** Without the day of the reader nothing is read: all of a table is no answer that anybody could have had. */
function checkAsOf(dir: string, asOf: Day): void {
  if (Number.isInteger(asOf)) return;
  throw new CandlenetError('ARGUMENT_INVALID', `${dir}: asOf: found ${String(asOf)}, expected the day of the reader`);
}

function toSeries(index: string, rows: Table<typeof benchmarkSchema>['columns']): BenchmarkSeries {
  return {
    index,
    name: rows.name[0] ?? index,
    kind: rows.kind[0] === 'total-return' ? 'total-return' : 'price',
    dates: rows.date,
    open: rows.open,
    high: rows.high,
    low: rows.low,
    close: rows.close,
    volume: rows.volume,
  };
}

export function unknownIndex(where: string, index: string, what: string, known: readonly string[]): CandlenetError {
  const there = known.length > 0 ? known.join(', ') : 'none';
  return new CandlenetError('INDEX_UNKNOWN', `${where}: no ${what} for the index "${index}", there are: ${there}`);
}

function invalid(path: string, message: string): CandlenetError {
  return new CandlenetError('STORE_INVALID', `${path}: ${message}`);
}

function readManifest(dir: string): StoreManifest {
  const path = join(dir, MANIFEST_FILE);
  if (!existsSync(path)) throw invalid(dir, `not a market store: it has no ${MANIFEST_FILE}`);
  let json: unknown;
  try {
    json = JSON.parse(readInputFile(path, 'store manifest').toString('utf8'));
  } catch (error) {
    if (error instanceof CandlenetError) throw error;
    throw invalid(path, 'not valid JSON');
  }
  const parsed = manifestSchema.safeParse(json);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw invalid(path, `${issue.path.join('.') || 'manifest'}: ${issue.message}`);
}

/** A table of a store; whatever is wrong with it is the store's fault. */
async function readTable<S extends TableSchema>(
  dir: string,
  name: StoreTableName,
  schema: S,
  where: readonly RowFilter[] = [],
): Promise<Table<S>> {
  try {
    return await readParquet(join(dir, tableFile(name)), schema, { where });
  } catch (error) {
    if (error instanceof CandlenetError && (error.code === 'TABLE_INVALID' || error.code === 'FILE_NOT_FOUND')) {
      throw new CandlenetError('STORE_INVALID', error.message, { cause: error });
    }
    throw error;
  }
}
