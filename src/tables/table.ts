import { CandlenetError } from '../util/index.js';
import type { ColumnArrays, ColumnType, Table, TableColumns, TableSchema } from './types.js';

const ALLOCATE: { [T in ColumnType]: (length: number) => ColumnArrays[T] } = {
  day: (length) => new Int32Array(length),
  instant: (length) => new Float64Array(length),
  float64: (length) => new Float64Array(length),
  float32: (length) => new Float32Array(length),
  int32: (length) => new Int32Array(length),
  bool: (length) => new Uint8Array(length),
  string: (length) => new Array<string>(length).fill(''),
};

/** Columns of `length` zeros (empty strings), to be filled in place. */
export function allocateColumns<S extends TableSchema>(schema: S, length: number): TableColumns<S> {
  const columns: Partial<Record<keyof S, ColumnArrays[ColumnType]>> = {};
  for (const name of Object.keys(schema) as (keyof S & string)[]) columns[name] = ALLOCATE[schema[name]](length);
  return columns as TableColumns<S>;
}

/**
 * A table of the given columns.
 * @throws TABLE_INVALID when a column of the schema is missing or the lengths differ
 */
export function makeTable<S extends TableSchema>(schema: S, columns: TableColumns<S>, what = 'table'): Table<S> {
  const names = Object.keys(schema) as (keyof S & string)[];
  let length = 0;
  for (const [i, name] of names.entries()) {
    const column = columns[name] as ColumnArrays[ColumnType] | undefined;
    if (column === undefined) throw new CandlenetError('TABLE_INVALID', `${what}: column "${name}" is missing`);
    if (i === 0) length = column.length;
    if (column.length !== length) {
      throw new CandlenetError(
        'TABLE_INVALID',
        `${what}: column "${name}" has ${column.length} rows, expected ${length} as in "${names[0]}"`,
      );
    }
  }
  return { length, columns };
}

/** A cell as a plain value: a day number for dates, 0 or 1 for booleans. */
export type RowOf<S extends TableSchema> = { [K in keyof S]: S[K] extends 'string' ? string : number };

/** Collects a small table row by row; for large ones fill `allocateColumns`. */
export interface TableBuilder<S extends TableSchema> {
  add(row: RowOf<S>): void;
  build(): Table<S>;
}

export function createTableBuilder<S extends TableSchema>(schema: S): TableBuilder<S> {
  const rows: RowOf<S>[] = [];
  return {
    add: (row) => {
      rows.push(row);
    },
    build() {
      const columns = allocateColumns(schema, rows.length);
      for (const name of Object.keys(schema) as (keyof S & string)[]) {
        const column = columns[name] as { [row: number]: number | string };
        for (let r = 0; r < rows.length; r++) column[r] = rows[r][name];
      }
      return makeTable(schema, columns);
    },
  };
}
