/**
 * Cholesky factor of a symmetric matrix in place (lower triangle, row-major; the upper triangle is not read).
 * A pivot that cancelled to `slack` times its own diagonal or below is taken as a dependent row and set to Infinity, so
 * that solving gives that unknown 0 (the usual device of interior-point codes: Wright 1997, section 11.2).
 * @param a [n × n], overwritten
 * @returns number of pivots given up; 0 is a positive definite matrix
 */
export function choleskyInPlace(a: Float64Array, n: number, slack = 1e-14): number {
  let dependent = 0;
  for (let i = 0; i < n; i++) {
    const row = i * n;
    for (let j = 0; j < i; j++) {
      const other = j * n;
      a[row + j] = (a[row + j] - dotRows(a, row, other, j)) / a[other + j];
    }
    const diagonal = a[row + i];
    const pivot = diagonal - dotRows(a, row, row, i);
    if (pivot > slack * Math.abs(diagonal)) a[row + i] = Math.sqrt(pivot);
    else {
      a[row + i] = Number.POSITIVE_INFINITY;
      dependent++;
    }
  }
  return dependent;
}

/** Solves L Lᵀ x = b in place for the factor of `choleskyInPlace`. */
export function choleskySolve(factor: Float64Array, n: number, b: Float64Array): void {
  forwardSolve(factor, n, b);
  for (let i = n - 1; i >= 0; i--) {
    const value = b[i] / factor[i * n + i];
    b[i] = value;
    if (value === 0) continue;
    const row = i * n;
    for (let j = 0; j < i; j++) b[j] -= factor[row + j] * value;
  }
}

/** Solves L y = b in place. */
export function forwardSolve(factor: Float64Array, n: number, b: Float64Array): void {
  for (let i = 0; i < n; i++) {
    const row = i * n;
    let sum = b[i];
    for (let j = 0; j < i; j++) sum -= factor[row + j] * b[j];
    b[i] = sum / factor[row + i];
  }
}

/** Four running sums: the same bits everywhere, and no chain of dependent additions. */
function dotRows(a: Float64Array, p: number, q: number, length: number): number {
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  let k = 0;
  for (; k + 3 < length; k += 4) {
    s0 += a[p + k] * a[q + k];
    s1 += a[p + k + 1] * a[q + k + 1];
    s2 += a[p + k + 2] * a[q + k + 2];
    s3 += a[p + k + 3] * a[q + k + 3];
  }
  for (; k < length; k++) s0 += a[p + k] * a[q + k];
  return s0 + s1 + (s2 + s3);
}
