import type { Policy } from '../../../backtest/index.js';
import { minimumVariance } from '../mean-variance.js';
import { optimisedPolicy } from './optimised-policy.js';
import { checkOptimised, type OptimisedOptions } from './options.js';

/** The least variance among the k best forecasts. @throws CONFIG_INVALID, TABLE_INVALID */
export function minimumVariancePolicy(options: OptimisedOptions): Policy {
  const checked = checkOptimised(options);
  return optimisedPolicy(checked, {
    name: options.name ?? `minimum variance of the top ${checked.k}`,
    knowsScores: false,
    weigh: ({ covariance, limits }) => minimumVariance(covariance, limits).weights,
  });
}
