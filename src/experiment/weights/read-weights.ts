import {
  MISSING_DAY,
  type ParquetColumn,
  parquetColumns,
  readCsv,
  readParquet,
  type TableSchema,
} from '../../tables/index.js';
import { CandlenetError, type Day, formatDay, parseDay } from '../../util/index.js';

/** Anyone's dated weights, cell by cell as the file has them. */
export interface WeightCells {
  readonly path: string;
  readonly layout: 'long' | 'wide';
  readonly date: readonly Day[];
  readonly symbol: readonly string[];
  readonly weight: readonly number[];
  /** Line of a CSV file, row of a Parquet file; 1 for the first. */
  readonly row: readonly number[];
  readonly rowName: 'line' | 'row';
}

type Columns = { date: Day[]; symbol: string[]; weight: number[]; row: number[] };

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;
const EXPECTED_COLUMNS = 'expected date, symbol and weight, or date and one column per symbol';

/**
 * Reads target weights from CSV (plain or `.gz`) or Parquet: long (date, symbol, weight; further columns are passed over)
 * or wide (date and one column per symbol). Every cell holds a number, 0 for none.
 * @throws FILE_NOT_FOUND, FILE_UNREADABLE, DATE_INVALID; TABLE_INVALID naming file, row and column
 */
export async function readWeights(path: string): Promise<WeightCells> {
  const cells = /\.parquet$/i.test(path) ? await fromParquet(path) : fromCsv(path);
  if (cells.date.length > 0) return cells;
  throw new CandlenetError('TABLE_INVALID', `${path}: found no weights, expected at least one row`);
}

/** Long when it has one of the two columns of its own, wide otherwise. */
function layoutOf(path: string, names: readonly string[]): WeightCells['layout'] {
  const long = names.includes('symbol') || names.includes('weight');
  const missing = (long ? ['date', 'symbol', 'weight'] : ['date']).filter((name) => !names.includes(name));
  if (missing.length === 0 && names.length > 1) return long ? 'long' : 'wide';
  const what = missing.length > 0 ? `column "${missing[0]}" is missing` : 'no column but date';
  throw new CandlenetError('TABLE_INVALID', `${path}: ${what}, found ${names.join(', ')}; ${EXPECTED_COLUMNS}`);
}

function fromCsv(path: string): WeightCells {
  const { header, rows, lines } = readCsv(path, 'weights');
  const layout = layoutOf(path, header);
  const columns: Columns = { date: [], symbol: [], weight: [], row: [] };
  const dateAt = header.indexOf('date');
  const symbolAt = header.indexOf('symbol');
  const weightAt = header.indexOf('weight');
  for (const [i, cells] of rows.entries()) {
    const where = `${path} line ${lines[i]}`;
    const date = parseDay(cells[dateAt], `${where}, column date`);
    const add = (symbol: string, column: number) => {
      const text = cells[column];
      if (!NUMBER.test(text))
        throw noWeight(`${where}, column ${header[column]}`, text === '' ? 'nothing' : `"${text}"`);
      push(columns, date, symbol, Number(text), lines[i]);
    };
    if (layout === 'long') {
      add(named(cells[symbolAt], where), weightAt);
      continue;
    }
    for (let column = 0; column < header.length; column++) if (column !== dateAt) add(header[column], column);
  }
  return { path, layout, ...columns, rowName: 'line' };
}

async function fromParquet(path: string): Promise<WeightCells> {
  const stored = await parquetColumns(path);
  const names = stored.map(({ name }) => name);
  const layout = layoutOf(path, names);
  const dated = stored.find(({ name }) => name === 'date');
  const dateType = dated?.type === 'VARCHAR' ? 'string' : 'day';
  const columns: Columns = { date: [], symbol: [], weight: [], row: [] };
  const days = (values: ArrayLike<number | string>): Day[] =>
    Array.from(values, (value, i) => {
      const where = `${path} row ${i + 1}, column date`;
      if (typeof value === 'string') return parseDay(value, where);
      if (value !== MISSING_DAY) return value;
      throw new CandlenetError('TABLE_INVALID', `${where}: found nothing, expected a date`);
    });
  const add = (date: Day, symbol: string, weight: number, i: number, column: string) => {
    if (Number.isNaN(weight)) throw noWeight(`${path} row ${i + 1}, column ${column}`, 'nothing, or NaN');
    push(columns, date, symbol, weight, i + 1);
  };
  if (layout === 'long') {
    const schema = { date: dateType, symbol: 'string', weight: 'float64' } as const satisfies TableSchema;
    const { columns: read, length } = await readParquet(path, schema);
    const date = days(read.date);
    for (let i = 0; i < length; i++) {
      add(date[i], named(read.symbol[i], `${path} row ${i + 1}`), read.weight[i], i, 'weight');
    }
  } else {
    const symbols = names.filter((name) => name !== 'date');
    const read = (await readParquet(path, wideSchema(stored, dateType))).columns;
    const date = days(read.date as ArrayLike<number | string>);
    for (let i = 0; i < date.length; i++) {
      for (const symbol of symbols) add(date[i], symbol, (read[symbol] as Float64Array)[i], i, symbol);
    }
  }
  return { path, layout, ...columns, rowName: 'row' };
}

function wideSchema(stored: readonly ParquetColumn[], dateType: 'day' | 'string'): TableSchema {
  return Object.fromEntries(stored.map(({ name }) => [name, name === 'date' ? dateType : ('float64' as const)]));
}

function named(symbol: string, where: string): string {
  if (symbol !== '') return symbol;
  throw new CandlenetError('TABLE_INVALID', `${where}, column symbol: found nothing, expected a symbol of the store`);
}

function noWeight(where: string, found: string): CandlenetError {
  return new CandlenetError('TABLE_INVALID', `${where}: found ${found}, expected a weight from 0 to 1, 0 for none`);
}

function push(columns: Columns, date: Day, symbol: string, weight: number, row: number): void {
  columns.date.push(date);
  columns.symbol.push(symbol);
  columns.weight.push(weight);
  columns.row.push(row);
}

/**
 * How a message names a cell of the file.
 * @param what the column at fault where each has one of its own; in the wide form a symbol is a column
 */
export function placeOf(cells: WeightCells, i: number, what: 'weight' | 'symbol' = 'weight'): string {
  const column = cells.layout === 'long' ? what : cells.symbol[i];
  return `${cells.path} ${cells.rowName} ${cells.row[i]}, column ${column}: ${formatDay(cells.date[i])}, ${cells.symbol[i]}`;
}
