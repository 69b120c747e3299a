import type { Scratch } from './scratch.js';

/**
 * Count, mean and sum of squared deviations (M2) of the finite values among the last n of every bar.
 *
 * Linear in the bars, and nothing is ever subtracted out again: the bars are cut into blocks of n, and a window is the
 * suffix of one block merged with the prefix of the next (van Herk 1992), by the pairwise update of Chan, Golub and
 * LeVeque (1983). So an extreme that has left the window leaves no rounding behind, and a constant window has M2 = 0.
 */
export interface RollingMoments {
  readonly count: Float64Array;
  readonly mean: Float64Array;
  readonly m2: Float64Array;
}

export function rollingMoments(values: Float64Array, window: number, scratch: Scratch): RollingMoments {
  const bars = values.length;
  const count = scratch.take();
  const mean = scratch.take();
  const m2 = scratch.take();
  const sufCount = new Float64Array(window);
  const sufMean = new Float64Array(window);
  const sufM2 = new Float64Array(window);
  for (let start = 0; start < bars; start += window) {
    const end = Math.min(start + window, bars);
    let n = 0;
    let m = 0;
    let q = 0;
    for (let i = start; i < end; i++) {
      const x = values[i];
      if (Number.isFinite(x)) {
        n++;
        const delta = x - m;
        m += delta / n;
        q += delta * (x - m);
      }
      // The bars before this block that are still in the window: none at the block's last bar.
      const before = i - start + 1;
      const older = start > 0 && before < window ? sufCount[before] : 0;
      const total = older + n;
      count[i] = total;
      if (older === 0) {
        mean[i] = m;
        m2[i] = q;
      } else if (n === 0) {
        mean[i] = sufMean[before];
        m2[i] = sufM2[before];
      } else {
        const delta = m - sufMean[before];
        mean[i] = sufMean[before] + (delta * n) / total;
        m2[i] = sufM2[before] + q + (delta * delta * older * n) / total;
      }
    }
    n = 0;
    m = 0;
    q = 0;
    for (let i = end - 1; i >= start; i--) {
      const x = values[i];
      if (Number.isFinite(x)) {
        n++;
        const delta = x - m;
        m += delta / n;
        q += delta * (x - m);
      }
      sufCount[i - start] = n;
      sufMean[i - start] = m;
      sufM2[i - start] = q;
    }
  }
  return { count, mean, m2 };
}

/**
 * Sum, or mean, of the finite values among the last n, by the same suffixes and prefixes; NaN where there are fewer than
 * `least`.
 */
export function rollingSum(
  values: Float64Array,
  window: number,
  least: number,
  asMean: boolean,
  out: Float64Array,
): Float64Array {
  const bars = values.length;
  const sufCount = new Float64Array(window + 1);
  const sufSum = new Float64Array(window + 1);
  for (let start = 0; start < bars; start += window) {
    const end = Math.min(start + window, bars);
    let n = 0;
    let s = 0;
    for (let i = start; i < end; i++) {
      const x = values[i];
      if (Number.isFinite(x)) {
        n++;
        s += x;
      }
      const before = i - start + 1;
      const count = n + sufCount[before];
      const sum = s + sufSum[before];
      out[i] = count < least ? Number.NaN : asMean ? sum / count : sum;
    }
    n = 0;
    s = 0;
    for (let i = end - 1; i >= start; i--) {
      const x = values[i];
      if (Number.isFinite(x)) {
        n++;
        s += x;
      }
      sufCount[i - start] = n;
      sufSum[i - start] = s;
    }
  }
  return out;
}
