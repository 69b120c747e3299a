import { createTableBuilder, type RowOf, type Table, type TableSchema } from '../../../../tables/index.js';
import { CandlenetError, formatDay } from '../../../../util/index.js';

/** What a later row does to an earlier one of the same key that says otherwise. */
export type OnConflict = 'refuse' | 'keep' | 'replace';

/** Rows of one table from several files, each key once. */
export interface RowCollector<S extends TableSchema> {
  /** @returns whether the row says again what one before it said */
  add(row: RowOf<S>, place: () => string): boolean;
  table(): Table<S>;
  rows(): RowOf<S>[];
  placeOf(key: string): string | null;
}

/** @throws TABLE_INVALID from `add`, for a row that contradicts one before it, unless `onConflict` settles it */
export function createRowCollector<S extends TableSchema>(
  name: string,
  schema: S,
  key: readonly (keyof S & string)[],
  onConflict: OnConflict,
): RowCollector<S> {
  const rows = new Map<string, { row: RowOf<S>; place: () => string }>();
  const values = Object.keys(schema).filter((column) => !key.includes(column)) as (keyof S & string)[];
  return {
    add(row, place) {
      const text = key.map((column) => cellText(schema[column], row[column])).join(' ');
      const before = rows.get(text);
      if (before === undefined) {
        rows.set(text, { row, place });
        return false;
      }
      const differing = values.find((column) => !Object.is(before.row[column], row[column]));
      if (differing === undefined) return true;
      if (onConflict === 'replace') rows.set(text, { row, place });
      else if (onConflict === 'refuse') {
        const [found, had] = [row, before.row].map((one) => cellText(schema[differing], one[differing]));
        throw new CandlenetError(
          'TABLE_INVALID',
          `${place()}: column "${differing}": found ${found} for ${name} ${text}, ${before.place()} has ${had}, expected a key once`,
        );
      }
      return false;
    },
    table() {
      const builder = createTableBuilder(schema);
      for (const { row } of rows.values()) builder.add(row);
      return builder.build();
    },
    rows: () => [...rows.values()].map(({ row }) => row),
    placeOf: (text) => rows.get(text)?.place() ?? null,
  };
}

/** A cell in words. */
export function cellText(type: string, value: number | string): string {
  if (type === 'day') return formatDay(value as number);
  if (type === 'instant') return new Date(value as number).toISOString();
  return String(value);
}
