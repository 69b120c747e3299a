import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { CandlenetError } from '../../../util/index.js';
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

export function hasQlibFeatures(dir: string, symbol: string): boolean {
  return existsSync(folderOf(dir, symbol));
}

/** @throws FILE_NOT_FOUND, QLIB_BIN_TRUNCATED, QLIB_BIN_RANGE: also when the columns do not cover the same sessions */
export function readQlibFeatures(dir: string, symbol: string, sessions: number): QlibFeatures {
  const path = (field: Field) => join(folderOf(dir, symbol), `${field}.day.bin`);
  const fields: Field[] = [...REQUIRED, ...OPTIONAL.filter((field) => existsSync(path(field)))];
  const columns = new Map<Field, QlibColumn>(fields.map((field) => [field, readQlibBin(path(field), sessions)]));
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
