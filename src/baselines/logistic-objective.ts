import { type Design, startOf } from './design.js';

/** The inner loops carry three classes side by side; with two, the third has probability 0 throughout. */
export const MAX_CLASSES = 3;

/** On the raw features. Coefficients [width × 3], class innermost. */
export interface Weights {
  readonly coefficients: Float64Array;
  readonly intercepts: Float64Array;
}

/** Softmax of the three logits of sample i, into `out`. */
export function softmaxOf(design: Design, i: number, weights: Weights, out: Float64Array): void {
  const { values, width } = design;
  const { coefficients, intercepts } = weights;
  const start = startOf(design, i);
  let a = intercepts[0];
  let b = intercepts[1];
  let c = intercepts[2];
  for (let j = 0, w = 0; j < width; j++, w += 3) {
    const x = values[start + j];
    a += x * coefficients[w];
    b += x * coefficients[w + 1];
    c += x * coefficients[w + 2];
  }
  const top = Math.max(a, b, c);
  const ea = Math.exp(a - top);
  const eb = Math.exp(b - top);
  const ec = Math.exp(c - top);
  const sum = ea + eb + ec;
  out[0] = ea / sum;
  out[1] = eb / sum;
  out[2] = ec / sum;
}

/**
 * Σ cross-entropy over all samples. Adds Σ residual · x to `sums` [width × 3] and Σ residual to `residuals`, where the
 * residual is probability − one-hot class; both are overwritten.
 */
export function accumulateLoss(
  design: Design,
  classes: Uint8Array,
  weights: Weights,
  sums: Float64Array,
  residuals: Float64Array,
): number {
  const { values, width } = design;
  const probabilities = new Float64Array(MAX_CLASSES);
  sums.fill(0);
  residuals.fill(0);
  let loss = 0;
  for (let i = 0; i < design.rows.length; i++) {
    softmaxOf(design, i, weights, probabilities);
    const label = classes[i];
    loss -= Math.log(Math.max(probabilities[label], Number.MIN_VALUE));
    probabilities[label] -= 1;
    const a = probabilities[0];
    const b = probabilities[1];
    const c = probabilities[2];
    residuals[0] += a;
    residuals[1] += b;
    residuals[2] += c;
    const start = startOf(design, i);
    for (let j = 0, w = 0; j < width; j++, w += 3) {
      const x = values[start + j];
      sums[w] += a * x;
      sums[w + 1] += b * x;
      sums[w + 2] += c * x;
    }
  }
  return loss;
}
