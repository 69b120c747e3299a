import { allocateColumns, makeTable, type Table } from '../tables/index.js';
import { CandlenetError, type Day } from '../util/index.js';
import { barsSchema, truthSchema } from './store-schema.js';
import { type BarMatrix, ST_UNKNOWN, type SyntheticTruth } from './types.js';

type BarsTable = Table<typeof barsSchema>;
type Optional = 'amount' | 'st' | 'st_known';
type TruthTable = Table<typeof truthSchema>;

/** A cell is a bar when the source or the cleaning said anything about it. */
function isBar(bars: BarMatrix, cell: number): boolean {
  return !Number.isNaN(bars.close[cell]) || bars.suspended[cell] !== 0 || bars.flags[cell] !== 0;
}

/** Cells that hold bars, symbol-major, dates ascending. */
function barCells(bars: BarMatrix): Int32Array {
  const cells = new Int32Array(bars.symbols.length * bars.dates.length);
  let count = 0;
  for (let cell = 0; cell < cells.length; cell++) if (isBar(bars, cell)) cells[count++] = cell;
  return cells.subarray(0, count);
}

/** The dense matrix as rows, one a bar: what `bars.parquet` holds. */
export function barsToTable(bars: BarMatrix): BarsTable {
  const cells = barCells(bars);
  const rows = allocateColumns(barsSchema, cells.length);
  const sessions = bars.dates.length;
  for (let row = 0; row < cells.length; row++) {
    const cell = cells[row];
    rows.symbol[row] = bars.symbols[Math.floor(cell / sessions)];
    rows.date[row] = bars.dates[cell % sessions];
    rows.open[row] = bars.open[cell];
    rows.high[row] = bars.high[cell];
    rows.low[row] = bars.low[cell];
    rows.close[row] = bars.close[cell];
    rows.volume[row] = bars.volume[cell];
    rows.adj_factor[row] = bars.adjFactor[cell];
    rows.suspended[row] = bars.suspended[cell];
    rows.flags[row] = bars.flags[cell];
    rows.amount[row] = bars.amount ? bars.amount[cell] : Number.NaN;
    rows.st[row] = bars.st?.[cell] === 1 ? 1 : 0;
    rows.st_known[row] = bars.st && bars.st[cell] !== ST_UNKNOWN ? 1 : 0;
  }
  return makeTable(barsSchema, rows);
}

/** The reverse of `barsToTable`: symbols in order of appearance, one column a session of `dates`. */
export function tableToBars(
  rows: Omit<BarsTable['columns'], Optional> & Partial<Pick<BarsTable['columns'], Optional>>,
  dates: Int32Array,
): BarMatrix {
  const symbols: string[] = [];
  const cells = locate(rows.symbol, rows.date, dates, (symbol) => symbols.push(symbol) - 1);
  const size = symbols.length * dates.length;
  const spread = (values: Float64Array) => {
    const matrix = new Float64Array(size).fill(Number.NaN);
    for (let row = 0; row < cells.length; row++) matrix[cells[row]] = values[row];
    return matrix;
  };
  const spreadBytes = (values: Uint8Array | Int32Array) => {
    const matrix = new Uint8Array(size);
    for (let row = 0; row < cells.length; row++) matrix[cells[row]] = values[row];
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

/** Bars of which nothing says whether they are under special treatment. */
export function stUnknownBars({ columns }: BarsTable): number {
  return columns.st_known.reduce((count, known) => count + 1 - known, 0);
}

/** Cell of every row in the matrix [symbols × dates]; −1 where `rowOfSymbol` gives −1 or the date is not in `dates`. */
function locate(
  symbols: readonly string[],
  days: Int32Array,
  dates: Int32Array,
  rowOfNewSymbol: (symbol: string) => number,
  known = new Map<string, number>(),
): Int32Array {
  const column = new Map<Day, number>();
  for (let d = 0; d < dates.length; d++) column.set(dates[d], d);
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
    const d = column.get(days[row]) ?? -1;
    cells[row] = matrixRow < 0 || d < 0 ? -1 : matrixRow * dates.length + d;
  }
  return cells;
}

/** The cells of a synthetic truth that are defined, one a row. */
export function truthToTable(truth: SyntheticTruth, bars: BarMatrix): TruthTable {
  const sessions = bars.dates.length;
  const size = bars.symbols.length * sessions;
  if (truth.pBuy.length !== size) {
    throw new CandlenetError('TABLE_INVALID', `truth: found ${truth.pBuy.length} cells, expected ${size} as in bars`);
  }
  const arrays = [truth.pBuy, truth.pHold, truth.pSell, truth.expectedReturn];
  const cells: number[] = [];
  for (let cell = 0; cell < size; cell++) if (arrays.some((array) => !Number.isNaN(array[cell]))) cells.push(cell);
  const rows = allocateColumns(truthSchema, cells.length);
  for (const [row, cell] of cells.entries()) {
    rows.symbol[row] = bars.symbols[Math.floor(cell / sessions)];
    rows.date[row] = bars.dates[cell % sessions];
    rows.p_buy[row] = truth.pBuy[cell];
    rows.p_hold[row] = truth.pHold[cell];
    rows.p_sell[row] = truth.pSell[cell];
    rows.expected_return[row] = truth.expectedReturn[cell];
  }
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
