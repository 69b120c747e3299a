import type { Numbers } from '../../stats/index.js';
import { checkCovariance, checkLimits, finiteNumbers, type Limits, type PortfolioLimits } from './limits.js';
import { type PortfolioObjective, quadraticForm } from './solve-portfolio.js';

export interface RiskAndReturn {
  readonly weights: Float64Array;
  /** μᵀ w and √(wᵀ Σ w), per period of the inputs. */
  readonly expectedReturn: number;
  readonly volatility: number;
}

export interface MeanVarianceInput {
  /** [assets] per period. */
  readonly expectedReturns: Numbers;
  /** [assets × assets] row-major, per period. */
  readonly covariance: Numbers;
  readonly limits?: PortfolioLimits;
}

export interface CheckedInput {
  readonly n: number;
  readonly mu: Float64Array;
  readonly sigma: Float64Array;
  readonly limits: Limits;
}

/** @throws ARGUMENT_INVALID, PORTFOLIO_INFEASIBLE */
export function checkInput({ expectedReturns, covariance, limits = {} }: MeanVarianceInput): CheckedInput {
  const n = expectedReturns.length;
  return {
    n,
    mu: finiteNumbers(expectedReturns, n, 'expectedReturns'),
    sigma: checkCovariance(covariance, n),
    limits: checkLimits(limits, n),
  };
}

/** The limit on the tracking error as a quadratic row; empty without one. */
export function trackingRisk({ sigma, limits }: CheckedInput): Pick<PortfolioObjective, 'risk'> {
  if (limits.tracking === null) return {};
  const { benchmark, limit } = limits.tracking;
  return { risk: { name: 'tracking error', row: { matrix: sigma, centre: benchmark, bound: limit ** 2 / 2 } } };
}

/** Expected return and volatility of any weights. @throws ARGUMENT_INVALID, PORTFOLIO_INFEASIBLE for limits that cannot be */
export function describeWeights(weights: Numbers, input: MeanVarianceInput): RiskAndReturn {
  const checked = checkInput(input);
  return describePortfolio(finiteNumbers(weights, checked.n, 'weights'), checked);
}

export function describePortfolio(weights: Float64Array, { mu, sigma }: CheckedInput): RiskAndReturn {
  return {
    weights,
    expectedReturn: weights.reduce((sum, weight, i) => sum + weight * mu[i], 0),
    volatility: Math.sqrt(Math.max(0, quadraticForm(sigma, weights))),
  };
}
