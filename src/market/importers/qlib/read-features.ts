import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { CandlenetError, type Day, formatDay } from '../../../util/index.js';
import { type QlibColumn, readQlibBin, truncated } from './read-bin.js';

const REQUIRED = ['open', 'high', 'low', 'close', 'volume', 'factor'] as const;
const OPTIONAL = ['change', 'amount'] as const;

type Field = (typeof REQUIRED)[number] | (typeof OPTIONAL)[number];

/** The columns of one instrument, all over the same sessions; prices as the source has them, back-adjusted. */
export interface QlibFeatures {
  readonly start: number;
  readonly length: number;
  readonly columns: { readonly [F in (typeof REQUIRED)[number]]: Float32Array } & {
    readonly [F in (typeof OPTIONAL)[number]]: Float32Array | null;
  };
}

function folderOf(dir: string, symbol: string): string {
  return join(dir, 'features', symbol.toLowerCase());
}

export function qlibColumnPath(dir: string, symbol: string, field: Field): string {
  return join(folderOf(dir, symbol), `${field}.day.bin`);
}

export function hasQlibFeatures(dir: string, symbol: string): boolean {
  return existsSync(folderOf(dir, symbol));
}

/**
 * @throws FILE_NOT_FOUND, FILE_UNREADABLE, QLIB_BIN_TRUNCATED; QLIB_BIN_RANGE, also when the columns do not cover the same
 *   sessions; QLIB_BIN_VALUE naming file, offset and session
 */
export function readQlibFeatures(dir: string, symbol: string, calendar: Int32Array): QlibFeatures {
  const path = (field: Field) => qlibColumnPath(dir, symbol, field);
  const fields: Field[] = [...REQUIRED, ...OPTIONAL.filter((field) => existsSync(path(field)))];
  const columns = new Map<Field, QlibColumn>(
    fields.map((field) => [field, readQlibBin(dir, path(field), calendar.length)]),
  );
  const longest = fields.reduce((a, b) => (columns.get(b)!.values.length > columns.get(a)!.values.length ? b : a));
  const { start, values } = columns.get(longest)!;
  for (const [field, column] of columns) {
    if (column.values.length !== values.length) {
      throw truncated(path(field), (column.values.length + 1) * 4, (values.length + 1) * 4);
    }
    if (column.start !== start) {
      throw new CandlenetError(
        'QLIB_BIN_RANGE',
        `${path(field)}: found first session ${column.start}, expected ${start} as in ${longest}.day.bin`,
      );
    }
  }
  for (const [field, column] of columns) checkValues(path(field), field, column, calendar);
  const values_ = (field: Field) => columns.get(field)!.values;
  return {
    start,
    length: values.length,
    columns: {
      open: values_('open'),
      high: values_('high'),
      low: values_('low'),
      close: values_('close'),
      volume: values_('volume'),
      factor: values_('factor'),
      change: columns.get('change')?.values ?? null,
      amount: columns.get('amount')?.values ?? null,
    },
  };
}

/** What no value of a column can be; NaN is one that is missing, and bars that cannot be are for the cleaning to count. */
const IMPOSSIBLE: Readonly<Record<Field, { is(value: number): boolean; readonly expected: string } | null>> = {
  open: { is: isInfinite, expected: 'a finite price' },
  high: { is: isInfinite, expected: 'a finite price' },
  low: { is: isInfinite, expected: 'a finite price' },
  close: { is: isInfinite, expected: 'a finite price' },
  volume: { is: (value) => isInfinite(value) || value < 0, expected: 'a finite volume of 0 or more' },
  amount: { is: (value) => isInfinite(value) || value < 0, expected: 'a finite amount of 0 or more' },
  factor: { is: (value) => isInfinite(value) || value <= 0, expected: 'a finite factor above 0' },
  // A return is set beside the prices, which stand where it cannot be.
  change: null,
};

function isInfinite(value: number): boolean {
  return value === Number.POSITIVE_INFINITY || value === Number.NEGATIVE_INFINITY;
}

function checkValues(path: string, field: Field, { start, values }: QlibColumn, calendar: Int32Array): void {
  const impossible = IMPOSSIBLE[field];
  const at = impossible === null ? -1 : values.findIndex(impossible.is);
  if (impossible === null || at < 0) return;
  throw binValue(path, at, calendar[start + at], `${values[at]}`, impossible.expected);
}

/** @param at position of the value, the start index not counted */
export function binValue(path: string, at: number, session: Day, found: string, expected: string): CandlenetError {
  return new CandlenetError(
    'QLIB_BIN_VALUE',
    `${path} offset ${(at + 1) * 4} (${formatDay(session)}): found ${found}, expected ${expected}`,
  );
}
