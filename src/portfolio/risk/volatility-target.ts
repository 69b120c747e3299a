import { standardDeviation } from '../../stats/index.js';
import type { PriceHistory } from '../price-history.js';
import type { RiskControl } from './control.js';
import { exposureControl } from './exposure-control.js';
import { between, positive, wholeAtLeast } from './parameters.js';

export interface VolatilityTargetOptions {
  /** Annual volatility that is aimed at. Default 0.2. */
  readonly target?: number;
  /** Trailing sessions. Default 60. */
  readonly days?: number;
  /** Default 252. */
  readonly sessionsPerYear?: number;
  /** The exposure is a multiple of this, rounded down but never to 0, so that it does not trade every day. Default 0.1. */
  readonly step?: number;
}

/**
 * Exposure target / σ, at most 1: σ is the annual volatility that today's holdings, in today's proportions and fully
 * invested, would have had over the trailing sessions (Moreira & Muir 2017 scale by realised variance; without leverage).
 * Names without the whole history are left out; undefined leaves the exposure as it was.
 * @throws CONFIG_INVALID
 */
export function volatilityTarget(prices: PriceHistory, options: VolatilityTargetOptions = {}): RiskControl {
  const target = positive(options.target ?? 0.2, 'volatilityTarget.target');
  const days = wholeAtLeast(options.days ?? 60, 5, 'volatilityTarget.days');
  const year = wholeAtLeast(options.sessionsPerYear ?? 252, 1, 'volatilityTarget.sessionsPerYear');
  const step = between(options.step ?? 0.1, 0.001, 1, 'volatilityTarget.step');
  return exposureControl('volatility-target', () => {
    let exposure = 1;
    return ({ holdings, session }) => {
      const sums = new Float64Array(days);
      let invested = 0;
      for (const { symbol, weight } of holdings) {
        const returns = prices.logReturns(symbol, session, days);
        if (returns.some(Number.isNaN)) continue;
        invested += weight;
        for (let i = 0; i < days; i++) sums[i] += weight * returns[i];
      }
      const volatility = (standardDeviation(sums) / invested) * Math.sqrt(year);
      // 1e-9 lets 0.3 / 0.1 be 3.
      if (volatility > 0) {
        const steps = Math.max(1, Math.floor(target / volatility / step + 1e-9));
        exposure = Math.min(1, steps * step);
      }
      return { exposure, measure: volatility, threshold: target };
    };
  });
}
