import { MISSING_DAY, type RowOf } from '../../../../tables/index.js';
import { boardOf, canonicalSymbol, exchangeOf } from '../../../boards.js';
import { knownIndex, resolveIndex } from '../../../known-indices.js';
import { MOST_PRICE, MOST_SHARES } from '../../../plausible.js';
import type { actionsSchema, benchmarkSchema, instrumentsSchema, membersSchema } from '../../../store-schema.js';
import { cellError, dayCell, observedDayCell, symbolCell } from '../cells.js';
import type { RowReader } from '../row-reader.js';
import type { TableTally } from './table-tally.js';

const dayOrNone = (rows: RowReader, r: number, column: string) =>
  rows.empty(r, column) ? MISSING_DAY : rows.read(r, column, dayCell);

export function* readInstrument(rows: RowReader, r: number): Generator<RowOf<typeof instrumentsSchema>> {
  const symbol = rows.read(r, 'symbol', symbolCell);
  yield {
    symbol,
    name: rows.text(r, 'name').normalize('NFKC'),
    exchange: exchangeOf(symbol),
    board: boardOf(symbol),
    industry: rows.text(r, 'industry'),
    list_date: dayOrNone(rows, r, 'list_date'),
    delist_date: dayOrNone(rows, r, 'delist_date'),
  };
}

/** @param index that the rows belong to where the file does not say */
export function* readMember(rows: RowReader, r: number, index: string): Generator<RowOf<typeof membersSchema>> {
  const from = rows.read(r, 'from', observedDayCell);
  const to = rows.read(r, 'to', dayCell);
  if (from > to) throw cellError(rows.where(r, 'to')(), rows.text(r, 'to'), `no day before ${rows.text(r, 'from')}`);
  const weight = rows.number(r, 'weight');
  if (weight < 0 || weight > 1) {
    throw cellError(
      rows.where(r, 'weight')(),
      rows.text(r, 'weight'),
      'a share of the index from 0 to 1; a map brings per cent to it (scale: 0.01)',
    );
  }
  const symbol = rows.read(r, 'symbol', symbolCell);
  yield { index: indexName(rows.text(r, 'index') || index), symbol, from, to, weight };
}

/** The name of a known index by that or by its symbol; any other as it is. */
export function indexName(text: string): string {
  const symbol = canonicalSymbol(text) ?? text;
  return (
    resolveIndex(symbol, ['csi300', 'csi500', 'csi800', 'csi1000', 'csi100', 'sse50']) ??
    knownIndex(text)?.index ??
    text
  );
}

/** @param index that the rows belong to where the file does not say */
export function* readLevel(rows: RowReader, r: number, index: string): Generator<RowOf<typeof benchmarkSchema>> {
  const name = indexName(rows.text(r, 'index') || index);
  const kind = rows.text(r, 'kind') || 'price';
  if (kind !== 'price' && kind !== 'total-return')
    throw cellError(rows.where(r, 'kind')(), kind, 'price or total-return');
  const level = (column: string) => {
    const value = rows.price(r, column);
    if (!(value > 0)) throw cellError(rows.where(r, column)(), rows.text(r, column), 'a level above 0');
    return value;
  };
  yield {
    index: name,
    name: rows.text(r, 'name') || (knownIndex(name)?.name ?? name),
    kind,
    date: rows.read(r, 'date', observedDayCell),
    open: level('open'),
    high: level('high'),
    low: level('low'),
    close: level('close'),
    volume: rows.number(r, 'volume', MOST_SHARES),
  };
}

/** What a cell leaves empty is nothing paid. */
export function* readAction(rows: RowReader, r: number, tally: TableTally): Generator<RowOf<typeof actionsSchema>> {
  const symbol = rows.read(r, 'symbol', symbolCell);
  if (rows.empty(r, 'ex_date')) {
    tally.count('action-undated', { name: symbol }, () => `${rows.place(r)}: ${symbol}`);
    return;
  }
  const amount = (column: string, least: number) => {
    const value = rows.number(r, column, MOST_PRICE);
    if (value < least) throw cellError(rows.where(r, column)(), rows.text(r, column), `${least} or more`);
    return Number.isNaN(value) ? 0 : value;
  };
  const row = {
    symbol,
    ex_date: rows.read(r, 'ex_date', observedDayCell),
    cash: amount('cash', 0),
    bonus: amount('bonus', 0),
    transfer: amount('transfer', -1),
    rights: amount('rights', 0),
    rights_price: amount('rights_price', 0),
  };
  if (row.rights > 0 !== row.rights_price > 0) {
    throw cellError(
      rows.where(r, 'rights_price')(),
      rows.text(r, 'rights_price'),
      'a price with a rights ratio, or neither',
    );
  }
  yield row;
}
