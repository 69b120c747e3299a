import { trailingDeviation } from '../../stats/index.js';
import type { BarArrays } from './stock.js';

/**
 * The volatility in the label's threshold: sample standard deviation (n − 1) of the simple close-to-close returns of the
 * adjusted price over the last `days` traded days of one stock; NaN on a day without trading, or with fewer returns.
 * @param offset cell of the stock's first session
 */
export function trailingVolatility(bars: BarArrays, offset: number, sessions: number, days: number): Float64Array {
  const traded = new Int32Array(sessions);
  const returns = new Float64Array(sessions);
  let count = 0;
  let before = Number.NaN;
  for (let d = 0; d < sessions; d++) {
    const cell = offset + d;
    if (Number.isNaN(bars.close[cell]) || bars.suspended[cell] === 1) continue;
    const close = bars.close[cell] * bars.adjFactor[cell];
    traded[count] = d;
    returns[count++] = close / before - 1;
    before = close;
  }
  const deviation = trailingDeviation(returns.subarray(0, count), days);
  const result = new Float64Array(sessions).fill(Number.NaN);
  for (let i = 0; i < count; i++) result[traded[i]] = deviation[i];
  return result;
}
