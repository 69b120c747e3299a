import { choleskyInPlace } from './cholesky.js';
import { symmetricEigen } from './symmetric-eigen.js';

export interface Repaired {
  readonly covariance: Float64Array;
  /** The most negative eigenvalue set to 0; 0 where nothing was repaired. */
  readonly removed: number;
}

/**
 * The nearest positive semidefinite matrix in the Frobenius norm: negative eigenvalues become 0 (Higham 1988, theorem
 * 2.1). A matrix that already is one, up to 1e-12 of its largest eigenvalue, comes back unchanged.
 * @param matrix [n × n] symmetric, row-major
 */
export function nearestPositiveSemidefinite(matrix: Float64Array, n: number): Repaired {
  if (choleskyInPlace(Float64Array.from(matrix), n, 1e-12) === 0) return { covariance: matrix, removed: 0 };
  const { values, vectors } = symmetricEigen(matrix, n);
  const largest = values.reduce((max, value) => Math.max(max, Math.abs(value)), 0);
  const smallest = values.reduce((min, value) => Math.min(min, value), 0);
  if (smallest >= -1e-12 * largest) return { covariance: matrix, removed: 0 };
  const covariance = new Float64Array(n * n);
  for (let k = 0; k < n; k++) {
    if (values[k] <= 0) continue;
    for (let i = 0; i < n; i++) {
      const left = values[k] * vectors[k * n + i];
      for (let j = 0; j <= i; j++) covariance[i * n + j] += left * vectors[k * n + j];
    }
  }
  for (let i = 0; i < n; i++) for (let j = 0; j < i; j++) covariance[j * n + i] = covariance[i * n + j];
  return { covariance, removed: smallest };
}
