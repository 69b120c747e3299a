import { CandlenetError } from '../../../util/index.js';
import { LEAST_PRICE, MOST_PRICE, MOST_VALUE, PRICE_BOUNDS } from '../../plausible.js';
import type { SourceColumn, SourceLayout } from '../presets/index.js';
import { type CellParser, cellError, isMissing, numberCell } from './cells.js';
import type { SourceText } from './source-text.js';

/** Reads the cells of a file by canonical column. Errors name file, line (of a CSV) or row (of a Parquet file) and column. */
export interface RowReader {
  readonly path: string;
  readonly length: number;
  has(column: string): boolean;
  /** `trades.csv line 3`. */
  place(row: number): string;
  where(row: number, column: string): () => string;
  text(row: number, column: string): string;
  /** Whether the cell stands for no value. */
  empty(row: number, column: string): boolean;
  read<T>(row: number, column: string, parse: CellParser<T>): T;
  /** In the unit of the store; NaN where the cell or the column is missing. @param most largest magnitude that can be */
  number(row: number, column: string, most?: number): number;
  /** The same of a price; 0 and less are not refused here. */
  price(row: number, column: string): number;
  /** Fields of the layout that the file has a column of. */
  readonly fields: readonly string[];
  /** The same of a field with a column of its own. */
  field(row: number, field: string): number;
  fieldWhere(row: number, field: string): string;
}

/** @throws TABLE_INVALID for a required column, or one that a map names, that the file has not */
export function createRowReader(source: SourceText, layout: SourceLayout, required: readonly string[]): RowReader {
  const { header, rows, lines, path, rowIs } = source;
  const inHeader = rowIs === 'line' ? `${path} line 1` : path;
  const index = new Map(header.map((name, c) => [name, c]));
  const at = (column: SourceColumn | undefined) => (column === undefined ? undefined : index.get(column.from));
  const positions = new Map(Object.entries(layout.columns).map(([name, column]) => [name, at(column)]));
  for (const column of required) {
    if (positions.get(column) !== undefined || column in layout.constants) continue;
    const wanted = layout.columns[column]?.from ?? column;
    const found = header.length > 0 ? header.join(', ') : 'none of the columns asked for';
    throw new CandlenetError('TABLE_INVALID', `${inHeader}: column "${wanted}" (${column}) is missing, found ${found}`);
  }
  for (const column of [...Object.values(layout.columns), ...Object.values(layout.fields)]) {
    if (column === undefined || !column.stated || index.has(column.from)) continue;
    throw new CandlenetError(
      'TABLE_INVALID',
      `${inHeader}: column "${column.from}" of the map is missing, found ${header.join(', ')}`,
    );
  }
  const place = (row: number) => `${path} ${rowIs} ${lines[row]}`;
  const where = (row: number, column: string) => () =>
    `${place(row)}: column "${layout.columns[column]?.from ?? column}"`;
  const raw = (row: number, column: string): string => {
    const position = positions.get(column);
    const text = position === undefined ? (layout.constants[column] ?? '') : rows[row][position];
    return layout.missing.has(text) ? '' : text;
  };
  const scaled = (
    text: string,
    column: SourceColumn | undefined,
    wherever: () => string,
    most = MOST_VALUE,
  ): number => {
    const value = numberCell(text, wherever) * (column?.scale ?? 1);
    if (!Number.isFinite(value) && !isMissing(text))
      throw cellError(wherever(), text, 'a number that stays finite in the store’s unit');
    if (Math.abs(value) > most) throw cellError(wherever(), text, `no more than ${most} in the store’s unit`);
    return value;
  };
  const number = (row: number, column: string, most?: number) =>
    scaled(
      raw(row, column),
      positions.get(column) === undefined ? undefined : layout.columns[column],
      where(row, column),
      most,
    );
  const fieldWhere = (row: number, field: string) => `${place(row)}: column "${layout.fields[field].from}"`;
  return {
    path,
    length: rows.length,
    fields: Object.keys(layout.fields).filter((field) => index.has(layout.fields[field].from)),
    has: (column) => positions.get(column) !== undefined || column in layout.constants,
    place,
    where,
    text: raw,
    empty: (row, column) => isMissing(raw(row, column)),
    read: (row, column, parse) => parse(raw(row, column), where(row, column), layout.dateFormat),
    number,
    price(row, column) {
      const value = number(row, column, MOST_PRICE);
      if (value > 0 && value < LEAST_PRICE) throw cellError(where(row, column)(), raw(row, column), PRICE_BOUNDS);
      return value;
    },
    field(row, field) {
      const column = layout.fields[field];
      const text = rows[row][index.get(column.from) ?? -1] ?? '';
      return scaled(layout.missing.has(text) ? '' : text, column, () => fieldWhere(row, field));
    },
    fieldWhere,
  };
}
