import type { Design } from './design.js';
import { RowLeader } from './row-team.js';
import { Pass, type SharedRows, shareRows } from './shared-rows.js';

export interface ColumnMoments {
  readonly mean: Float64Array;
  /** 1 / population standard deviation; 0 for a constant column. */
  readonly inverseDeviation: Float64Array;
}

/** Relative spread below which a column counts as constant: float32 cannot tell its values apart. */
const CONSTANT = 1e-7;

/** Two passes, in double precision. */
export function momentsOf({ design, memory, places }: SharedRows, leader: RowLeader): ColumnMoments {
  const { width, rows } = design;
  const mean = leader.run(Pass.COLUMNS, width).map((sum) => sum / rows.length);
  new Float64Array(memory.buffer, places.mean, width).set(mean);
  const inverseDeviation = leader.run(Pass.SQUARES, width).map((sum, j) => {
    const deviation = Math.sqrt(sum / rows.length);
    return deviation > CONSTANT * Math.abs(mean[j]) ? 1 / deviation : 0;
  });
  return { mean, inverseDeviation };
}

/** Moments of a design's columns, on this thread. */
export function columnMoments(design: Design): ColumnMoments {
  const rows = shareRows(design, new Uint8Array(0), 1);
  return momentsOf(rows, new RowLeader(rows));
}
