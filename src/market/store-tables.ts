import { createTableBuilder, MISSING_DAY, sortTable, type Table, type TableSchema } from '../tables/index.js';
import { CandlenetError } from '../util/index.js';
import { barsToTable, stUnknownBars, truthToTable } from './bar-rows.js';
import {
  actionsSchema,
  barsSchemaFor,
  benchmarkSchema,
  calendarSchema,
  fundamentalsSchema,
  instrumentsSchema,
  macroSchema,
  membersSchema,
  membersSchemaFor,
  newsSchema,
  type StoreTableName,
  truthSchema,
  valuationsSchema,
} from './store-schema.js';
import type { BenchmarkSeries, Board, CorporateAction, Instrument, MarketTables, MembershipSpell } from './types.js';

/** One table of a store, ready to be written. */
export interface StoreTable {
  readonly name: StoreTableName;
  readonly schema: TableSchema;
  readonly table: Table;
}

/** The tables of a market in the form a store keeps them, each made when it is asked for: the large ones need never be there together. */
export function storeTables(market: MarketTables): (() => StoreTable)[] {
  const { bars, actions, truth } = market;
  const schema = barsSchemaFor({
    amount: bars.amount !== null,
    st: bars.st !== null,
    stUnknown: stUnknownBars(bars) > 0,
  });
  return [
    () => stored('bars', barsToTable(bars), schema),
    () => stored('calendar', { length: bars.dates.length, columns: { date: bars.dates } }, calendarSchema),
    () => stored('instruments', instrumentsToTable(market.instruments), instrumentsSchema),
    () => stored('members', membersToTable(market.members), membersSchemaFor(hasWeights(market.members))),
    () => stored('benchmark', benchmarksToTable(market), benchmarkSchema),
    ...(actions ? [() => stored('actions', actionsToTable(actions), actionsSchema)] : []),
    ...datedTables(market),
    ...(truth ? [() => stored('truth', truthToTable(truth, bars), truthSchema)] : []),
  ];
}

/** The optional dated tables, rows in the order of their key whatever the order of the source. */
function datedTables({ fundamentals, valuations, macro, news }: MarketTables): (() => StoreTable)[] {
  const factKey = ['symbol', 'field', 'announced', 'period_end'] as const;
  return [
    ...(fundamentals ? [() => sorted('fundamentals', fundamentals, fundamentalsSchema, factKey)] : []),
    ...(valuations ? [() => sorted('valuations', valuations, valuationsSchema, ['symbol', 'date'])] : []),
    ...(macro ? [() => sorted('macro', macro, macroSchema, ['series', 'released', 'period_end'])] : []),
    ...(news ? [() => sorted('news', news, newsSchema, ['symbol', 'published', 'title', 'body'])] : []),
  ];
}

function sorted<S extends TableSchema>(
  name: StoreTableName,
  table: Table<S>,
  schema: S,
  key: readonly (keyof S & string)[],
): StoreTable {
  const ordered = sortTable(table, schema, key);
  const twice = repeatedKey(ordered, key);
  if (twice !== null) throw new CandlenetError('TABLE_INVALID', `${name}: found the key ${twice} more than once`);
  return stored(name, ordered as Table, schema);
}

/** The first key that two rows of an ordered table share, in words; null when there is none. */
function repeatedKey<S extends TableSchema>(table: Table<S>, key: readonly (keyof S & string)[]): string | null {
  const columns = key.map((name) => table.columns[name] as ArrayLike<string | number>);
  for (let row = 1; row < table.length; row++) {
    let k = columns.length - 1;
    // The last columns of a key change most often.
    while (k >= 0 && columns[k][row] === columns[k][row - 1]) k--;
    if (k < 0) {
      return key.map((name, k) => `${name} ${columns[k][row]}`).join(', ');
    }
  }
  return null;
}

function stored(name: StoreTableName, table: Table, schema: TableSchema): StoreTable {
  return { name, schema, table };
}

