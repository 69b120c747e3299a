import { CandlenetError, type Day, formatDay, parseDay } from '../../../util/index.js';
import { MOST_VALUE } from '../../plausible.js';

export type Cell = string | number | null;

/** A number as a text. */
export const NUMBER = /^[+-]?\d+(\.\d*)?(e[+-]?\d+)?$/i;

/** Rows of an answer, read by column. Rows are numbered from 1 in messages, in the order they came. */
export interface TushareRows {
  readonly what: string;
  readonly fields: readonly string[];
  readonly items: readonly (readonly Cell[])[];
  /** '' for null. */
  text(row: number, field: string): string;
  /** NaN for null. @throws TABLE_INVALID for a text that is no number, and for one beyond `most` in magnitude */
  number(row: number, field: string, most?: number): number;
  /** A number above 0 within what is plausible of prices and factors; NaN for null, 0 and less as they are. @throws TABLE_INVALID */
  positive(row: number, field: string, most: number): number;
  /** null for null and ''. @throws TABLE_INVALID */
  day(row: number, field: string): Day | null;
}

/** Rows whose cells are as many as the columns. */
export function tushareRows(what: string, fields: readonly string[], items: readonly (readonly Cell[])[]): TushareRows {
  const columns = new Map(fields.map((field, column) => [field, column]));
  const cell = (row: number, field: string) => items[row][columns.get(field) as number];
  const wrong = (row: number, field: string, expected: string) =>
    new CandlenetError(
      'TABLE_INVALID',
      `${what}: row ${row + 1}, column "${field}": found ${JSON.stringify(cell(row, field))}, expected ${expected}`,
    );
  const number = (row: number, field: string, most = MOST_VALUE): number => {
    const found = cell(row, field);
    if (found === null) return Number.NaN;
    if (typeof found === 'string' && !NUMBER.test(found.trim())) throw wrong(row, field, 'a number');
    const value = Number(found);
    if (Math.abs(value) > most) throw wrong(row, field, `a number up to ${most}`);
    return value;
  };
  return {
    what,
    fields,
    items,
    text(row, field) {
      const value = cell(row, field);
      return value === null ? '' : String(value).trim();
    },
    number,
    positive(row, field, most) {
      const value = number(row, field, most);
      if (value > 0 && value < 1 / most) throw wrong(row, field, `a number of ${1 / most} … ${most}`);
      return value;
    },
    day(row, field) {
      const value = cell(row, field);
      if (value === null || value === '') return null;
      const parts = /^(\d{4})(\d{2})(\d{2})$/.exec(String(value));
      if (!parts) throw wrong(row, field, 'a date as YYYYMMDD');
      return parseDay(parts.slice(1).join('-'), `${what}: row ${row + 1}, column "${field}"`);
    },
  };
}

/** A day that must be there. @throws TABLE_INVALID */
export function requiredDay(rows: TushareRows, row: number, field: string): Day {
  const day = rows.day(row, field);
  if (day !== null) return day;
  throw new CandlenetError(
    'TABLE_INVALID',
    `${rows.what}: row ${row + 1}, column "${field}": found no date, expected one`,
  );
}

export const compact = (day: Day) => formatDay(day).replaceAll('-', '');

/**
 * Rows by day. A row that says word for word what an earlier one says is passed over.
 * @param repeated called for each row passed over
 * @throws TABLE_INVALID where two rows of a day differ
 */
export function rowsByDay(rows: TushareRows, field: string, repeated: (row: number) => void): Map<Day, number> {
  const byDay = new Map<Day, number>();
  for (let row = 0; row < rows.items.length; row++) {
    const day = requiredDay(rows, row, field);
    const first = byDay.get(day);
    if (first === undefined) {
      byDay.set(day, row);
      continue;
    }
    if (!sameRow(rows, first, row)) {
      throw new CandlenetError(
        'TABLE_INVALID',
        `${rows.what}: row ${row + 1}: found another ${formatDay(day)} that differs from row ${first + 1}, expected one row a day`,
      );
    }
    repeated(row);
  }
  return byDay;
}

/** Whether two rows say the same, word for word. */
export const sameRow = ({ items }: TushareRows, a: number, b: number) =>
  JSON.stringify(items[a]) === JSON.stringify(items[b]);
