import { type CsvText, readCsv } from '../../../tables/index.js';
import { CandlenetError } from '../../../util/index.js';
import type { BarColumn, BarPreset, FactorRule } from '../presets/index.js';
import { cellError, dayCell, flagCell, numberCell, symbolCell } from './cells.js';
import { stemOf } from './list-files.js';
import type { SourceBar } from './series.js';

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
  readonly bars: ReadonlyMap<string, readonly SourceBar[]>;
  readonly factor: FactorRule;
  readonly hasAmount: boolean;
  readonly hasSt: boolean;
  /** Rows whose prices the file says are back-adjusted. */
  readonly adjustedRows: number;
}

/**
 * Reads daily bars, of the symbol a row names, or of the one the file is called after where it has no such column.
 * @throws FILE_NOT_FOUND, FILE_UNREADABLE; TABLE_INVALID naming file, line and column
 */
export function readBarFile(path: string, preset: BarPreset): BarFile {
  const csv = readCsv(path, 'CSV of bars');
  const index = (column: BarColumn) => csv.header.indexOf(preset.columns[column] ?? '');
  for (const column of REQUIRED) {
    if (index(column) < 0) {
      const wanted = preset.columns[column] ?? column;
      throw new CandlenetError(
        'TABLE_INVALID',
        `${path} line 1: column "${wanted}" (${column}) is missing, found ${csv.header.join(', ')}`,
      );
    }
  }
  const factor = preset.factor.find((rule) => BASIS[rule] === null || index(BASIS[rule]) >= 0) ?? 'none';
  const bars = new Map<string, SourceBar[]>();
  let adjustedRows = 0;
  for (let r = 0; r < csv.rows.length; r++) {
    const row = rowReader(csv, r, path, preset);
    const symbol = index('symbol') < 0 ? symbolCell(stemOf(path), () => path) : row.read('symbol', symbolCell);
    if (row.isAdjusted()) adjustedRows++;
    const own = bars.get(symbol) ?? [];
    bars.set(symbol, own);
    own.push(row.bar(factor));
  }
  const hasAmount = index('amount') >= 0;
  return { path, bars, factor, hasAmount, hasSt: index('st') >= 0, adjustedRows };
}

function rowReader(csv: CsvText, r: number, path: string, preset: BarPreset) {
  const cells = csv.rows[r];
  const at = (column: BarColumn) => csv.header.indexOf(preset.columns[column] ?? '');
  const where = (column: BarColumn) => () => `${path} line ${csv.lines[r]}: column "${preset.columns[column]}"`;
  const read = <T>(column: BarColumn, parse: (text: string, where: () => string) => T): T =>
    parse(cells[at(column)], where(column));
  const number = (column: BarColumn) => (at(column) < 0 ? Number.NaN : read(column, numberCell));
  const quantity = (column: BarColumn, unit: number) => {
    const value = number(column) * unit;
    if (value < 0) throw cellError(where(column)(), cells[at(column)], 'no negative number');
    return value;
  };

  return {
    read,
    /** BaoStock's adjustflag: 1 back-adjusted, 2 forward-adjusted, 3 raw. */
    isAdjusted(): boolean {
      if (at('adjustment') < 0) return false;
      const flag = cells[at('adjustment')];
      if (flag === '1' || flag === '3') return flag === '1';
      const wanted = '3 (raw) or 1 (back-adjusted); prices adjusted forward change with every later dividend';
      throw cellError(where('adjustment')(), flag, wanted);
    },
    bar(factor: FactorRule): SourceBar {
      const trades = at('trading') < 0 || read('trading', flagCell) !== 0;
      const st = at('st') < 0 ? 0 : read('st', flagCell);
      if (st === null) throw cellError(where('st')(), cells[at('st')], '0 or 1');
      const close = number('close');
      const column = BASIS[factor];
      const basis = column === null ? Number.NaN : number(column);
      return {
        date: read('date', dayCell),
        open: number('open'),
        high: number('high'),
        low: number('low'),
        close,
        volume: trades ? quantity('volume', preset.volumeUnit) : 0,
        amount: trades ? quantity('amount', preset.amountUnit) : 0,
        // Decimal prices: what is subtracted is put back on the decimals it was quoted at.
        basis: factor === 'from-change' ? Math.round((close - basis) * 1e6) / 1e6 : basis,
        st,
        line: csv.lines[r],
      };
    },
  };
}
