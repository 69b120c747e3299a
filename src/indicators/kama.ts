import { isZero } from './numbers.js';
import { checkPeriod, overRuns, undefinedSeries } from './runs.js';

/** Kaufman's smoothing constants: an EMA of 2 bars in a pure trend, of 30 in pure noise. */
const FASTEST = 2 / (2 + 1);
const SLOWEST = 2 / (30 + 1);

function kamaOfRun(values: Float64Array, period: number): Float64Array {
  const out = undefinedSeries(values.length);
  if (values.length <= period) return out;
  let path = 0;
  for (let i = 1; i <= period; i++) path += Math.abs(values[i - 1] - values[i]);
  let kama = values[period - 1];
  for (let i = period; i < values.length; i++) {
    if (i > period) {
      path -= Math.abs(values[i - period - 1] - values[i - period]);
      path += Math.abs(values[i] - values[i - 1]);
    }
    const change = values[i] - values[i - period];
    const efficiency = path <= change || isZero(path) ? 1 : Math.abs(change / path);
    const root = efficiency * (FASTEST - SLOWEST) + SLOWEST;
    const smoothing = root * root;
    kama = (values[i] - kama) * smoothing + kama;
    out[i] = kama;
  }
  return out;
}

/**
 * Kaufman's adaptive moving average: an EMA whose weight follows the efficiency ratio |change over the period| / path
 * length; TA-Lib KAMA. Defined from index `period`.
 */
export function kama(values: Float64Array, period = 30): Float64Array {
  checkPeriod('KAMA', 'period', period, 2);
  return overRuns([values], 1, ([x]) => [kamaOfRun(x, period)])[0];
}
