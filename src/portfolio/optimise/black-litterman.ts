import { choleskyInPlace, choleskySolve, type Numbers } from '../../stats/index.js';
import { addProduct } from './convex-program.js';
import { checkCovariance, finiteNumbers, invalid, notNegative } from './limits.js';
import { quadraticForm } from './solve-portfolio.js';

/** Views P μ = Q with errors of covariance Ω = diag(omega). */
export interface Views {
  /** [views × assets] row-major. */
  readonly picks: Numbers;
  /** [views] expected returns of the picks, per period. */
  readonly returns: Numbers;
  /** [views] 0 (ignored) to 1 (certain): Ω by Idzorek 2005, in the closed form of Walters 2014, eq. 41. */
  readonly confidences?: Numbers;
  /** [views] variances > 0. Without this and `confidences`: τ p Σ pᵀ (He & Litterman 1999). */
  readonly omega?: Numbers;
}

export interface Posterior {
  /** [assets] */
  readonly expectedReturns: Float64Array;
  /** [assets × assets] Σ + M, M the covariance of the estimate of the mean. */
  readonly covariance: Float64Array;
}

/**
 * Returns for which the market portfolio is optimal: riskAversion · Σ w (Black & Litterman 1992).
 * @throws ARGUMENT_INVALID
 */
export function impliedReturns(covariance: Numbers, marketWeights: Numbers, riskAversion: number): Float64Array {
  const n = marketWeights.length;
  const out = new Float64Array(n);
  const weights = finiteNumbers(marketWeights, n, 'marketWeights');
  addProduct(checkCovariance(covariance, n), n, weights, notNegative(riskAversion, 'riskAversion'), out);
  return out;
}

/**
 * The posterior of Black & Litterman: π + τΣPᵀ (PτΣPᵀ + Ω)⁻¹ (Q − Pπ), with covariance Σ + τΣ − τΣPᵀ (PτΣPᵀ + Ω)⁻¹ PτΣ (He &
 * Litterman 1999). A view of confidence 0 changes nothing.
 * @param prior [assets] π, per period
 * @throws ARGUMENT_INVALID
 */
export function blackLitterman(prior: Numbers, covariance: Numbers, views: Views, tau = 0.05): Posterior {
  const n = prior.length;
  const pi = finiteNumbers(prior, n, 'prior');
  const sigma = checkCovariance(covariance, n);
  if (!(Number.isFinite(tau) && tau > 0)) throw invalid('tau', tau, 'a number > 0');
  const { picks, returns, omega } = uncertainViews(views, sigma, n, tau);
  const k = returns.length;
  // Rows of τ P Σ.
  const spread = Array.from({ length: k }, (_, v) => {
    const row = new Float64Array(n);
    addProduct(sigma, n, picks[v], tau, row);
    return row;
  });
  const middle = new Float64Array(k * k);
  for (let v = 0; v < k; v++) {
    for (let u = 0; u < k; u++) middle[v * k + u] = dot(spread[v], picks[u]) + (u === v ? omega[v] : 0);
  }
  if (choleskyInPlace(middle, k, 1e-13) > 0) {
    throw invalid('views', 'certain views that depend on each other', 'independent picks, or confidences below 1');
  }
  const solveMiddle = (right: Float64Array) => {
    choleskySolve(middle, k, right);
    return right;
  };
  const surprise = solveMiddle(Float64Array.from({ length: k }, (_, v) => returns[v] - dot(picks[v], pi)));
  const expectedReturns = pi.map((value, i) => value + spread.reduce((sum, row, v) => sum + row[i] * surprise[v], 0));
  const posterior = sigma.map((value) => (1 + tau) * value);
  for (let j = 0; j < n; j++) {
    const column = solveMiddle(Float64Array.from(spread, (row) => row[j]));
    for (let i = 0; i <= j; i++) {
      let taken = 0;
      for (let v = 0; v < k; v++) taken += spread[v][i] * column[v];
      posterior[i * n + j] -= taken;
      posterior[j * n + i] = posterior[i * n + j];
    }
  }
  return { expectedReturns, covariance: posterior };
}

interface CheckedViews {
  readonly picks: readonly Float64Array[];
  readonly returns: readonly number[];
  readonly omega: readonly number[];
}

function uncertainViews(views: Views, sigma: Float64Array, n: number, tau: number): CheckedViews {
  const k = views.returns.length;
  const returns = finiteNumbers(views.returns, k, 'views.returns');
  const all = finiteNumbers(views.picks, k * n, 'views.picks');
  if (views.confidences && views.omega) throw invalid('views', 'confidences and omega', 'one of the two');
  const confidences = views.confidences && finiteNumbers(views.confidences, k, 'views.confidences');
  const given = views.omega && finiteNumbers(views.omega, k, 'views.omega');
  const kept: { pick: Float64Array; view: number; error: number }[] = [];
  for (let v = 0; v < k; v++) {
    const pick = all.slice(v * n, (v + 1) * n);
    const own = tau * quadraticForm(sigma, pick);
    let error = own;
    if (given) {
      if (!(given[v] > 0)) throw invalid(`views.omega[${v}]`, given[v], 'a variance > 0');
      error = given[v];
    } else if (confidences) {
      const confidence = confidences[v];
      if (!(confidence >= 0 && confidence <= 1)) throw invalid(`views.confidences[${v}]`, confidence, 'from 0 to 1');
      if (confidence === 0) continue;
      error = ((1 - confidence) / confidence) * own;
    }
    kept.push({ pick, view: returns[v], error });
  }
  return {
    picks: kept.map(({ pick }) => pick),
    returns: kept.map(({ view }) => view),
    omega: kept.map(({ error }) => error),
  };
}

function dot(a: Float64Array, b: Float64Array): number {
  return a.reduce((sum, value, i) => sum + value * b[i], 0);
}
