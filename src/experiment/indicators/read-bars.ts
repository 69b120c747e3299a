import type { BarField } from '../../indicators/index.js';
import { DAY_BOUNDS, isPlausibleDay, isPlausiblePrice, MOST_PRICE, MOST_SHARES } from '../../market/index.js';
import { readCsv } from '../../tables/index.js';
import { CandlenetError, type Day, formatDay, parseDay } from '../../util/index.js';

/** Bars of one instrument as a CSV file has them, oldest first; a missing cell is NaN. */
export interface BarFile {
  readonly dates: readonly Day[];
  /** The fields the file has. */
  readonly fields: Readonly<Partial<Record<BarField, Float64Array>>>;
}

const FIELDS: readonly BarField[] = ['open', 'high', 'low', 'close', 'volume'];

/** Names under which exports of data vendors have the columns, in lower case. */
const ALIASES: Readonly<Record<BarField | 'date', readonly string[]>> = {
  date: ['date', 'trade_date', 'datetime', 'day', 'time', 'timestamp', '日期'],
  open: ['open', 'o', 'open_price', '开盘'],
  high: ['high', 'h', 'high_price', '最高'],
  low: ['low', 'l', 'low_price', '最低'],
  close: ['close', 'c', 'close_price', '收盘'],
  volume: ['volume', 'vol', 'v', '成交量'],
};

const MISSING = new Set(['', 'nan', 'null', 'na', 'n/a', '-', '--']);

/**
 * Reads the bars of one instrument: a column of ascending dates and any of open, high, low, close, volume, whatever their case;
 * other columns are left out. Prices are those of shares, above 0; a day without a trade has none, and its cells are empty.
 * @throws FILE_NOT_FOUND, FILE_UNREADABLE; TABLE_INVALID or DATE_INVALID naming line and column
 */
export function readBarFile(path: string): BarFile {
  const { header, rows, lines } = readCsv(path, 'table of bars');
  const dateColumn = findColumn(path, header, 'date');
  if (dateColumn === -1) {
    throw new CandlenetError('TABLE_INVALID', `${path} line 1: found no column "date" in ${header.join(', ')}`);
  }
  const where = (row: number, column: number) => `${path} line ${lines[row]}, column "${header[column]}"`;
  const dates = rows.map((cells, row) => readDay(cells[dateColumn], where(row, dateColumn)));
  for (let row = 1; row < dates.length; row++) {
    if (dates[row] > dates[row - 1]) continue;
    const found = dates[row] === dates[row - 1] ? 'again' : `after ${formatDay(dates[row - 1])}`;
    throw new CandlenetError(
      'TABLE_INVALID',
      `${where(row, dateColumn)}: found ${formatDay(dates[row])} ${found}, expected ascending dates of one instrument`,
    );
  }
  const fields: Partial<Record<BarField, Float64Array>> = {};
  for (const field of FIELDS) {
    const column = findColumn(path, header, field);
    if (column === -1) continue;
    const read = field === 'volume' ? readVolume : readPrice;
    fields[field] = Float64Array.from(rows, (cells, row) => read(cells[column], where(row, column)));
  }
  const { high, low } = fields;
  const inverted = high && low ? dates.findIndex((_, row) => high[row] < low[row]) : -1;
  if (high && low && inverted >= 0) {
    throw new CandlenetError(
      'TABLE_INVALID',
      `${where(inverted, findColumn(path, header, 'high'))}: found ${high[inverted]}, expected at least the low of ${low[inverted]}`,
    );
  }
  return { dates, fields };
}

function findColumn(path: string, header: readonly string[], field: BarField | 'date'): number {
  const found = header.flatMap((name, at) => (ALIASES[field].includes(name.toLowerCase()) ? [at] : []));
  if (found.length > 1) {
    const names = found.map((at) => `"${header[at]}"`).join(' and ');
    throw new CandlenetError('TABLE_INVALID', `${path} line 1: found ${names}, expected one column of ${field}`);
  }
  return found[0] ?? -1;
}

/** `YYYY-MM-DD`, `YYYY/MM/DD` or `YYYYMMDD`, a time of midnight after it or not. */
function readDay(cell: string, where: string): Day {
  const text = cell.replace(/[ T]00:00(:00)?$/, '');
  const match = /^(\d{4})(?:[/-]?)(\d{2})(?:[/-]?)(\d{2})$/.exec(text);
  const day = parseDay(match ? `${match[1]}-${match[2]}-${match[3]}` : cell, where);
  if (isPlausibleDay(day)) return day;
  throw new CandlenetError('DATE_INVALID', `${where}: found "${cell}", expected ${DAY_BOUNDS}`);
}

/** Prices of futures and spreads can be negative, those of shares and indices cannot, and a 0 is how vendors write none. */
function readPrice(cell: string, where: string): number {
  const value = readNumber(cell, where);
  if (Number.isNaN(value) || isPlausiblePrice(value)) return value;
  throw new CandlenetError(
    'TABLE_INVALID',
    `${where}: found "${cell}", expected a price above 0, up to ${MOST_PRICE}, or nothing`,
  );
}

function readVolume(cell: string, where: string): number {
  const value = readNumber(cell, where);
  if (Number.isNaN(value) || (value >= 0 && value <= MOST_SHARES)) return value;
  throw new CandlenetError(
    'TABLE_INVALID',
    `${where}: found "${cell}", expected a volume of 0 or more, up to ${MOST_SHARES}, or nothing`,
  );
}

function readNumber(cell: string, where: string): number {
  if (MISSING.has(cell.toLowerCase())) return Number.NaN;
  const value = Number(cell);
  if (Number.isFinite(value)) return value;
  throw new CandlenetError('TABLE_INVALID', `${where}: found "${cell}", expected a number or nothing`);
}
