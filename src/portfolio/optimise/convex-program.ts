/** Σ value[i] · x[index[i]], compared with `bound`. */
export interface LinearRow {
  readonly index: readonly number[];
  readonly value: readonly number[];
  readonly bound: number;
}

/** ½ (x − centre)ᵀ matrix (x − centre) ≤ bound over the dense unknowns. */
export interface QuadraticRow {
  /** [dense × dense] positive semidefinite, row-major. */
  readonly matrix: Float64Array;
  readonly centre: Float64Array;
  readonly bound: number;
}

/**
 * Minimise ½ xᵀ P x + qᵀ x − Σ b_i ln x_i subject to linear rows and at most one quadratic row.
 * The first `dense` unknowns meet in P; the `auxiliary` ones after them (absolute values of trades) meet only in rows,
 * narrow rows (three entries or fewer) naming at most one of them each, so that eliminating them costs nothing.
 */
export interface ConvexProgram {
  readonly dense: number;
  readonly auxiliary: number;
  /** P [dense × dense] positive semidefinite; null is zero. */
  readonly hessian: Float64Array | null;
  /** q [dense + auxiliary] */
  readonly linear: Float64Array;
  /** b [dense] ≥ 0; unknowns with b > 0 stay positive. */
  readonly logWeights?: Float64Array;
  readonly equal: readonly LinearRow[];
  readonly atMost: readonly LinearRow[];
  readonly quadratic?: QuadraticRow;
  /** Where to begin; it need not satisfy the rows. */
  readonly start: Float64Array;
}

export interface ConvexSolution {
  readonly x: Float64Array;
  /** Lagrange multipliers of the rows, ≥ 0 for `atMost` and `quadratic`. */
  readonly equalDuals: Float64Array;
  readonly atMostDuals: Float64Array;
  readonly quadraticDual: number;
  readonly iterations: number;
  /** Largest scaled residual of the KKT conditions; above 1e-7 the program counts as not solved. */
  readonly residual: number;
}

/** A row of three entries or fewer, at most one of them auxiliary, goes into the Hessian; a wider one borders it. */
export function isNarrow(row: LinearRow, dense: number): boolean {
  return row.index.length <= 3 && row.index.filter((i) => i >= dense).length <= 1;
}

export function rowTimes(row: LinearRow, x: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < row.index.length; i++) sum += row.value[i] * x[row.index[i]];
  return sum;
}

export function addRow(row: LinearRow, factor: number, out: Float64Array): void {
  for (let i = 0; i < row.index.length; i++) out[row.index[i]] += factor * row.value[i];
}

/** out += factor · M x for a square row-major M over the leading unknowns. */
export function addProduct(matrix: Float64Array, n: number, x: Float64Array, factor: number, out: Float64Array): void {
  for (let i = 0; i < n; i++) {
    let sum = 0;
    const row = i * n;
    for (let j = 0; j < n; j++) sum += matrix[row + j] * x[j];
    out[i] += factor * sum;
  }
}
