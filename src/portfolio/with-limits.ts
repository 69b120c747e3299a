import type { Policy } from '../backtest/index.js';
import { applyLimits } from './apply-limits.js';
import { limitTurnover } from './limit-turnover.js';
import { fraction } from './parameters.js';

export interface LimitOptions {
  /** Largest weight of one name; absent is no limit. */
  readonly maxWeight?: number;
  /** Largest weight of one industry; absent is no limit. */
  readonly maxIndustryWeight?: number;
  /** Needed with `maxIndustryWeight`; empty where unknown. */
  readonly industryOf?: (symbol: string) => string;
  /** Largest one-way turnover of a rebalancing after the first, as a fraction of equity; absent is no limit. */
  readonly maxTurnover?: number;
}

/**
 * Any policy under limits of position, industry and turnover: `applyLimits` on its target, then `limitTurnover` from
 * what is held, which has the last word: a holding that prices carried above a limit comes back only as fast as the
 * turnover allows. The first portfolio, bought out of cash, is under no limit of turnover.
 * @throws CONFIG_INVALID
 */
export function withLimits(policy: Policy, options: LimitOptions): Policy {
  const maxWeight = fraction(options.maxWeight ?? 1, 'maxWeight');
  const maxIndustryWeight = fraction(options.maxIndustryWeight ?? 1, 'maxIndustryWeight');
  const maxTurnover = options.maxTurnover === undefined ? null : fraction(options.maxTurnover, 'maxTurnover');
  const industryOf = options.industryOf ?? (() => '');
  return {
    name: policy.name,
    start() {
      const step = policy.start();
      return (context) => {
        const wanted = step(context);
        if (wanted === null) return null;
        const weights = applyLimits(wanted.weights, { maxWeight, maxIndustryWeight, industryOf });
        if (maxTurnover === null || context.holdings.length === 0) return { ...wanted, weights };
        const current = new Map(context.holdings.map((holding) => [holding.symbol, holding.weight]));
        return { ...wanted, weights: limitTurnover(current, weights, maxTurnover) };
      };
    },
  };
}
