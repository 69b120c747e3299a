import { allocateColumns } from './table.js';
import type { ColumnArrays, ColumnType, Table, TableSchema } from './types.js';

/** The rows in ascending order of the key columns, equal keys in their given order; the same table where they are already. */
export function sortTable<S extends TableSchema>(
  table: Table<S>,
  schema: S,
  key: readonly (keyof S & string)[],
): Table<S> {
  const columns = key.map((name) => table.columns[name] as ArrayLike<string | number>);
  const compare = (a: number, b: number): number => {
    for (const column of columns) {
      if (column[a] < column[b]) return -1;
      if (column[a] > column[b]) return 1;
    }
    return 0;
  };
  let ordered = true;
  for (let row = 1; row < table.length && ordered; row++) ordered = compare(row - 1, row) <= 0;
  if (ordered) return table;
  const order = Uint32Array.from({ length: table.length }, (_, row) => row).sort((a, b) => compare(a, b) || a - b);
  const result = allocateColumns(schema, table.length);
  for (const name of Object.keys(schema)) {
    const from = table.columns[name] as ColumnArrays[ColumnType];
    const to = result[name as keyof S] as { [row: number]: string | number };
    for (let row = 0; row < order.length; row++) to[row] = from[order[row]];
  }
  return { length: table.length, columns: result };
}
