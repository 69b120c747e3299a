import { choleskyInPlace, choleskySolve, type Numbers } from '../../stats/index.js';
import { CandlenetError } from '../../util/index.js';
import { addProduct } from './convex-program.js';
import { explainConflict } from './explain-conflict.js';
import { SOLVED, solveConvexProgram } from './interior-point.js';
import { absoluteTrades, homogeneous, linearLimits, turnoverRow } from './limit-rows.js';
import { checkCovariance, checkLimits, finiteNumbers, invalid, type PortfolioLimits } from './limits.js';
import { quadraticForm } from './solve-portfolio.js';

export interface RiskParity {
  readonly weights: Float64Array;
  /** w_i (Σ w)_i / wᵀ Σ w, which sum to 1: the budgets, unless limits bind. */
  readonly contributions: Float64Array;
  readonly volatility: number;
}

const MAX_ITERATIONS = 200;

/**
 * Weights whose shares of the variance are the given budgets: minimise ½ yᵀ Σ y − Σ b_i ln y_i, then scale (Spinu, "An
 * algorithm for computing risk parity weights", 2013, eq. 8). With limits the same objective over the cone they span, as
 * riskfolio-lib's constrained risk parity: contributions then come as near the budgets as the limits allow.
 * @param covariance [assets × assets] row-major
 * @param budgets [assets] > 0, in any unit; default equal
 * @throws ARGUMENT_INVALID, PORTFOLIO_INFEASIBLE
 */
export function riskParity(covariance: Numbers, budgets?: Numbers, limits?: PortfolioLimits): RiskParity {
  const n = Math.round(Math.sqrt(covariance.length));
  const sigma = checkCovariance(covariance, n);
  const shares = finiteNumbers(budgets ?? new Array<number>(n).fill(1), n, 'budgets');
  for (let i = 0; i < n; i++) {
    if (!(shares[i] > 0)) throw invalid(`budgets[${i}]`, shares[i], 'a share of risk > 0');
    if (!(sigma[i * n + i] > 0)) throw invalid(`covariance[${i}, ${i}]`, sigma[i * n + i], 'a variance > 0');
  }
  const total = shares.reduce((sum, share) => sum + share, 0);
  const b = shares.map((share) => share / total);
  const weights = limits === undefined ? newton(sigma, b, n) : withinLimits(sigma, b, limits, n);
  const variance = quadraticForm(sigma, weights);
  const marginal = new Float64Array(n);
  addProduct(sigma, n, weights, 1, marginal);
  return {
    weights,
    contributions: marginal.map((value, i) => (weights[i] * value) / variance),
    volatility: Math.sqrt(variance),
  };
}

/** Newton with Armijo's backtracking on correlations, from equal exposures scaled to the best point of their ray. */
function newton(sigma: Float64Array, b: Float64Array, n: number): Float64Array {
  const deviation = Float64Array.from({ length: n }, (_, i) => Math.sqrt(sigma[i * n + i]));
  const correlation = sigma.map((value, cell) => value / (deviation[Math.floor(cell / n)] * deviation[cell % n]));
  const objective = (point: Float64Array) =>
    quadraticForm(correlation, point) / 2 - b.reduce((sum, share, i) => sum + share * Math.log(point[i]), 0);
  let y: Float64Array = Float64Array.from(b, Math.sqrt);
  const ray = 1 / Math.sqrt(quadraticForm(correlation, y));
  y = y.map((value) => value * ray);
  const factor = new Float64Array(n * n);
  for (let iteration = 0; iteration < MAX_ITERATIONS; iteration++) {
    const gradient = Float64Array.from(y, (value, i) => -b[i] / value);
    addProduct(correlation, n, y, 1, gradient);
    factor.set(correlation);
    for (let i = 0; i < n; i++) factor[i * n + i] += b[i] / y[i] ** 2;
    choleskyInPlace(factor, n);
    const step = Float64Array.from(gradient);
    choleskySolve(factor, n, step);
    const decrement = step.reduce((sum, value, i) => sum + value * gradient[i], 0);
    let length = 1;
    for (let i = 0; i < n; i++) if (step[i] > 0) length = Math.min(length, (0.99 * y[i]) / step[i]);
    const before = objective(y);
    const moved = () => y.map((value, i) => value - length * step[i]);
    // Below this decrement the objective cannot tell points apart any more, and full steps converge quadratically.
    while (decrement > 1e-12 && objective(moved()) > before - 1e-4 * length * decrement) length /= 2;
    y = moved();
    if (decrement < 1e-26) break;
  }
  return toBudget(
    y.map((value, i) => value / deviation[i]),
    1,
  );
}

function withinLimits(sigma: Float64Array, b: Float64Array, given: PortfolioLimits, n: number): Float64Array {
  const limits = checkLimits(given, n);
  if (limits.tracking !== null) throw invalid('limits.tracking', 'a limit', 'none for risk parity');
  const named = linearLimits(limits);
  const auxiliary = limits.turnover === null ? 0 : n;
  const atMost = named.flatMap((limit) => limit.atMost);
  if (limits.turnover !== null) {
    atMost.push(...absoluteTrades(limits.turnover.previous, n + 1), turnoverRow(n, n + 1, limits.turnover.limit));
  }
  // In units of the mean variance, so that y is of order one.
  const unit = Array.from({ length: n }, (_, i) => sigma[i * n + i] / n).reduce((sum, value) => sum + value, 0);
  const hessian = new Float64Array((n + 1) ** 2);
  for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) hessian[i * (n + 1) + j] = sigma[i * n + j] / unit;
  const logWeights = new Float64Array(n + 1);
  logWeights.set(b);
  const start = new Float64Array(n + 1 + auxiliary).fill(1 / Math.sqrt(n));
  start[n] = Math.sqrt(n);
  const { x, residual } = solveConvexProgram({
    dense: n + 1,
    auxiliary,
    hessian,
    linear: new Float64Array(n + 1 + auxiliary),
    logWeights,
    equal: named.flatMap((limit) => limit.equal).map((row) => homogeneous(row, n)),
    atMost: [...atMost.map((row) => homogeneous(row, n)), { index: [n], value: [-1], bound: 0 }],
    start,
  });
  if (residual > SOLVED) {
    const conflict = explainConflict(named, limits);
    if (conflict !== null) throw conflict;
    throw new CandlenetError('INTERNAL', `risk parity of ${n} assets: the solver stopped at a residual of ${residual}`);
  }
  const weights = toBudget(x.slice(0, n), limits.budget);
  return weights.map((weight, i) => Math.min(limits.upper[i], Math.max(limits.lower[i], weight)));
}

function toBudget(y: Float64Array, budget: number): Float64Array {
  const total = y.reduce((sum, value) => sum + value, 0);
  return y.map((value) => (budget * value) / total);
}
