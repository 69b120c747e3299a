import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  blackLitterman,
  efficientFrontier,
  enhanceIndex,
  impliedReturns,
  maximumSharpe,
  maximumUtility,
  minimumVariance,
  type PortfolioLimits,
  riskParity,
  targetReturn,
  targetVolatility,
} from './index.js';

/** Made by bench/peers/portfolio_vectors.py with cvxpy, PyPortfolioOpt and riskfolio-lib. */
interface Case {
  n: number;
  mu: number[];
  sigma: number[];
  groups: number[];
  groupUpper: number[];
  upper: number;
  benchmark: number[];
  previous: number[];
  turnover: number;
  riskAversion: number;
  minimumVariance: number[];
  minimumVarianceLimited: number[];
  utility: number[];
  utilityTurnover: number[];
  targets: number[];
  targetReturn: number[][];
  targetVolatility: number;
  maximumReturn: number[];
  riskFree: number;
  sharpe: number[];
  pypfoptMinimumVariance: number[];
  budgets: number[];
  riskParity: number[];
  riskBudgets: number[];
  riskParityUpper: number;
  riskParityLimited: number[];
  riskfolioRiskParity: number[];
  views: { picks: number[]; returns: number[]; confidences: number[] };
  prior: number[];
  blackLitterman: { returns: number[]; covariance: number[] };
  idzorek: { returns: number[]; covariance: number[] };
  trackingError: number;
  enhanced: number[];
  enhancedTurnover: number[];
}
const peer = JSON.parse(readFileSync(new URL('./vectors/portfolios.json', import.meta.url), 'utf8')) as {
  cases: Case[];
};

function near(found: Float64Array, expected: readonly number[], tolerance = 1e-6): void {
  expect(found.length).toBe(expected.length);
  expect(Math.max(...expected.map((value, i) => Math.abs(found[i] - value)))).toBeLessThan(tolerance);
}

for (const c of peer.cases) {
  const input = { expectedReturns: c.mu, covariance: c.sigma };
  const groups = { names: ['a', 'b', 'c'], of: c.groups, upper: c.groupUpper };
  const limits: PortfolioLimits = { upper: c.upper, groups };
  const turnover = { previous: c.previous, limit: c.turnover };

  describe(`${c.n} assets, as cvxpy, PyPortfolioOpt and riskfolio-lib have it`, () => {
    it('minimum variance', () => {
      near(minimumVariance(c.sigma).weights, c.minimumVariance);
      near(minimumVariance(c.sigma).weights, c.pypfoptMinimumVariance);
      near(minimumVariance(c.sigma, { ...limits, turnover }).weights, c.minimumVarianceLimited);
    });

    it('utility, with industry and turnover limits', () => {
      near(maximumUtility({ ...input, limits }, c.riskAversion).weights, c.utility);
      near(maximumUtility({ ...input, limits: { ...limits, turnover } }, c.riskAversion).weights, c.utilityTurnover);
    });

    it('target return and target volatility', () => {
      for (const [k, target] of c.targets.entries()) near(targetReturn(input, target).weights, c.targetReturn[k]);
      near(targetVolatility(input, c.targetVolatility).weights, c.maximumReturn);
    });

    it('frontier: its quarter points are the target returns', () => {
      const frontier = efficientFrontier(input, 5);
      for (const k of [0, 1, 2]) near(frontier[k + 1].weights, c.targetReturn[k]);
    });

    it('largest Sharpe ratio', () => {
      near(maximumSharpe({ ...input, limits: { upper: c.upper } }, c.riskFree).weights, c.sharpe);
    });

    it('risk parity: equal, with budgets, with caps', () => {
      near(riskParity(c.sigma).weights, c.riskParity);
      near(riskParity(c.sigma).weights, c.riskfolioRiskParity);
      near(riskParity(c.sigma, c.budgets).weights, c.riskBudgets);
      near(riskParity(c.sigma, undefined, {}).weights, c.riskParity);
      near(riskParity(c.sigma, undefined, { upper: c.riskParityUpper }).weights, c.riskParityLimited);
    });

    it('Black-Litterman: prior, posterior, confidences', () => {
      near(impliedReturns(c.sigma, c.benchmark, 2.5), c.prior, 1e-12);
      const { confidences, ...views } = c.views;
      const plain = blackLitterman(c.prior, c.sigma, views);
      near(plain.expectedReturns, c.blackLitterman.returns, 1e-12);
      near(plain.covariance.subarray(0, 3 * c.n), c.blackLitterman.covariance, 1e-12);
      const confident = blackLitterman(c.prior, c.sigma, { ...views, confidences });
      near(confident.expectedReturns, c.idzorek.returns, 1e-12);
      near(confident.covariance.subarray(0, 3 * c.n), c.idzorek.covariance, 1e-12);
    });

    it('index enhancement: tracking error, neutral industries, turnover', () => {
      const enhancement = {
        alpha: c.mu,
        covariance: c.sigma,
        benchmark: c.benchmark,
        trackingError: c.trackingError,
        maxActive: 0.05,
        industries: groups,
      };
      near(enhanceIndex(enhancement).weights, c.enhanced);
      near(enhanceIndex({ ...enhancement, limits: { turnover } }).weights, c.enhancedTurnover);
    });
  });
}
