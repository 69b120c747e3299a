import { allocateColumns, makeTable, type Table } from '../tables/index.js';
import { CandlenetError } from '../util/index.js';
import { barsSchema, truthSchema } from './store-schema.js';
import { BarFlag, type BarMatrix, ST_UNKNOWN, type SyntheticTruth } from './types.js';

type BarsTable = Table<typeof barsSchema>;
type Optional = 'amount' | 'st' | 'st_known';
type TruthTable = Table<typeof truthSchema>;

/** A cell is a bar when the source or the cleaning said anything about it. */
export function isBar(bars: BarMatrix, cell: number): boolean {
  return !Number.isNaN(bars.close[cell]) || bars.suspended[cell] !== 0 || bars.flags[cell] !== 0;
}

/** Cells that the cleaning of a source made up: its own bar, or another source's, stands before them. */
export const MADE_UP = BarFlag.FILLED | BarFlag.MISRECORDED | BarFlag.GAP;

/** Whether a cell has a price that a source told, and no cleaning made up. */
export const isOwnBar = ({ close, flags }: Pick<BarMatrix, 'close' | 'flags'>, cell: number): boolean =>
  close[cell] > 0 && (flags[cell] & MADE_UP) === 0;

/** Cells that hold bars, symbol-major, dates ascending. */
function barCells(bars: BarMatrix): Int32Array {
  return cellsOf(bars.close, (cell) => isBar(bars, cell));
}

function cellsOf({ length }: ArrayLike<number>, holds: (cell: number) => boolean): Int32Array {
  const cells = new Int32Array(length);
  let count = 0;
  for (let cell = 0; cell < length; cell++) if (holds(cell)) cells[count++] = cell;
  return cells.subarray(0, count);
}

/** How many bars there are. */
export function countBars(bars: BarMatrix): number {
  let count = 0;
  for (let cell = 0; cell < bars.close.length; cell++) if (isBar(bars, cell)) count++;
  return count;
}

/** How many symbols have a bar. */
export function symbolsWithBars(bars: BarMatrix): number {
  const { length } = bars.dates;
  return bars.symbols.filter((_, s) => {
    for (let cell = s * length; cell < (s + 1) * length; cell++) if (isBar(bars, cell)) return true;
    return false;
  }).length;
}

/** The dense matrix as rows, one a bar: what `bars.parquet` holds. */
export function barsToTable(bars: BarMatrix): BarsTable {
  const cells = barCells(bars);
  const rows = allocateColumns(barsSchema, cells.length);
  nameRows(rows, cells, bars);
  gather(bars.open, cells, rows.open);
  gather(bars.high, cells, rows.high);
  gather(bars.low, cells, rows.low);
  gather(bars.close, cells, rows.close);
  gather(bars.volume, cells, rows.volume);
  gather(bars.adjFactor, cells, rows.adj_factor);
  gather(bars.suspended, cells, rows.suspended);
  gather(bars.flags, cells, rows.flags);
  if (bars.amount) gather(bars.amount, cells, rows.amount);
  else rows.amount.fill(Number.NaN);
  if (bars.st) {
    gather(bars.st, cells, rows.st);
    rows.st_known.fill(1);
    for (let row = 0; row < cells.length; row++) {
      if (rows.st[row] !== ST_UNKNOWN) continue;
      rows.st[row] = 0;
      rows.st_known[row] = 0;
    }
  }
  return makeTable(barsSchema, rows);
}

/** Symbol and date of ascending cells. */
function nameRows(
  rows: { readonly symbol: string[]; readonly date: Int32Array },
  cells: Int32Array,
  { symbols, dates }: Pick<BarMatrix, 'symbols' | 'dates'>,
): void {
  let s = -1;
  for (let row = 0; row < cells.length; row++) {
    while (cells[row] >= (s + 1) * dates.length) s++;
    rows.symbol[row] = symbols[s];
    rows.date[row] = dates[cells[row] - s * dates.length];
  }
}

function gather<T extends Float64Array | Float32Array | Uint8Array>(
  from: T,
  cells: Int32Array,
  to: T | Int32Array,
): void {
  for (let row = 0; row < cells.length; row++) to[row] = from[cells[row]];
}

/** The reverse of `barsToTable`, on memory that threads share: symbols in order of appearance, one column a session of `dates`. */
export function tableToBars(
  rows: Omit<BarsTable['columns'], Optional> & Partial<Pick<BarsTable['columns'], Optional>>,
  dates: Int32Array,
): BarMatrix {
  const symbols: string[] = [];
  const cells = locate(rows.symbol, rows.date, dates, (symbol) => symbols.push(symbol) - 1);
  const size = symbols.length * dates.length;
  const runs = runsOf(cells);
  const spread = (values: Float64Array) => {
    const matrix = new Float64Array(new SharedArrayBuffer(8 * size));
    if (cells.length < size) matrix.fill(Number.NaN);
    for (const { row, cell, length } of runs) matrix.set(values.subarray(row, row + length), cell);
    return matrix;
  };
  const spreadBytes = (values: Uint8Array | Int32Array) => {
    const matrix = new Uint8Array(new SharedArrayBuffer(size));
    for (const { row, cell, length } of runs) matrix.set(values.subarray(row, row + length), cell);
    return matrix;
  };
  return {
    symbols,
    dates,
    open: spread(rows.open),
    high: spread(rows.high),
    low: spread(rows.low),
    close: spread(rows.close),
    volume: spread(rows.volume),
    amount: rows.amount ? spread(rows.amount) : null,
    adjFactor: spread(rows.adj_factor),
    suspended: spreadBytes(rows.suspended),
    st: rows.st ? spreadBytes(withUnknown(rows.st, rows.st_known)) : null,
    flags: spreadBytes(rows.flags),
  };
}

