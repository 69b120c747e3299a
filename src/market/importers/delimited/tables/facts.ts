import type { RowOf } from '../../../../tables/index.js';
import { CandlenetError, formatDay } from '../../../../util/index.js';
import { macroReleaseDay } from '../../../macro/index.js';
import type { fundamentalsSchema, macroSchema, newsSchema, valuationsSchema } from '../../../store-schema.js';
import { cellError, observedDayCell, periodCell, symbolCell } from '../cells.js';
import type { RowReader } from '../row-reader.js';
import { instantCell, zoneCell } from './instants.js';
import type { TableTally } from './table-tally.js';

/** Either one fact a row (`field`, `value`), or a column a field. @throws TABLE_INVALID for a file that has neither */
function* factsOfRow(rows: RowReader, r: number, name: 'field' | 'series'): Generator<[string, number]> {
  if (rows.has(name) && rows.has('value')) {
    const field = rows.text(r, name);
    if (field === '') throw cellError(rows.where(r, name)(), field, `the name of a ${name}`);
    yield [field, rows.number(r, 'value')];
    return;
  }
  if (rows.fields.length === 0) {
    throw new CandlenetError(
      'TABLE_INVALID',
      `${rows.place(r)}: found neither "${name}" with "value" nor a column of a known field, expected either; a map names them under fields`,
    );
  }
  for (const field of rows.fields) yield [field, rows.field(r, field)];
}

/** Disclosures of a row, each known on the day it was announced. */
export function* readDisclosures(
  rows: RowReader,
  r: number,
  tally: TableTally,
): Generator<RowOf<typeof fundamentalsSchema>> {
  const symbol = rows.read(r, 'symbol', symbolCell);
  const undated = rows.empty(r, 'announced') || rows.empty(r, 'period_end');
  const periodEnd = undated ? Number.NaN : rows.read(r, 'period_end', periodCell);
  const announced = undated ? Number.NaN : rows.read(r, 'announced', observedDayCell);
  if (!(announced >= periodEnd)) {
    tally.count('disclosure-undated', { name: symbol }, () => `${rows.place(r)}: ${symbol}`);
    return;
  }
  for (const [field, value] of factsOfRow(rows, r, 'field')) {
    if (Number.isNaN(value)) {
      tally.count('value-absent', { name: symbol, day: announced }, () => `${rows.place(r)}: ${symbol} ${field}`);
    } else yield { symbol, period_end: periodEnd, field, announced, value };
  }
}

/** Values of the economy's series; where the file has no day of release, the table of release lags says it at the latest. */
export function* readMacroValues(rows: RowReader, r: number, tally: TableTally): Generator<RowOf<typeof macroSchema>> {
  const periodEnd = rows.read(r, 'period_end', periodCell);
  for (const [series, value] of factsOfRow(rows, r, 'series')) {
    if (Number.isNaN(value)) {
      tally.count('value-absent', { name: series, day: periodEnd }, () => `${rows.place(r)}: ${series}`);
      continue;
    }
    const stated = rows.has('released') && !rows.empty(r, 'released');
    const released = stated ? rows.read(r, 'released', observedDayCell) : macroReleaseDay(series, periodEnd);
    if (released === null) {
      throw new CandlenetError(
        'TABLE_INVALID',
        `${rows.place(r)}: column "released": found no day of release of ${series}, expected one: its lag is not known`,
      );
    }
    const told = { name: series, day: periodEnd };
    if (!stated)
      tally.count('release-assumed', told, () => `${series} to ${formatDay(periodEnd)}, ${formatDay(released)}`);
    yield { series, period_end: periodEnd, released, value };
  }
}

export function* readRatios(rows: RowReader, r: number, tally: TableTally): Generator<RowOf<typeof valuationsSchema>> {
  const symbol = rows.read(r, 'symbol', symbolCell);
  const row = {
    symbol,
    date: rows.read(r, 'date', observedDayCell),
    turnover: rows.number(r, 'turnover'),
    pe_ttm: rows.number(r, 'pe_ttm'),
    pb: rows.number(r, 'pb'),
    ps_ttm: rows.number(r, 'ps_ttm'),
    pcf_ttm: rows.number(r, 'pcf_ttm'),
  };
  const { turnover, pe_ttm, pb, ps_ttm, pcf_ttm } = row;
  if ([turnover, pe_ttm, pb, ps_ttm, pcf_ttm].every(Number.isNaN)) {
    tally.count('value-absent', { name: symbol, day: row.date }, () => `${rows.place(r)}: ${symbol}`);
  } else yield row;
}

/** @param marketZone in which a time without a zone is read */
export function* readNewsItem(rows: RowReader, r: number, marketZone: string): Generator<RowOf<typeof newsSchema>> {
  const zone = rows.empty(r, 'zone') ? marketZone : rows.read(r, 'zone', zoneCell);
  const title = rows.text(r, 'title');
  const body = rows.text(r, 'body');
  if (title === '' && body === '') throw cellError(rows.where(r, 'title')(), '', 'a title or a body');
  yield {
    symbol: rows.read(r, 'symbol', symbolCell),
    published: rows.read(r, 'published', (text, where, form) => instantCell(text, where, form, zone)),
    zone,
    title,
    body,
    score: rows.number(r, 'score'),
  };
}
