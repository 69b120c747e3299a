import type { Policy } from '../../../backtest/index.js';
import type { Day } from '../../../util/index.js';
import type { PortfolioLimits } from '../limits.js';
import { maximumUtility } from '../mean-variance.js';
import { alphas } from './alpha.js';
import { optimisedPolicy } from './optimised-policy.js';
import { checkOptimised, type OptimisedOptions, positive } from './options.js';

/** What a mean-variance optimiser weighed after a close, and what it chose; daily figures. */
export interface WeighedPortfolio {
  readonly date: Day;
  readonly symbols: readonly string[];
  /** [symbols], beyond the average name. */
  readonly expectedReturns: Float64Array;
  /** [symbols × symbols] */
  readonly covariance: Float64Array;
  readonly limits: PortfolioLimits;
  readonly weights: Float64Array;
}

export interface MeanVarianceOptions extends OptimisedOptions {
  /** γ of μᵀ w − (γ / 2) wᵀ Σ w. Default 5. */
  readonly riskAversion?: number;
  /** Information coefficient that turns scores into expected daily returns. Default 0.05. */
  readonly ic?: number;
  /** Told of every portfolio weighed, in order. */
  readonly record?: (weighed: WeighedPortfolio) => void;
}

/** The best trade-off of forecast return and variance among the k best forecasts. @throws CONFIG_INVALID, TABLE_INVALID */
export function meanVariancePolicy(options: MeanVarianceOptions): Policy {
  const checked = checkOptimised(options);
  const riskAversion = positive(options.riskAversion ?? 5, 'riskAversion');
  const ic = positive(options.ic ?? 0.05, 'ic');
  return optimisedPolicy(checked, {
    name: options.name ?? `mean-variance of the top ${checked.k}`,
    knowsScores: true,
    weigh({ context, symbols, scores, covariance, limits }) {
      const expectedReturns = alphas(scores, covariance, ic);
      const { weights } = maximumUtility({ expectedReturns, covariance, limits }, riskAversion);
      options.record?.({ date: context.date, symbols, expectedReturns, covariance, limits, weights });
      return weights;
    },
  });
}
