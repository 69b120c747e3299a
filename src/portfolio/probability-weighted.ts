import type { ForecastTable, Policy } from '../backtest/index.js';
import { bestRows } from './best-rows.js';
import { checkForecasts } from './forecasts-of-day.js';
import { fraction, wholePositive } from './parameters.js';
import { proportional } from './proportional.js';
import type { Rebalance } from './rebalance.js';
import { scheduledPolicy } from './scheduled.js';

export interface ProbabilityWeightedOptions {
  readonly name?: string;
  readonly forecasts: ForecastTable;
  /** Default 50. */
  readonly k?: number;
  /** Default `weekly`. */
  readonly rebalance?: Rebalance;
  /** Share of equity to be invested. Default 1. */
  readonly exposure?: number;
}

/**
 * Holds the k names with the highest P(buy) − P(sell) with weights in proportion to P(buy), so that the surer the
 * forecast, the larger the position; the sum is the exposure however few the names.
 * @throws CONFIG_INVALID, TABLE_INVALID
 */
export function probabilityWeighted(options: ProbabilityWeightedOptions): Policy {
  const forecasts = checkForecasts(options.forecasts);
  const k = wholePositive(options.k ?? 50, 'k');
  const exposure = fraction(options.exposure ?? 1, 'exposure');
  return scheduledPolicy({
    name: options.name ?? `top ${k}, weighted by probability`,
    rebalance: options.rebalance ?? 'weekly',
    choose(context) {
      const rows = bestRows(forecasts, context, k);
      return rows && proportional(new Map(rows.map((row) => [forecasts.symbol[row], forecasts.pBuy[row]])), exposure);
    },
  });
}