function withUnknown(st: Uint8Array, known: Uint8Array | undefined): Uint8Array {
  return known === undefined ? st : st.map((flag, row) => (known[row] === 1 ? flag : ST_UNKNOWN));
}

/** Bars of which nothing says whether they are under special treatment; 0 where the market has no flag at all. */
export function stUnknownBars(bars: BarMatrix): number {
  if (bars.st === null) return 0;
  let count = 0;
  for (let cell = 0; cell < bars.st.length; cell++) if (bars.st[cell] === ST_UNKNOWN && isBar(bars, cell)) count++;
  return count;
}

/** Rows that lie side by side in the matrix too, as the bars of one stock without a gap; rows without a cell left out. */
function runsOf(
  cells: Int32Array,
): readonly { readonly row: number; readonly cell: number; readonly length: number }[] {
  const runs: { row: number; cell: number; length: number }[] = [];
  for (let row = 0; row < cells.length; row++) {
    const last = runs.at(-1);
    if (last && row === last.row + last.length && cells[row] === last.cell + last.length) last.length++;
    else if (cells[row] >= 0) runs.push({ row, cell: cells[row], length: 1 });
  }
  return runs;
}

/** Cell of every row in the matrix [symbols × dates]; −1 where `rowOfSymbol` gives −1 or the date is not in `dates`. */
function locate(
  symbols: readonly string[],
  days: Int32Array,
  dates: Int32Array,
  rowOfNewSymbol: (symbol: string) => number,
  known = new Map<string, number>(),
): Int32Array {
  const first = dates.length > 0 ? dates[0] : 0;
  const column = new Int32Array(dates.length > 0 ? dates[dates.length - 1] - first + 1 : 0).fill(-1);
  for (let d = 0; d < dates.length; d++) column[dates[d] - first] = d;
  const cells = new Int32Array(symbols.length);
  let previous = '';
  let matrixRow = -1;
  for (let row = 0; row < symbols.length; row++) {
    const symbol = symbols[row];
    if (row === 0 || symbol !== previous) {
      previous = symbol;
      matrixRow = known.get(symbol) ?? rowOfNewSymbol(symbol);
      known.set(symbol, matrixRow);
    }
    const d = column[days[row] - first] ?? -1;
    cells[row] = matrixRow < 0 || d < 0 ? -1 : matrixRow * dates.length + d;
  }
  return cells;
}

/** The cells of a synthetic truth that are defined, one a row. */
export function truthToTable(truth: SyntheticTruth, bars: BarMatrix): TruthTable {
  const size = bars.symbols.length * bars.dates.length;
  if (truth.pBuy.length !== size) {
    throw new CandlenetError('TABLE_INVALID', `truth: found ${truth.pBuy.length} cells, expected ${size} as in bars`);
  }
  const arrays = [truth.pBuy, truth.pHold, truth.pSell, truth.expectedReturn];
  const defined = new Uint8Array(size);
  for (const array of arrays) for (let cell = 0; cell < size; cell++) if (!Number.isNaN(array[cell])) defined[cell] = 1;
  const cells = cellsOf(defined, (cell) => defined[cell] === 1);
  const rows = allocateColumns(truthSchema, cells.length);
  nameRows(rows, cells, bars);
  gather(truth.pBuy, cells, rows.p_buy);
  gather(truth.pHold, cells, rows.p_hold);
  gather(truth.pSell, cells, rows.p_sell);
  gather(truth.expectedReturn, cells, rows.expected_return);
  return makeTable(truthSchema, rows);
}

/** Truth arrays laid out like `bars`; rows of other symbols or dates are left out. */
export function tableToTruth(
  rows: TruthTable['columns'],
  bars: Pick<BarMatrix, 'symbols' | 'dates'>,
): Pick<SyntheticTruth, 'pBuy' | 'pHold' | 'pSell' | 'expectedReturn'> {
  const known = new Map(bars.symbols.map((symbol, s) => [symbol, s]));
  const cells = locate(rows.symbol, rows.date, bars.dates, () => -1, known);
  const spread = (values: Float32Array) => {
    const matrix = new Float32Array(bars.symbols.length * bars.dates.length).fill(Number.NaN);
    for (let row = 0; row < cells.length; row++) if (cells[row] >= 0) matrix[cells[row]] = values[row];
    return matrix;
  };
  return {
    pBuy: spread(rows.p_buy),
    pHold: spread(rows.p_hold),
    pSell: spread(rows.p_sell),
    expectedReturn: spread(rows.expected_return),
  };
}
