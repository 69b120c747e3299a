import type { Policy } from '../../../backtest/index.js';
import { maximumUtility } from '../mean-variance.js';
import { alphas } from './alpha.js';
import { optimisedPolicy } from './optimised-policy.js';
import { checkOptimised, type OptimisedOptions, positive } from './options.js';

export interface MeanVarianceOptions extends OptimisedOptions {
  /** γ of μᵀ w − (γ / 2) wᵀ Σ w. Default 5. */
  readonly riskAversion?: number;
  /** Information coefficient that turns scores into expected daily returns. Default 0.05. */
  readonly ic?: number;
}

/** The best trade-off of forecast return and variance among the k best forecasts. @throws CONFIG_INVALID, TABLE_INVALID */
export function meanVariancePolicy(options: MeanVarianceOptions): Policy {
  const checked = checkOptimised(options);
  const riskAversion = positive(options.riskAversion ?? 5, 'riskAversion');
  const ic = positive(options.ic ?? 0.05, 'ic');
  return optimisedPolicy(checked, {
    name: options.name ?? `mean-variance of the top ${checked.k}`,
    knowsScores: true,
    weigh: ({ scores, covariance, limits }) =>
      maximumUtility({ expectedReturns: alphas(scores, covariance, ic), covariance, limits }, riskAversion).weights,
  });
}
