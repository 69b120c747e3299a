import type { ForecastTable, Policy, PolicyContext } from '../backtest/index.js';
import { bestRows } from './best-rows.js';
import { checkForecasts } from './forecasts-of-day.js';
import { fraction, wholePositive } from './parameters.js';
import { proportional } from './proportional.js';
import type { Rebalance } from './rebalance.js';
import { scheduledPolicy } from './scheduled.js';

export interface WeightedBestOptions {
  readonly name?: string;
  readonly forecasts: ForecastTable;
  /** Default 50. */
  readonly k?: number;
  /** Default `weekly`. */
  readonly rebalance?: Rebalance;
  /** Share of equity to be invested. Default 1. */
  readonly exposure?: number;
}

/** How a policy weighs the names it holds. */
interface Weighing {
  /** For its name: `weighted by …`. */
  readonly by: string;
  /** Of a row of the forecasts, as known after the close; weights are in proportion to it. */
  readonly sizeOf: (forecasts: ForecastTable, row: number, context: PolicyContext) => number;
}

/** Holds the k names with the highest P(buy) − P(sell), weighted as told. @throws CONFIG_INVALID, TABLE_INVALID */
export function weightedBest(options: WeightedBestOptions, { by, sizeOf }: Weighing): Policy {
  const forecasts = checkForecasts(options.forecasts);
  const k = wholePositive(options.k ?? 50, 'k');
  const exposure = fraction(options.exposure ?? 1, 'exposure');
  return scheduledPolicy({
    name: options.name ?? `top ${k}, weighted by ${by}`,
    rebalance: options.rebalance ?? 'weekly',
    choose(context) {
      const rows = bestRows(forecasts, context, k);
      if (rows === null) return null;
      const sizes = rows.map((row): [string, number] => [forecasts.symbol[row], sizeOf(forecasts, row, context)]);
      return proportional(new Map(sizes), exposure);
    },
  });
}
