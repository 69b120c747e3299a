import { CandlenetError } from '../util/index.js';
import { choleskyInPlace, choleskySolve } from './cholesky.js';
import { isConstant, mean, type Numbers } from './moments.js';
import { neweyWestLags } from './newey-west.js';
import { studentTwoSided } from './student.js';

export interface Coefficient {
  readonly estimate: number;
  readonly standardError: number;
  readonly t: number;
  /** Two-sided, Student's t with n − k degrees. */
  readonly p: number;
}

export interface Regression {
  readonly intercept: Coefficient;
  /** In the order of the regressors. */
  readonly slopes: readonly Coefficient[];
  readonly rSquared: number;
  readonly adjustedRSquared: number;
  readonly residuals: Float64Array;
  readonly n: number;
  readonly lags: number;
}

/**
 * Ordinary least squares with an intercept and the errors of Newey & West (1987): Bartlett weights, times n / (n − k);
 * with 0 lags White's HC1. `statsmodels.OLS(…).fit(cov_type='HAC', cov_kwds={maxlags, use_correction: True},
 * use_t=True)`. All NaN where y is constant, a regressor is, or they depend on one another, or n ≤ k.
 * @param regressors columns of y's length
 * @throws ARGUMENT_INVALID for columns of another length, or a value that is not finite
 */
export function regress(
  y: Numbers,
  regressors: readonly Numbers[],
  lags: number = neweyWestLags(y.length),
): Regression {
  const n = y.length;
  const k = regressors.length + 1;
  check(y, regressors);
  const nothing = () => ({ estimate: Number.NaN, standardError: Number.NaN, t: Number.NaN, p: Number.NaN });
  const undefinedFit = {
    intercept: nothing(),
    slopes: regressors.map(nothing),
    rSquared: Number.NaN,
    adjustedRSquared: Number.NaN,
    residuals: new Float64Array(n).fill(Number.NaN),
    n,
    lags,
  };
  if (n <= k || isConstant(y) || regressors.some(isConstant)) return undefinedFit;
  // Centred columns of unit size: the normal equations of daily returns lose nothing then.
  const centres = regressors.map(mean);
  const centred = regressors.map((column, j) => Float64Array.from(column, (value) => value - centres[j]));
  const sizes = centred.map((column) => Math.sqrt(dot(column, column)));
  const columns = [
    new Float64Array(n).fill(1 / Math.sqrt(n)),
    ...centred.map((column, j) => column.map((value) => value / sizes[j])),
  ];
  const inverse = inverseGram(columns, n);
  if (inverse === null) return undefinedFit;
  const level = mean(y);
  const target = Float64Array.from(y, (value) => value - level);
  const scaled = product(
    inverse,
    columns.map((column) => dot(column, target)),
  );
  const residuals = target.map(
    (value, t) => value - columns.reduce((sum, column, j) => sum + column[t] * scaled[j], 0),
  );
  const covariance = sandwich(columns, inverse, residuals, lags);
  // Back from the scaled, centred columns: β_j = γ_j / size_j, α = γ_0 / √n + ȳ − Σ β_j · centre_j.
  const back = columns.map((_, row) =>
    columns.map((__, column) => {
      if (row === 0) return column === 0 ? 1 / Math.sqrt(n) : -centres[column - 1] / sizes[column - 1];
      return row === column ? 1 / sizes[row - 1] : 0;
    }),
  );
  const estimates = product(back, scaled);
  estimates[0] += level;
  const coefficient = (j: number): Coefficient => {
    const standardError = Math.sqrt(dot(back[j], product(covariance, back[j])));
    const t = standardError > 0 ? estimates[j] / standardError : Number.NaN;
    return { estimate: estimates[j], standardError, t, p: studentTwoSided(t, n - k) };
  };
  const rSquared = 1 - dot(residuals, residuals) / dot(target, target);
  return {
    intercept: coefficient(0),
    slopes: regressors.map((_, j) => coefficient(j + 1)),
    rSquared,
    adjustedRSquared: 1 - ((1 - rSquared) * (n - 1)) / (n - k),
    residuals,
    n,
    lags,
  };
}

/** Null where the columns depend on one another. */
function inverseGram(columns: readonly Float64Array[], n: number): Float64Array[] | null {
  const k = columns.length;
  const factor = new Float64Array(k * k);
  for (let i = 0; i < k; i++) for (let j = 0; j <= i; j++) factor[i * k + j] = dot(columns[i], columns[j]);
  if (choleskyInPlace(factor, k, n * Number.EPSILON) > 0) return null;
  return columns.map((_, j) => {
    const unit = new Float64Array(k);
    unit[j] = 1;
    choleskySolve(factor, k, unit);
    return unit;
  });
}

/** (X′X)⁻¹ S (X′X)⁻¹ · n / (n − k), S the Bartlett-weighted sum of autocovariances of x_t e_t. */
function sandwich(
  columns: readonly Float64Array[],
  inverse: readonly Float64Array[],
  residuals: Float64Array,
  lags: number,
): Float64Array[] {
  const n = residuals.length;
  const k = columns.length;
  const scores = columns.map((column) => column.map((value, t) => value * residuals[t]));
  const middle = columns.map(() => new Float64Array(k));
  for (let lag = 0; lag <= Math.min(lags, n - 1); lag++) {
    const weight = lag === 0 ? 0.5 : 1 - lag / (lags + 1);
    for (let i = 0; i < k; i++) {
      for (let j = 0; j < k; j++) {
        const cross = weight * dot(scores[i].subarray(lag), scores[j].subarray(0, n - lag));
        middle[i][j] += cross;
        middle[j][i] += cross;
      }
    }
  }
  const half = inverse.map((row) => product(middle, row));
  return half.map((row) => product(inverse, row).map((value) => (value * n) / (n - k)));
}

function product(matrix: readonly ArrayLike<number>[], vector: ArrayLike<number>): Float64Array {
  return Float64Array.from(matrix, (row) => dot(row, vector));
}

function dot(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < b.length; i++) sum += a[i] * b[i];
  return sum;
}

function check(y: Numbers, regressors: readonly Numbers[]): void {
  for (const [j, column] of [y, ...regressors].entries()) {
    const name = j === 0 ? 'y' : `regressor ${j}`;
    if (column.length !== y.length) throw invalid(`${name}: found ${column.length} values, expected ${y.length}`);
    for (let t = 0; t < column.length; t++) {
      if (!Number.isFinite(column[t])) throw invalid(`${name}, row ${t}: found ${column[t]}, expected a finite number`);
    }
  }
}

function invalid(message: string): CandlenetError {
  return new CandlenetError('ARGUMENT_INVALID', message);
}
