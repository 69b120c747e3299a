import type { ForecastTable, Policy } from '../backtest/index.js';
import { bestRows } from './best-rows.js';
import { checkForecasts } from './forecasts-of-day.js';
import { limitTurnover } from './limit-turnover.js';
import { fraction, wholePositive } from './parameters.js';
import { checkRebalance, isDue, type Rebalance } from './rebalance.js';

export interface TopKOptions {
  readonly name?: string;
  readonly forecasts: ForecastTable;
  /** Default 50. */
  readonly k?: number;
  /** Default `weekly`. */
  readonly rebalance?: Rebalance;
  /** Each name gets exposure / k, also when there are fewer than k: the rest stays in cash. */
  readonly weighting?: 'equal';
  /** Share of equity to be invested. Default 1. */
  readonly exposure?: number;
  /** Largest one-way turnover of a rebalancing after the first, as a fraction of equity; absent is no limit. */
  readonly maxTurnover?: number;
}

/**
 * Holds the k names with the highest P(buy) − P(sell), in equal weights. Only names with a forecast on the day count;
 * a name that does not trade on the day counts only if it is held already. Ties go to the symbol that sorts first.
 * The first portfolio is set on the first day with forecasts, whatever day of the week that is.
 * @throws CONFIG_INVALID, TABLE_INVALID
 */
export function topK(options: TopKOptions): Policy {
  const forecasts = checkForecasts(options.forecasts);
  const k = wholePositive(options.k ?? 50, 'k');
  const rebalance = checkRebalance(options.rebalance ?? 'weekly');
  const exposure = fraction(options.exposure ?? 1, 'exposure');
  const maxTurnover = options.maxTurnover === undefined ? null : fraction(options.maxTurnover, 'maxTurnover');
  return {
    name: options.name ?? `top ${k}`,
    start() {
      let lastSession: number | null = null;
      return (context) => {
        if (!isDue(rebalance, context, lastSession)) return null;
        const chosen = bestRows(forecasts, context, k);
        if (chosen === null) return null;
        const first = lastSession === null;
        lastSession = context.session;
        const target = new Map(chosen.map((row) => [forecasts.symbol[row], exposure / k]));
        if (maxTurnover === null || first) return { signalDate: context.date, weights: target };
        const current = new Map(context.holdings.map((holding) => [holding.symbol, holding.weight]));
        return { signalDate: context.date, weights: limitTurnover(current, target, maxTurnover) };
      };
    },
  };
}
