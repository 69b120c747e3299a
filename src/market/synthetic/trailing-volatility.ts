import type { BarArrays } from './stock.js';

/**
 * The volatility in the label's threshold: sample standard deviation (n − 1) of the simple close-to-close returns of the
 * adjusted price over the last `days` traded days of one stock; NaN on a day without trading, or with fewer returns.
 * @param offset cell of the stock's first session
 */
export function trailingVolatility(bars: BarArrays, offset: number, sessions: number, days: number): Float64Array {
  const result = new Float64Array(sessions).fill(Number.NaN);
  const returns: number[] = [];
  let previous = Number.NaN;
  for (let d = 0; d < sessions; d++) {
    const cell = offset + d;
    const close = bars.close[cell] * bars.adjFactor[cell];
    if (Number.isNaN(close) || bars.suspended[cell] === 1) continue;
    if (!Number.isNaN(previous)) returns.push(close / previous - 1);
    previous = close;
    if (returns.length >= days) result[d] = sampleDeviation(returns, days);
  }
  return result;
}

function sampleDeviation(values: readonly number[], count: number): number {
  const first = values.length - count;
  let mean = 0;
  for (let i = first; i < values.length; i++) mean += values[i];
  mean /= count;
  let squares = 0;
  for (let i = first; i < values.length; i++) squares += (values[i] - mean) ** 2;
  return Math.sqrt(squares / (count - 1));
}
