import type { Panel } from './types.js';

/** How much of a column is there, on the rows asked about on which the instrument traded. */
export interface ColumnCoverage {
  readonly name: string;
  readonly rows: number;
  /** Rows with less history than the column's lookback: missing by construction, not for want of data. */
  readonly warmUp: number;
  /** Rows past the warm-up without a value. */
  readonly missing: number;
  /** missing / (rows − warmUp); NaN where no row is past the warm-up. */
  readonly missingShare: number;
}

/**
 * Coverage of every column over the rows where `mask` [S × D] is 1, such as the universe within the training span.
 * Leaving out columns by this share keeps the choice inside the training fold.
 */
export function columnCoverage(panel: Panel, mask: Uint8Array): ColumnCoverage[] {
  const { columns, values, traded } = panel;
  const days = panel.dates.length;
  const width = columns.length;
  const warmUp = new Int32Array(width);
  const missing = new Int32Array(width);
  let rows = 0;
  let history = 0;
  for (let row = 0; row < traded.length; row++) {
    if (row % days === 0) history = 0;
    if (traded[row] === 0) continue;
    history++;
    if (mask[row] === 0) continue;
    rows++;
    for (let k = 0; k < width; k++) {
      if (!Number.isNaN(values[row * width + k])) continue;
      if (history < columns[k].lookback) warmUp[k]++;
      else missing[k]++;
    }
  }
  return columns.map(({ name }, k) => ({
    name,
    rows,
    warmUp: warmUp[k],
    missing: missing[k],
    missingShare: missing[k] / (rows - warmUp[k]),
  }));
}
