import { type CovarianceEstimator, estimateCovariance } from '../../../stats/index.js';
import type { PriceHistory } from '../../price-history.js';

/** Whether every return of the look-back is known after the close of `session`. */
export function hasFullHistory(history: PriceHistory, symbol: string, session: number, lookback: number): boolean {
  return Number.isFinite(history.close(symbol, session - lookback));
}

/**
 * Covariance of the simple daily returns of the last `lookback` sessions, [symbols × symbols]. A session in which a name
 * did not trade has a return of 0, and its move falls on the session it trades again; every symbol must have a full
 * history.
 */
export function trailingCovariance(
  history: PriceHistory,
  symbols: readonly string[],
  session: number,
  lookback: number,
  estimator: CovarianceEstimator,
): Float64Array {
  const assets = symbols.length;
  const values = new Float64Array(lookback * assets);
  for (const [i, symbol] of symbols.entries()) {
    for (let t = 0; t < lookback; t++) {
      values[t * assets + i] = history.growth(symbol, session - lookback + 1 + t, 1);
    }
  }
  return estimateCovariance({ values, periods: lookback, assets }, estimator).covariance;
}