function instrumentsToTable(instruments: readonly Instrument[]): Table {
  const builder = createTableBuilder(instrumentsSchema);
  for (const { listDate, delistDate, ...rest } of instruments) {
    builder.add({ ...rest, list_date: listDate ?? MISSING_DAY, delist_date: delistDate ?? MISSING_DAY });
  }
  return builder.build();
}

export function tableToInstruments(table: Table<typeof instrumentsSchema>): Instrument[] {
  const { symbol, name, exchange, board, industry, list_date, delist_date } = table.columns;
  const day = (value: number) => (value === MISSING_DAY ? null : value);
  return symbol.map((key, row) => ({
    symbol: key,
    name: name[row],
    exchange: exchange[row],
    board: board[row] as Board,
    industry: industry[row],
    listDate: day(list_date[row]),
    delistDate: day(delist_date[row]),
  }));
}

function membersToTable(members: readonly MembershipSpell[]): Table {
  const builder = createTableBuilder(membersSchema);
  for (const { weight = Number.NaN, ...spell } of members) builder.add({ ...spell, weight });
  return builder.build();
}

export const hasWeights = (members: readonly MembershipSpell[]) => members.some(({ weight }) => weight !== undefined);

export function tableToMembers(table: Table<typeof membersSchema>): MembershipSpell[] {
  const { index, symbol, from, to, weight } = table.columns as typeof table.columns & { weight?: Float64Array };
  return symbol.map((key, row) => {
    const spell = { index: index[row], symbol: key, from: from[row], to: to[row] };
    return weight === undefined || Number.isNaN(weight[row]) ? spell : { ...spell, weight: weight[row] };
  });
}

/** Ascending by ex-day, then symbol, whatever the order of the source: equal content has an equal hash. */
export function actionsToTable(actions: readonly CorporateAction[]): Table {
  const builder = createTableBuilder(actionsSchema);
  const ordered = [...actions].sort(
    (a, b) => a.exDate - b.exDate || (a.symbol < b.symbol ? -1 : a.symbol > b.symbol ? 1 : 0),
  );
  for (const { exDate, rightsPrice, ...rest } of ordered) {
    builder.add({ ...rest, ex_date: exDate, rights_price: rightsPrice });
  }
  return builder.build();
}

export function tableToActions(table: Table<typeof actionsSchema>): CorporateAction[] {
  const { symbol, ex_date, cash, bonus, transfer, rights, rights_price } = table.columns;
  return symbol.map((key, row) => ({
    symbol: key,
    exDate: ex_date[row],
    cash: cash[row],
    bonus: bonus[row],
    transfer: transfer[row],
    rights: rights[row],
    rightsPrice: rights_price[row],
  }));
}

/** Every index's series, dates ascending. */
export function tableToBenchmarks(table: Table<typeof benchmarkSchema>): BenchmarkSeries[] {
  const rows = sortTable(table, benchmarkSchema, ['index', 'date']).columns;
  const series: BenchmarkSeries[] = [];
  for (let start = 0, end = 0; start < table.length; start = end) {
    while (end < table.length && rows.index[end] === rows.index[start]) end++;
    const { index, name, kind } = { index: rows.index[start], name: rows.name[start], kind: rows.kind[start] };
    series.push({
      index,
      name: name || index,
      kind: kind === 'total-return' ? 'total-return' : 'price',
      dates: rows.date.slice(start, end),
      open: rows.open.slice(start, end),
      high: rows.high.slice(start, end),
      low: rows.low.slice(start, end),
      close: rows.close.slice(start, end),
      volume: rows.volume.slice(start, end),
    });
  }
  return series;
}

export function benchmarksToTable(market: Pick<MarketTables, 'benchmarks'>): Table {
  const builder = createTableBuilder(benchmarkSchema);
  for (const series of market.benchmarks) {
    for (let d = 0; d < series.dates.length; d++) {
      builder.add({
        index: series.index,
        name: series.name,
        kind: series.kind,
        date: series.dates[d],
        open: series.open[d],
        high: series.high[d],
        low: series.low[d],
        close: series.close[d],
        volume: series.volume[d],
      });
    }
  }
  return builder.build();
}
