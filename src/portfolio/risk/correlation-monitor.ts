import { mean, standardDeviation } from '../../stats/index.js';
import type { PriceHistory } from '../price-history.js';
import { NOBODY, type RiskControl, type RiskEvent } from './control.js';
import { between, wholeAtLeast } from './parameters.js';

export interface CorrelationMonitorOptions {
  /** Mean pairwise correlation of the holdings above which there is an alert. Default 0.6. */
  readonly threshold?: number;
  /** Trailing sessions. Default 60. */
  readonly days?: number;
  /** Exposure while the alert stands, above 0: without holdings nothing is measured. Default 1: it cuts nothing. */
  readonly exposure?: number;
}

/**
 * Watches the mean pairwise correlation of the holdings' daily log returns: when all move together, fifty names
 * are one bet. @throws CONFIG_INVALID
 */
export function correlationMonitor(prices: PriceHistory, options: CorrelationMonitorOptions = {}): RiskControl {
  const threshold = between(options.threshold ?? 0.6, -1, 1, 'correlation.threshold');
  const days = wholeAtLeast(options.days ?? 60, 5, 'correlation.days');
  const cut = between(options.exposure ?? 1, 0.01, 1, 'correlation.exposure');
  return {
    name: 'correlation',
    start() {
      let alert = false;
      return ({ holdings, session, date }) => {
        const measure = meanCorrelation(
          holdings.map(({ symbol }) => prices.logReturns(symbol, session, days)),
          days,
        );
        const above = Number.isNaN(measure) ? alert : measure > threshold;
        const exposure = above ? cut : 1;
        const events: RiskEvent[] = [];
        if (above !== alert) {
          const kind = above ? 'alert' : 'clear';
          events.push({ date, control: 'correlation', kind, symbol: '', measure, threshold, exposure });
        }
        alert = above;
        return { exposure, barred: NOBODY, events };
      };
    },
  };
}

/**
 * Mean of Pearson's correlation over all pairs of series of `length`, from the variance of the sum of the standardised
 * series: Var(Σ z) = k + k (k − 1) ρ̄. Series with a gap or without movement are left out; NaN for fewer than two.
 */
export function meanCorrelation(series: readonly Float64Array[], length: number): number {
  const sum = new Float64Array(length);
  let count = 0;
  for (const values of series) {
    const centre = mean(values);
    const deviation = standardDeviation(values);
    if (!(deviation > 0)) continue;
    count++;
    for (let i = 0; i < length; i++) sum[i] += (values[i] - centre) / deviation;
  }
  return count < 2 ? Number.NaN : (standardDeviation(sum) ** 2 - count) / (count * (count - 1));
}
