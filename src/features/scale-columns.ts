import { invariant, type SessionRange } from '../util/index.js';
import type { Scaler } from './scaler.js';
import type { Panel } from './types.js';

export interface ScaleColumnsOptions {
  /** Bounds of the z-scores, in training-fold standard deviations. */
  readonly clipSigma: number;
  /** Sessions that samples may look at; elsewhere the values are 0. */
  readonly sessions: SessionRange;
  /** Where the values go: at least as long as they are. Whatever it held is overwritten. */
  readonly into: Float32Array<SharedArrayBuffer>;
}

/**
 * The columns of a scaler out of a wider panel that stays as it is, standardised into memory that is used again from fold
 * to fold. Rows may become complete, as their gaps lie in columns left out.
 */
export function scaleColumns(panel: Panel, scaler: Scaler, options: ScaleColumnsOptions): Panel {
  const { columns, values, traded, dates } = panel;
  const { clipSigma, sessions, into } = options;
  const kept = scaler.columns.map((name) => {
    const k = columns.findIndex((column) => column.name === name);
    invariant(k >= 0, `scaleColumns: the panel has no column ${name}`);
    return k;
  });
  const width = kept.length;
  const rows = traded.length;
  invariant(into.length >= rows * width, `scaleColumns: ${into.length} values do not hold ${rows} × ${width}`);
  const scaled = new Float32Array(into.buffer, into.byteOffset, rows * width);
  scaled.fill(0);
  const complete = traded.slice();
  const mean = Float64Array.from(scaler.mean);
  const std = Float64Array.from(scaler.std);
  const required = kept.filter((k) => !columns[k].optional);
  for (let first = 0; first < rows; first += dates.length) {
    for (let row = first; row < first + dates.length; row++) {
      const source = row * columns.length;
      for (let i = 0; i < required.length && complete[row] === 1; i++) {
        if (Number.isNaN(values[source + required[i]])) complete[row] = 0;
      }
    }
    for (let row = first + sessions.start; row < first + sessions.end; row++) {
      for (let i = 0; i < width; i++) {
        const z = (values[row * columns.length + kept[i]] - mean[i]) / std[i];
        scaled[row * width + i] = Number.isNaN(z) ? 0 : Math.max(-clipSigma, Math.min(clipSigma, z));
      }
    }
  }
  return { ...panel, columns: kept.map((k) => columns[k]), values: scaled, complete };
}
