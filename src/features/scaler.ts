import { invariant } from '../util/index.js';
import type { Panel } from './types.js';

/** z-scores of the columns of a panel (paper, eq. 13), as plain numbers so that a run can keep them. */
export interface Scaler {
  readonly columns: readonly string[];
  readonly mean: readonly number[];
  /** Population standard deviation; 1 for columns that are constant or empty. */
  readonly std: readonly number[];
  /** Values each column was fitted on. */
  readonly count: readonly number[];
  /** Columns with one single value on the fitted rows: they carry nothing, and are only centred. */
  readonly constant: readonly string[];
  /** Columns without any value on the fitted rows: they become 0 throughout. */
  readonly empty: readonly string[];
}

/**
 * Mean and standard deviation of every column over the rows where `rowMask` [S × D] is 1, which must be training rows
 * only; missing values do not count. Two passes in float64.
 */
export function fitScaler(panel: Panel, rowMask: Uint8Array): Scaler {
  const { columns, values } = panel;
  const width = columns.length;
  const count = new Float64Array(width);
  const mean = new Float64Array(width);
  const squares = new Float64Array(width);
  const least = new Float64Array(width).fill(Number.POSITIVE_INFINITY);
  const most = new Float64Array(width).fill(Number.NEGATIVE_INFINITY);
  const forEachValue = (visit: (k: number, value: number) => void) => {
    for (let row = 0; row < rowMask.length; row++) {
      if (rowMask[row] === 0) continue;
      for (let k = 0; k < width; k++) {
        const value = values[row * width + k];
        if (!Number.isNaN(value)) visit(k, value);
      }
    }
  };
  forEachValue((k, value) => {
    count[k]++;
    mean[k] += value;
    if (value < least[k]) least[k] = value;
    if (value > most[k]) most[k] = value;
  });
  const empty = (k: number) => count[k] === 0;
  const constant = (k: number) => count[k] > 0 && least[k] === most[k];
  for (let k = 0; k < width; k++) mean[k] = empty(k) ? 0 : constant(k) ? least[k] : mean[k] / count[k];
  forEachValue((k, value) => {
    squares[k] += (value - mean[k]) ** 2;
  });
  const names = (test: (k: number) => boolean) => columns.filter((_, k) => test(k)).map(({ name }) => name);
  return {
    columns: columns.map(({ name }) => name),
    mean: Array.from(mean),
    std: columns.map((_, k) => (empty(k) || constant(k) ? 1 : Math.sqrt(squares[k] / count[k]))),
    count: Array.from(count),
    constant: names(constant),
    empty: names(empty),
  };
}

export interface ApplyScalerOptions {
  /** Bounds of the z-scores, in training-fold standard deviations; null is off. Default 5. */
  readonly clipSigma?: number | null;
  /** Overwrite the panel's values instead of copying them. */
  readonly inPlace?: boolean;
}

export interface ScaledPanel {
  /** Its values are finite throughout: missing ones are 0, the training mean. `complete` and `traded` are the panel's. */
  readonly panel: Panel;
  /** Values on days the instrument traded that were missing and became 0. */
  readonly missing: number;
  /** Values moved to the bounds. */
  readonly clipped: number;
}

/** (x − mean) / std in float64, clipped, missing values as 0. @throws INTERNAL when the scaler is of another panel */
export function applyScaler(panel: Panel, scaler: Scaler, options: ApplyScalerOptions = {}): ScaledPanel {
  const { columns, values, traded } = panel;
  const width = columns.length;
  invariant(
    scaler.columns.length === width && columns.every(({ name }, k) => scaler.columns[k] === name),
    `applyScaler: the scaler was fitted on ${scaler.columns.join(', ')}`,
  );
  const bound = options.clipSigma === undefined ? 5 : (options.clipSigma ?? Number.POSITIVE_INFINITY);
  const mean = Float64Array.from(scaler.mean);
  const std = Float64Array.from(scaler.std);
  const scaled = options.inPlace ? values : new Float32Array(new SharedArrayBuffer(values.byteLength));
  let missing = 0;
  let clipped = 0;
  for (let row = 0; row < traded.length; row++) {
    for (let k = 0, i = row * width; k < width; k++, i++) {
      const z = (values[i] - mean[k]) / std[k];
      if (Number.isNaN(z)) {
        scaled[i] = 0;
        missing += traded[row];
      } else if (z > bound || z < -bound) {
        scaled[i] = z > 0 ? bound : -bound;
        clipped++;
      } else {
        scaled[i] = z;
      }
    }
  }
  return { panel: { ...panel, values: scaled }, missing, clipped };
}
