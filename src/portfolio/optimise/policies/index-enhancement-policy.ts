import type { Policy, PolicyContext } from '../../../backtest/index.js';
import { enhanceIndex } from '../index-enhancement.js';
import { alphas } from './alpha.js';
import { industriesOf, optimisedPolicy } from './optimised-policy.js';
import { checkOptimised, type OptimisedOptions, positive } from './options.js';

export interface IndexEnhancementOptions extends Omit<OptimisedOptions, 'k' | 'maxIndustry'> {
  /** Weights of the benchmark as known after the close; names without a full look-back are left out, the rest scaled up. */
  readonly benchmarkWeights: (context: PolicyContext) => ReadonlyMap<string, number>;
  /** A year. Default 0.05. */
  readonly trackingError?: number;
  /** Sessions of a year, for the tracking error. Default 252. */
  readonly sessionsPerYear?: number;
  /** |w − benchmark| of a name at most this. Default 0.02. */
  readonly maxActive?: number;
  /** Of an industry's weight from the benchmark's, where `industryOf` is given. Default 0: neutral. */
  readonly industryDeviation?: number;
  /** Information coefficient that turns scores into alphas. Default 0.05. */
  readonly ic?: number;
}

/**
 * Leans from the benchmark towards the forecasts within a tracking error. `maxWeight` gives way to a heavier benchmark weight.
 * @throws CONFIG_INVALID, TABLE_INVALID
 */
export function indexEnhancementPolicy(options: IndexEnhancementOptions): Policy {
  const checked = checkOptimised(options);
  const trackingError = positive(options.trackingError ?? 0.05, 'trackingError');
  const daily = trackingError / Math.sqrt(positive(options.sessionsPerYear ?? 252, 'sessionsPerYear'));
  const maxActive = positive(options.maxActive ?? 0.02, 'maxActive');
  const ic = positive(options.ic ?? 0.05, 'ic');
  return optimisedPolicy(checked, {
    name: options.name ?? 'index enhancement',
    knowsScores: true,
    candidates(context) {
      const weights = options.benchmarkWeights(context);
      return weights.size === 0 ? null : [...weights.keys()];
    },
    weigh({ context, symbols, scores, covariance, limits }) {
      const weights = options.benchmarkWeights(context);
      const raw = symbols.map((symbol) => weights.get(symbol) ?? 0);
      const total = raw.reduce((sum, weight) => sum + weight, 0);
      const benchmark = raw.map((weight) => (checked.exposure * weight) / total);
      const { turnover } = limits;
      return enhanceIndex({
        alpha: alphas(scores, covariance, ic),
        covariance,
        benchmark,
        trackingError: daily,
        maxActive,
        ...(checked.industryOf && { industries: industriesOf(checked.industryOf, symbols) }),
        industryDeviation: options.industryDeviation ?? 0,
        limits: {
          upper: benchmark.map((weight, i) => (weight > 0 ? Math.max(weight, checked.maxWeight) : limits.upper[i])),
          ...(turnover && { turnover }),
        },
      }).weights;
    },
  });
}
