import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { CandlenetError, type Day, formatDay } from '../../../util/index.js';
import {
  isPlausibleFactor,
  isPlausiblePrice,
  MOST_AMOUNT,
  MOST_FACTOR,
  MOST_PRICE,
  MOST_SHARES,
  PRICE_BOUNDS,
} from '../../plausible.js';
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
  const factor = columns.get('factor')!;
  for (const field of ['open', 'high', 'low', 'close'] as const) {
    checkRaw(path(field), columns.get(field)!, factor, calendar);
  }
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

const PRICE = { is: (value: number) => Math.abs(value) > MOST_PRICE, expected: `a finite price up to ${MOST_PRICE}` };

/** What no value of a column can be; NaN is one that is missing, and bars that cannot be are for the cleaning to count. */
const IMPOSSIBLE: Readonly<Record<Field, { is(value: number): boolean; readonly expected: string } | null>> = {
  open: PRICE,
  high: PRICE,
  low: PRICE,
  close: PRICE,
  volume: {
    is: (value) => value > MOST_SHARES || value < 0,
    expected: `a finite volume of 0 or more, up to ${MOST_SHARES}`,
  },
  amount: {
    is: (value) => value > MOST_AMOUNT || value < 0,
    expected: `a finite amount of 0 or more, up to ${MOST_AMOUNT}`,
  },
  factor: {
    is: (value) => !Number.isNaN(value) && !isPlausibleFactor(value),
    expected: `a finite factor above 0, up to ${MOST_FACTOR}`,
  },
  // A return is set beside the prices, which stand where it cannot be.
  change: null,
};

function checkValues(path: string, field: Field, { start, values }: QlibColumn, calendar: Int32Array): void {
  const impossible = IMPOSSIBLE[field];
  const at = impossible === null ? -1 : values.findIndex(impossible.is);
  if (impossible === null || at < 0) return;
  throw binValue(path, at, calendar[start + at], `${values[at]}`, impossible.expected);
}

/** Prices as traded; 0 and less are for the cleaning to count. */
function checkRaw(path: string, { start, values }: QlibColumn, factor: QlibColumn, calendar: Int32Array): void {
  for (let t = 0; t < values.length; t++) {
    const raw = values[t] / factor.values[t];
    if (!(raw > 0) || isPlausiblePrice(raw)) continue;
    throw binValue(path, t, calendar[start + t], `${values[t]} by a factor of ${factor.values[t]}`, PRICE_BOUNDS);
  }
}

/** @param at position of the value, the start index not counted */
export function binValue(path: string, at: number, session: Day, found: string, expected: string): CandlenetError {
  return new CandlenetError(
    'QLIB_BIN_VALUE',
    `${path} offset ${(at + 1) * 4} (${formatDay(session)}): found ${found}, expected ${expected}`,
  );
}
