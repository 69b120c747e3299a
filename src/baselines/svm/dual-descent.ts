import { type Rng, shuffle, type WasmMemory } from '../../util/index.js';
import { bindKernels, type Pointer } from '../kernels/kernels.js';

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

/** Samples in the kernels' memory, float32 [samples × stride] of which `size` columns count, and room for a class's weights. */
export interface MappedSamples {
  readonly memory: WasmMemory;
  readonly x: Pointer;
  readonly stride: number;
  readonly size: number;
  /** Doubles [stride], 0 at first. */
  readonly weights: Pointer;
}

/** Violations that shrinking leaves unbounded: after a fresh start, and where none was seen. */
const UNBOUNDED = Number.POSITIVE_INFINITY;
/** A smaller violation moves nothing. */
const NOTHING = 1e-12;

/**
 * Linear support vector machine with squared hinge loss: ½‖(w, b)‖² + C Σ max(0, 1 − y (w·x + b))², by coordinate descent in
 * the dual with shrinking (Hsieh et al. 2008, algorithm 3): liblinear's, and so scikit-learn's LinearSVC. An iteration visits every
 * sample once, in an order drawn anew, but those at the bound whose gradient says that they stay there; a fit ends only when all
 * samples have been seen again.
 * @param signs ±1
 */
export function separateLinearly(
  { memory, x, stride, size, weights: w }: MappedSamples,
  signs: Int8Array,
  { c, tolerance, maxIterations }: SeparationOptions,
  rng: Rng,
): Separation {
  const kernels = bindKernels(memory);
  const samples = signs.length;
  const rowBytes = stride * Float32Array.BYTES_PER_ELEMENT;
  const alpha = new Float64Array(samples);
  const diagonal = 1 / (2 * c);
  const curvature = Float64Array.from(signs, (_, i) => kernels.squaredNorm(x + i * rowBytes, stride) + 1 + diagonal);
  const order = Int32Array.from({ length: samples }, (_, i) => i);
  let intercept = 0;
  let active = samples;
  let bound = UNBOUNDED;
  let iterations = 0;
  let converged = false;
  while (iterations < maxIterations && !converged) {
    shuffle(order.subarray(0, active), rng);
    let largest = Number.NEGATIVE_INFINITY;
    let least = Number.POSITIVE_INFINITY;
    for (let k = 0; k < active; k++) {
      const i = order[k];
      const at = x + i * rowBytes;
      const gradient = signs[i] * (kernels.dot(w, at, stride) + intercept) - 1 + diagonal * alpha[i];
      if (alpha[i] === 0 && gradient > bound) {
        order[k--] = order[--active];
        order[active] = i;
        continue;
      }
      const projected = alpha[i] === 0 ? Math.min(gradient, 0) : gradient;
      largest = Math.max(largest, projected);
      least = Math.min(least, projected);
      if (Math.abs(projected) <= NOTHING) continue;
      const updated = Math.max(alpha[i] - gradient / curvature[i], 0);
      const step = (updated - alpha[i]) * signs[i];
      alpha[i] = updated;
      kernels.addScaled(w, at, stride, step);
      intercept += step;
    }
    iterations++;
    bound = largest > 0 ? largest : UNBOUNDED;
    if (largest - least > tolerance) continue;
    converged = active === samples;
    active = samples;
    bound = UNBOUNDED;
  }
  const weights = new Float64Array(memory.buffer, w, size).slice();
  return { weights, intercept, iterations, converged };
}
