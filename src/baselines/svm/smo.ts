import type { Separation, SeparationOptions } from './dual-descent.js';

/** Curvature in place of one that rounding has made none. */
const LEAST_CURVATURE = 1e-12;

/**
 * Kernel support vector machine with hinge loss (C-SVC) by sequential minimal optimisation with second-order choice of the
 * pair (Fan, Chen and Lin 2005, WSS 2): LIBSVM's without shrinking, and so scikit-learn's SVC of two classes.
 * @param kernel of the training samples [samples × samples]
 * @param signs ±1
 * @returns weights of the samples, α · sign
 */
export function separateByKernel(
  kernel: Float32Array,
  signs: Int8Array,
  { c, tolerance, maxIterations }: SeparationOptions,
): Separation {
  const n = signs.length;
  const alpha = new Float64Array(n);
  const gradient = new Float64Array(n).fill(-1);
  const mayRise = (t: number) => (signs[t] > 0 ? alpha[t] < c : alpha[t] > 0);
  const mayFall = (t: number) => (signs[t] > 0 ? alpha[t] > 0 : alpha[t] < c);
  let iterations = 0;
  let converged = false;
  for (; iterations < maxIterations * n; iterations++) {
    let i = -1;
    let high = Number.NEGATIVE_INFINITY;
    for (let t = 0; t < n; t++) {
      const value = -signs[t] * gradient[t];
      if (mayRise(t) && value > high) {
        high = value;
        i = t;
      }
    }
    let j = -1;
    let low = Number.POSITIVE_INFINITY;
    let best = 0;
    for (let t = 0; t < n && i >= 0; t++) {
      if (!mayFall(t)) continue;
      const value = -signs[t] * gradient[t];
      low = Math.min(low, value);
      const violation = high - value;
      if (violation <= 0) continue;
      const curvature = kernel[i * n + i] + kernel[t * n + t] - 2 * kernel[i * n + t];
      const decrease = violation ** 2 / (curvature > 0 ? curvature : LEAST_CURVATURE);
      if (decrease > best) {
        best = decrease;
        j = t;
      }
    }
    if (i < 0 || j < 0 || high - low < tolerance) {
      converged = true;
      break;
    }
    moveTogether(i, j);
  }

  /** Moves a pair along the constraint Σ α · sign = 0 as far as the box allows. */
  function moveTogether(i: number, j: number): void {
    const curvature = Math.max(kernel[i * n + i] + kernel[j * n + j] - 2 * kernel[i * n + j], LEAST_CURVATURE);
    const wanted = (-signs[i] * gradient[i] + signs[j] * gradient[j]) / curvature;
    const roomOfI = signs[i] > 0 ? c - alpha[i] : alpha[i];
    const roomOfJ = signs[j] > 0 ? alpha[j] : c - alpha[j];
    const step = Math.min(wanted, roomOfI, roomOfJ);
    alpha[i] = step === roomOfI ? (signs[i] > 0 ? c : 0) : alpha[i] + signs[i] * step;
    alpha[j] = step === roomOfJ ? (signs[j] > 0 ? 0 : c) : alpha[j] - signs[j] * step;
    for (let t = 0; t < n; t++) gradient[t] += signs[t] * step * (kernel[i * n + t] - kernel[j * n + t]);
  }

  return { weights: alpha.map((value, t) => value * signs[t]), intercept: interceptOf(), iterations, converged };

  /** Mean over the free vectors, or the middle of what the bounded ones allow. */
  function interceptOf(): number {
    let [sum, free] = [0, 0];
    let upper = Number.POSITIVE_INFINITY;
    let lower = Number.NEGATIVE_INFINITY;
    for (let t = 0; t < n; t++) {
      const value = signs[t] * gradient[t];
      if (alpha[t] > 0 && alpha[t] < c) {
        sum += value;
        free++;
      } else if (mayRise(t)) lower = Math.max(lower, -value);
      else upper = Math.min(upper, -value);
    }
    return free > 0 ? -sum / free : (upper + lower) / 2;
  }
}
