import { type Rng, shuffle } from '../../util/index.js';

/** One class against the others. */
export interface Separation {
  /** Of each mapped column, or of each sample times its sign. */
  readonly weights: Float64Array;
  readonly intercept: number;
  readonly iterations: number;
  readonly converged: boolean;
}

export interface SeparationOptions {
  /** Cost of a violation, scikit-learn's C. */
  readonly c: number;
  readonly tolerance: number;
  readonly maxIterations: number;
}

/**
 * Linear support vector machine with squared hinge loss: ½‖(w, b)‖² + C Σ max(0, 1 − y (w·x + b))², by coordinate descent in
 * the dual (Hsieh et al. 2008, algorithm 1): liblinear's, and so scikit-learn's LinearSVC. An iteration visits every
 * sample once, in an order drawn anew.
 * @param features [samples × width]
 * @param signs ±1
 */
export function separateLinearly(
  features: Float32Array,
  width: number,
  signs: Int8Array,
  { c, tolerance, maxIterations }: SeparationOptions,
  rng: Rng,
): Separation {
  const samples = signs.length;
  const weights = new Float64Array(width);
  const alpha = new Float64Array(samples);
  const diagonal = 1 / (2 * c);
  const squares = new Float64Array(samples);
  for (let i = 0; i < samples; i++) {
    let sum = 1;
    for (let j = 0, at = i * width; j < width; j++) sum += features[at + j] ** 2;
    squares[i] = sum + diagonal;
  }
  const order = Int32Array.from({ length: samples }, (_, i) => i);
  let intercept = 0;
  for (let iteration = 1; iteration <= maxIterations; iteration++) {
    shuffle(order, rng);
    let largest = 0;
    let least = 0;
    for (let k = 0; k < samples; k++) {
      const i = order[k];
      const at = i * width;
      let score = intercept;
      for (let j = 0; j < width; j++) score += weights[j] * features[at + j];
      const gradient = signs[i] * score - 1 + diagonal * alpha[i];
      const projected = alpha[i] === 0 ? Math.min(gradient, 0) : gradient;
      largest = Math.max(largest, projected);
      least = Math.min(least, projected);
      if (projected === 0) continue;
      const updated = Math.max(alpha[i] - gradient / squares[i], 0);
      const step = (updated - alpha[i]) * signs[i];
      alpha[i] = updated;
      for (let j = 0; j < width; j++) weights[j] += step * features[at + j];
      intercept += step;
    }
    if (largest - least <= tolerance) return { weights, intercept, iterations: iteration, converged: true };
  }
  return { weights, intercept, iterations: maxIterations, converged: false };
}
