import { MOST_AMOUNT, MOST_FACTOR, MOST_SHARES } from '../../plausible.js';
import { ST_UNKNOWN } from '../../types.js';
import type { BarColumn, BarPreset, FactorRule } from '../presets/index.js';
import { cellError, flagCell, observedDayCell, symbolCell } from './cells.js';
import { stemOf } from './list-files.js';
import { createRowReader, type RowReader } from './row-reader.js';
import type { SourceBar } from './series.js';
import { readSourceText } from './source-text.js';

const REQUIRED = ['date', 'open', 'high', 'low', 'close', 'volume'] as const;

const BASIS: Readonly<Record<FactorRule, BarColumn | null>> = {
  stated: 'factor',
  'from-reference': 'reference',
  'from-change': 'change',
  'from-adjusted-close': 'adjusted_close',
  none: null,
};

/** The bars of one file by symbol, and what the file has. */
export interface BarFile {
  readonly path: string;
  readonly rowIs: 'line' | 'row';
  /** `bars.csv line 3`, for messages. */
  readonly place: (line: number) => string;
  readonly bars: ReadonlyMap<string, readonly SourceBar[]>;
  readonly factor: FactorRule;
  readonly hasAmount: boolean;
  readonly hasSt: boolean;
}

/**
 * Reads daily bars, of the symbol a row names, or of the one the file is called after where it has no such column.
 * @throws FILE_NOT_FOUND, FILE_UNREADABLE; TABLE_INVALID naming file, line or row, and column
 */
export async function readBarFile(path: string, { layout, factor: rules }: BarPreset): Promise<BarFile> {
  const source = await readSourceText(path, layout, 'CSV of bars');
  const rows = createRowReader(source, layout, REQUIRED);
  const factor = rules.find((rule) => BASIS[rule] === null || rows.has(BASIS[rule])) ?? 'none';
  const bars = new Map<string, SourceBar[]>();
  for (let r = 0; r < rows.length; r++) {
    const symbol = rows.has('symbol') ? rows.read(r, 'symbol', symbolCell) : symbolCell(stemOf(path), () => path);
    const own = bars.get(symbol) ?? [];
    bars.set(symbol, own);
    own.push(barOf(rows, r, factor, source.lines[r]));
  }
  const place = (line: number) => `${path} ${source.rowIs} ${line}`;
  return {
    path,
    rowIs: source.rowIs,
    place,
    bars,
    factor,
    hasAmount: rows.has('amount'),
    hasSt: rows.has('st'),
  };
}

/** BaoStock's adjustflag: 1 back-adjusted, 2 forward-adjusted, 3 raw. */
function isAdjusted(rows: RowReader, r: number): boolean {
  if (!rows.has('adjustment')) return false;
  const flag = rows.text(r, 'adjustment').replace(/\.0$/, '');
  if (flag === '1' || flag === '3') return flag === '1';
  const wanted = '3 (raw) or 1 (back-adjusted); prices adjusted forward change with every later dividend';
  throw cellError(rows.where(r, 'adjustment')(), flag, wanted);
}

function barOf(rows: RowReader, r: number, factor: FactorRule, line: number): SourceBar {
  const quantity = (column: BarColumn, most: number) => {
    const value = rows.number(r, column, most);
    if (value < 0) throw cellError(rows.where(r, column)(), rows.text(r, column), 'no negative number');
    return value;
  };
  const trades = !rows.has('trading') || rows.read(r, 'trading', flagCell) !== 0;
  const st = rows.has('st') ? rows.read(r, 'st', flagCell) : null;
  const close = rows.price(r, 'close');
  const column = BASIS[factor];
  const basis = column === null ? Number.NaN : rows.number(r, column, MOST_FACTOR);
  return {
    date: rows.read(r, 'date', observedDayCell),
    open: rows.price(r, 'open'),
    high: rows.price(r, 'high'),
    low: rows.price(r, 'low'),
    close,
    volume: trades ? quantity('volume', MOST_SHARES) : 0,
    amount: trades ? quantity('amount', MOST_AMOUNT) : 0,
    // Decimal prices: what is subtracted is put back on the decimals it was quoted at.
    basis: factor === 'from-change' ? Math.round((close - basis) * 1e6) / 1e6 : basis,
    adjusted: isAdjusted(rows, r),
    st: st ?? ST_UNKNOWN,
    line,
  };
}
