import {
  allocateColumns,
  type ColumnArrays,
  type ColumnType,
  makeTable,
  sortTable,
  type Table,
  type TableSchema,
} from '../../tables/index.js';
import { formatDay } from '../../util/index.js';
import type { DisagreementTally } from './disagreements.js';

type Cells = { [row: number]: number | string };

/**
 * Two tables of one key: every row of either once. Of rows of the same key the first table's values stand; what it leaves
 * empty the second fills in.
 */
export function mergeRows<S extends TableSchema>(
  schema: S,
  key: readonly (keyof S & string)[],
  first: { readonly name: string; readonly table: Table<S> },
  second: { readonly name: string; readonly table: Table<S> },
  tolerance: number,
  tally: DisagreementTally,
): Table<S> {
  const [a, b] = [sortTable(first.table, schema, key), sortTable(second.table, schema, key)];
  const names = Object.keys(schema) as (keyof S & string)[];
  const values = names.filter((name) => !key.includes(name));
  const cells = (table: Table<S>, name: keyof S & string) => table.columns[name] as unknown as Cells;
  const keyColumns = key.map((name) => [cells(a, name), cells(b, name)] as const);
  const compare = (i: number, j: number): number => {
    for (const [left, right] of keyColumns) {
      if (left[i] < right[j]) return -1;
      if (left[i] > right[j]) return 1;
    }
    return 0;
  };
  const total = allocateColumns(schema, a.length + b.length);
  let row = 0;
  const copy = (table: Table<S>, from: number) => {
    for (const name of names) (total[name] as unknown as Cells)[row] = cells(table, name)[from];
  };
  let i = 0;
  let j = 0;
  while (i < a.length || j < b.length) {
    const order = i >= a.length ? 1 : j >= b.length ? -1 : compare(i, j);
    if (order > 0) copy(b, j++);
    else {
      copy(a, i);
      if (order === 0) {
        for (const name of values) {
          const [ours, theirs] = [cells(a, name)[i], cells(b, name)[j]];
          const words = () => key.map((column) => inWords(schema[column], cells(a, column)[i])).join(' ');
          if (isEmpty(ours)) (total[name] as unknown as Cells)[row] = theirs;
          else if (typeof ours === 'number') {
            tally.numbers(name, words, [first.name, ours], [second.name, theirs as number], tolerance);
          } else tally.texts(name, words, [first.name, ours], [second.name, theirs as string]);
        }
        j++;
      }
      i++;
    }
    row++;
  }
  const cut = (column: ColumnArrays[ColumnType]) => column.slice(0, row);
  return makeTable(schema, Object.fromEntries(names.map((name) => [name, cut(total[name])])) as typeof total);
}

const isEmpty = (value: number | string) => value === '' || Number.isNaN(value);

function inWords(type: ColumnType, value: number | string): string {
  if (type === 'day') return formatDay(value as number);
  return type === 'instant' ? new Date(value as number).toISOString() : String(value);
}
