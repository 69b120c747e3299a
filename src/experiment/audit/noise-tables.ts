import type { Table, TableSchema } from '../../tables/index.js';
import { createRng, type SeedPath } from '../../util/index.js';

/** A table whose columns of numbers are noise in the rows that came later: each value times a random factor, plus its size. */
export function noisyColumns<S extends TableSchema, K extends keyof S & string>(
  table: Table<S>,
  later: (row: number) => boolean,
  names: readonly K[],
  path: SeedPath,
): Table<S> {
  const columns: Record<string, unknown> = { ...table.columns };
  for (const name of names) {
    const noisy = (table.columns[name] as unknown as Float64Array).slice();
    const rng = createRng(...path, name);
    for (let row = 0; row < table.length; row++) {
      const factor = 3 * rng.normal();
      const shift = rng.normal();
      if (later(row)) noisy[row] = (Number.isNaN(noisy[row]) ? 0 : noisy[row]) * factor + shift;
    }
    columns[name] = noisy;
  }
  return { ...table, columns: columns as Table<S>['columns'] };
}
