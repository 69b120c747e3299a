import type { Policy, PolicyContext } from '../backtest/index.js';
import { wholePositive } from './parameters.js';
import type { PriceHistory } from './price-history.js';
import { type WeightedBestOptions, weightedBest } from './weighted-best.js';

export interface CapitalisationWeightedOptions extends WeightedBestOptions {
  /** Market value of a name as known after the close, in money; NaN or 0 keeps it out of the portfolio. */
  readonly sizeOf: (symbol: string, context: PolicyContext) => number;
}

/**
 * Holds the k names with the highest P(buy) − P(sell) with weights in proportion to their size.
 * @throws CONFIG_INVALID, TABLE_INVALID
 */
export const capitalisationWeighted = (options: CapitalisationWeightedOptions): Policy =>
  weightedBest(options, {
    by: 'capitalisation',
    sizeOf: (forecasts, row, context) => options.sizeOf(forecasts.symbol[row], context),
  });

/**
 * A stand-in for the market value where nothing tells the shares outstanding: the mean money traded a session. It ranks
 * large names above small ones, but a much traded small name above a quiet large one.
 * @param sessions of the trailing mean
 */
export function tradedValueProxy(history: PriceHistory, sessions = 60): CapitalisationWeightedOptions['sizeOf'] {
  const length = wholePositive(sessions, 'tradedValueSessions');
  return (symbol, { session }) => history.tradedValue(symbol, session, length);
}
