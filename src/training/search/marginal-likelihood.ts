import { choleskyInPlace, choleskySolve } from '../../stats/index.js';
import { covarianceOf, type Hyperparameters, maternSlope, type Points } from './matern.js';

/** Logarithms of signal, noise and every length scale, in that order. */
export const hyperparametersFrom = (logs: Float64Array): Hyperparameters => ({
  signal: Math.exp(logs[0]),
  noise: Math.exp(logs[1]),
  lengths: logs.slice(2).map(Math.exp),
});

/**
 * log p(y | X, θ) = −½ yᵀK⁻¹y − ½ log|K| − n/2 log 2π, and its derivatives ½ tr((ααᵀ − K⁻¹) ∂K/∂θ)
 * (Rasmussen & Williams 2006, eqs. 5.8 and 5.9).
 * @param logs as `hyperparametersFrom` takes them
 * @param gradient overwritten, by the logarithm of each hyper-parameter
 * @returns −Infinity where the covariance is not positive definite in double precision
 */
export function logMarginalLikelihood(
  points: Points,
  y: Float64Array,
  logs: Float64Array,
  gradient: Float64Array,
): number {
  const n = points.count;
  const { width } = points;
  const hyper = hyperparametersFrom(logs);
  const covariance = covarianceOf(points, hyper);
  const factor = covariance.slice();
  gradient.fill(0);
  if (choleskyInPlace(factor, n) > 0) return Number.NEGATIVE_INFINITY;
  const alpha = y.slice();
  choleskySolve(factor, n, alpha);
  const inverse = inverseOf(factor, n);

  let value = (-n / 2) * Math.log(2 * Math.PI);
  for (let a = 0; a < n; a++) {
    value -= 0.5 * y[a] * alpha[a] + Math.log(factor[a * n + a]);
    const own = 0.5 * (alpha[a] * alpha[a] - inverse[a * n + a]);
    gradient[0] += own * hyper.signal;
    gradient[1] += own * hyper.noise;
    for (let b = 0; b < a; b++) {
      // Twice one half: each pair stands on both sides of the diagonal.
      const weight = alpha[a] * alpha[b] - inverse[a * n + b];
      gradient[0] += weight * covariance[a * n + b];
      const slope = weight * maternSlope(points, a, points, b, hyper);
      for (let j = 0; j < width; j++) {
        const scaled = (points.values[a * width + j] - points.values[b * width + j]) / hyper.lengths[j];
        gradient[2 + j] += slope * scaled * scaled;
      }
    }
  }
  return value;
}

function inverseOf(factor: Float64Array, n: number): Float64Array {
  const inverse = new Float64Array(n * n);
  for (let a = 0; a < n; a++) {
    const column = inverse.subarray(a * n, (a + 1) * n);
    column[a] = 1;
    choleskySolve(factor, n, column);
  }
  return inverse;
}
