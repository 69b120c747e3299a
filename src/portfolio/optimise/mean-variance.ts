import type { Numbers } from '../../stats/index.js';
import type { NamedRows } from './limit-rows.js';
import { invalid, notNegative, type PortfolioLimits } from './limits.js';
import {
  checkInput,
  describePortfolio,
  type MeanVarianceInput,
  type RiskAndReturn,
  trackingRisk,
} from './mean-variance-input.js';
import { solvePortfolio } from './solve-portfolio.js';

/**
 * The portfolio of least variance within the limits (Markowitz 1952); its `expectedReturn` is NaN, as none was given.
 * @param covariance [assets × assets] row-major, per period
 * @throws ARGUMENT_INVALID, PORTFOLIO_INFEASIBLE
 */
export function minimumVariance(covariance: Numbers, limits: PortfolioLimits = {}): RiskAndReturn {
  const n = Math.round(Math.sqrt(covariance.length));
  const input = checkInput({ expectedReturns: new Float64Array(n), covariance, limits });
  const { weights } = solvePortfolio(
    { hessian: input.sigma, linear: new Float64Array(n), ...trackingRisk(input) },
    input.limits,
  );
  return { ...describePortfolio(weights, input), expectedReturn: Number.NaN };
}

/** Maximises μᵀ w − (riskAversion / 2) wᵀ Σ w. @throws ARGUMENT_INVALID, PORTFOLIO_INFEASIBLE */
export function maximumUtility(input: MeanVarianceInput, riskAversion: number): RiskAndReturn {
  const checked = checkInput(input);
  const gamma = notNegative(riskAversion, 'riskAversion');
  const hessian = gamma === 0 ? null : checked.sigma.map((value) => gamma * value);
  const linear = checked.mu.map((value) => -value);
  const { weights } = solvePortfolio({ hessian, linear, ...trackingRisk(checked) }, checked.limits);
  return describePortfolio(weights, checked);
}

/** Least variance with an expected return of at least `target`. @throws ARGUMENT_INVALID, PORTFOLIO_INFEASIBLE */
export function targetReturn(input: MeanVarianceInput, target: number): RiskAndReturn {
  if (!Number.isFinite(target)) throw invalid('target return', target, 'a finite number');
  const checked = checkInput(input);
  const { n, mu, sigma } = checked;
  // In units of the largest expected return, so that a violation is comparable with one of weights.
  const size = mu.reduce((max, value) => Math.max(max, Math.abs(value)), 0) || 1;
  const row = {
    index: Array.from({ length: n }, (_, i) => i),
    value: Array.from(mu, (value) => -value / size),
    bound: -target / size,
  };
  const extra: NamedRows[] = [{ name: `an expected return of at least ${target}`, equal: [], atMost: [row] }];
  const { weights } = solvePortfolio(
    { hessian: sigma, linear: new Float64Array(n), extra, ...trackingRisk(checked) },
    checked.limits,
  );
  return describePortfolio(weights, checked);
}

/**
 * Largest expected return with a volatility of at most `target`.
 * @throws ARGUMENT_INVALID, also for a tracking limit beside it, PORTFOLIO_INFEASIBLE
 */
export function targetVolatility(input: MeanVarianceInput, target: number): RiskAndReturn {
  const checked = checkInput(input);
  const bound = notNegative(target, 'target volatility') ** 2 / 2;
  if (checked.limits.tracking !== null) throw invalid('limits.tracking', 'a limit', 'none beside a target volatility');
  const row = { matrix: checked.sigma, centre: new Float64Array(checked.n), bound };
  const linear = checked.mu.map((value) => -value);
  const { weights } = solvePortfolio({ hessian: null, linear, risk: { name: 'volatility', row } }, checked.limits);
  return describePortfolio(weights, checked);
}
