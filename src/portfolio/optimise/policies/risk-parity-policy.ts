import type { Policy } from '../../../backtest/index.js';
import { riskParity } from '../risk-parity.js';
import { optimisedPolicy } from './optimised-policy.js';
import { checkOptimised, type OptimisedOptions } from './options.js';

/** Equal shares of the variance among the k best forecasts. @throws CONFIG_INVALID, TABLE_INVALID */
export function riskParityPolicy(options: OptimisedOptions): Policy {
  const checked = checkOptimised(options);
  const unlimited = checked.maxWeight === 1 && checked.maxIndustry === null;
  return optimisedPolicy(checked, {
    name: options.name ?? `risk parity of the top ${checked.k}`,
    knowsScores: false,
    weigh({ covariance, limits }) {
      if (!unlimited) return riskParity(covariance, undefined, limits).weights;
      return riskParity(covariance).weights.map((weight) => weight * checked.exposure);
    },
  });
}
