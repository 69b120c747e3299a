import { CandlenetError } from '../util/index.js';
import { wholePositive } from './parameters.js';
import type { PriceHistory } from './price-history.js';
import type { RankingSignal } from './ranked.js';

/**
 * Momentum: the return from `lookback` to `skip` sessions ago; a year without its last month by default (Jegadeesh &
 * Titman 1993, with the month left out that reverses, as in Asness, Moskowitz & Pedersen 2013).
 * @throws CONFIG_INVALID unless lookback > skip ≥ 0
 */
export function momentum(history: PriceHistory, { lookback = 252, skip = 21 } = {}): RankingSignal {
  const length = wholePositive(lookback, 'strategies.momentum.lookbackDays');
  if (!(Number.isInteger(skip) && skip >= 0 && skip < length)) {
    throw new CandlenetError(
      'CONFIG_INVALID',
      `portfolio.strategies.momentum.skipDays: found ${skip}, expected a whole number from 0 to below lookbackDays, ${length}`,
    );
  }
  return (symbol, session) => history.growth(symbol, session - skip, length - skip);
}

/** Mean reversion: what fell most over the last sessions comes first (Lehmann 1990, Lo & MacKinlay 1990: a week). */
export function meanReversion(history: PriceHistory, { lookback = 5 } = {}): RankingSignal {
  const length = wholePositive(lookback, 'strategies.meanReversion.lookbackDays');
  return (symbol, session) => -history.growth(symbol, session, length);
}

/**
 * Low volatility: the smallest deviation of daily log returns comes first (Blitz & van Vliet 2007). One that did not
 * move at all, as after a long suspension, has no volatility to speak of.
 */
export function lowVolatility(history: PriceHistory, { days = 60 } = {}): RankingSignal {
  const length = wholePositive(days, 'strategies.lowVolatility.days');
  return (symbol, session) => {
    const deviation = history.volatility(symbol, session, length);
    return deviation > 0 ? -deviation : Number.NaN;
  };
}
