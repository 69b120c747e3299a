import { invariant } from '../util/index.js';
import type { Panel } from './types.js';

/** The panel with the named columns only, in the panel's order; rows may become complete. The panel itself when it has no others. */
export function selectColumns(panel: Panel, names: readonly string[]): Panel {
  const { columns, values, traded } = panel;
  for (const name of names) {
    invariant(
      columns.some((column) => column.name === name),
      `selectColumns: the panel has no column ${name}`,
    );
  }
  const kept = columns.flatMap(({ name }, k) => (names.includes(name) ? [k] : []));
  if (kept.length === columns.length) return panel;
  const rows = traded.length;
  const narrow = new Float32Array(new SharedArrayBuffer(rows * kept.length * Float32Array.BYTES_PER_ELEMENT));
  const complete = traded.slice();
  for (let row = 0; row < rows; row++) {
    for (let k = 0; k < kept.length; k++) {
      const value = values[row * columns.length + kept[k]];
      narrow[row * kept.length + k] = value;
      if (Number.isNaN(value) && !columns[kept[k]].optional) complete[row] = 0;
    }
  }
  return { ...panel, columns: kept.map((k) => columns[k]), values: narrow, complete };
}
