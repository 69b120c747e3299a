import type { ForecastTable, Policy, PolicyContext } from '../backtest/index.js';
import { bestRows } from './best-rows.js';
import { checkForecasts } from './forecasts-of-day.js';
import { fraction, wholePositive } from './parameters.js';
import type { PriceHistory } from './price-history.js';
import { proportional } from './proportional.js';
import type { Rebalance } from './rebalance.js';
import { scheduledPolicy } from './scheduled.js';

export interface CapitalisationWeightedOptions {
  readonly name?: string;
  readonly forecasts: ForecastTable;
  /** Market value of a name as known after the close, in money; NaN or 0 keeps it out of the portfolio. */
  readonly sizeOf: (symbol: string, context: PolicyContext) => number;
  /** Default 50. */
  readonly k?: number;
  /** Default `weekly`. */
  readonly rebalance?: Rebalance;
  /** Share of equity to be invested. Default 1. */
  readonly exposure?: number;
}

/**
 * Holds the k names with the highest P(buy) − P(sell) with weights in proportion to their size.
 * @throws CONFIG_INVALID, TABLE_INVALID
 */
export function capitalisationWeighted(options: CapitalisationWeightedOptions): Policy {
  const forecasts = checkForecasts(options.forecasts);
  const k = wholePositive(options.k ?? 50, 'k');
  const exposure = fraction(options.exposure ?? 1, 'exposure');
  return scheduledPolicy({
    name: options.name ?? `top ${k}, weighted by capitalisation`,
    rebalance: options.rebalance ?? 'weekly',
    choose(context) {
      const rows = bestRows(forecasts, context, k);
      if (rows === null) return null;
      const sizes = rows.map((row): [string, number] => {
        const symbol = forecasts.symbol[row];
        return [symbol, options.sizeOf(symbol, context)];
      });
      return proportional(new Map(sizes), exposure);
    },
  });
}

/**
 * A stand-in for the market value where nothing tells the shares outstanding: the mean money traded a session. It ranks
 * large names above small ones, but a much traded small name above a quiet large one.
 * @param sessions of the trailing mean
 */
export function tradedValueProxy(history: PriceHistory, sessions = 60): CapitalisationWeightedOptions['sizeOf'] {
  const length = wholePositive(sessions, 'tradedValueSessions');
  return (symbol, { session }) => history.tradedValue(symbol, session, length);
}
