import { trailingDeviation } from '../../stats/index.js';
import type { BarArrays } from './stock.js';

/**
 * The volatility in the label's threshold: sample standard deviation (n − 1) of the simple close-to-close returns of the
 * adjusted price over the last `days` traded days of one stock; NaN on a day without trading, or with fewer returns.
 * @param offset cell of the stock's first session
 */
export function trailingVolatility(bars: BarArrays, offset: number, sessions: number, days: number): Float64Array {
  const traded: number[] = [];
  for (let d = 0; d < sessions; d++) {
    const cell = offset + d;
    if (!Number.isNaN(bars.close[cell]) && bars.suspended[cell] !== 1) traded.push(d);
  }
  const close = traded.map((d) => bars.close[offset + d] * bars.adjFactor[offset + d]);
  const returns = Float64Array.from(close, (price, i) => (i === 0 ? Number.NaN : price / close[i - 1] - 1));
  const deviation = trailingDeviation(returns, days);
  const result = new Float64Array(sessions).fill(Number.NaN);
  for (const [i, d] of traded.entries()) result[d] = deviation[i];
  return result;
}
