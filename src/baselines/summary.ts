import type { Design } from './design.js';

/** What a window is summarised by, in this order, each over all features. */
export const SUMMARY_STATISTICS = ['last', 'mean', 'std', 'slope'] as const;

/**
 * Windows summarised per feature by last value, mean, standard deviation (population) and least-squares slope per day:
 * [samples × 4 × features] float32, computed in double precision.
 */
export function summarise(values: Float32Array, features: number, window: number, rows: Int32Array): Design {
  const width = SUMMARY_STATISTICS.length * features;
  const out = new Float32Array(new SharedArrayBuffer(rows.length * width * 4));
  const centre = (window - 1) / 2;
  const timeSquares = (window * (window * window - 1)) / 12;
  const sum = new Float64Array(features);
  const squares = new Float64Array(features);
  const moment = new Float64Array(features);
  for (let i = 0; i < rows.length; i++) {
    const first = (rows[i] - window + 1) * features;
    const last = rows[i] * features;
    sum.fill(0);
    squares.fill(0);
    moment.fill(0);
    // Deviations from the last value, so that the variance of a nearly constant feature survives the subtraction.
    for (let t = 0; t < window; t++) {
      const day = first + t * features;
      const time = t - centre;
      for (let f = 0; f < features; f++) {
        const deviation = values[day + f] - values[last + f];
        sum[f] += deviation;
        squares[f] += deviation * deviation;
        moment[f] += time * deviation;
      }
    }
    const at = i * width;
    for (let f = 0; f < features; f++) {
      const mean = sum[f] / window;
      out[at + f] = values[last + f];
      out[at + features + f] = values[last + f] + mean;
      out[at + 2 * features + f] = Math.sqrt(Math.max(0, squares[f] / window - mean * mean));
      out[at + 3 * features + f] = window > 1 ? moment[f] / timeSquares : 0;
    }
  }
  return { values: out, stride: width, width, rows: Int32Array.from(rows, (_, i) => i) };
}
