import { invalid } from './limits.js';
import { maximumUtility, minimumVariance, targetReturn } from './mean-variance.js';
import type { MeanVarianceInput, RiskAndReturn } from './mean-variance-input.js';
import { checkInput, describePortfolio } from './mean-variance-input.js';

/**
 * The efficient frontier: `points` portfolios of least variance, evenly spaced in expected return from the portfolio of
 * least variance to that of the largest return, ascending.
 * @throws ARGUMENT_INVALID, PORTFOLIO_INFEASIBLE
 */
export function efficientFrontier(input: MeanVarianceInput, points = 20): RiskAndReturn[] {
  if (!(Number.isInteger(points) && points >= 2)) throw invalid('points', points, 'a whole number ≥ 2');
  const checked = checkInput(input);
  const safest = describePortfolio(minimumVariance(input.covariance, input.limits).weights, checked);
  const boldest = maximumUtility(input, 0);
  const spread = boldest.expectedReturn - safest.expectedReturn;
  const size = checked.mu.reduce((max, value) => Math.max(max, Math.abs(value)), 0);
  if (spread <= 1e-9 * size) return Array.from({ length: points }, () => safest);
  return Array.from({ length: points }, (_, k) => {
    if (k === 0) return safest;
    // A hair below the largest return: at it the portfolio may be a single point, without room for the solver.
    const share = k === points - 1 ? 1 - 1e-9 : k / (points - 1);
    return targetReturn(input, safest.expectedReturn + share * spread);
  });
}
