import { isZero } from './numbers.js';
import { checkPeriod, overRuns, undefinedSeries } from './runs.js';
import { trueRangeAt } from './true-range.js';

/** Of the short, medium and long span. */
const WEIGHTS = [4, 2, 1];

function ultoscOfRun([high, low, close]: readonly Float64Array[], periods: readonly number[]): Float64Array {
  const length = close.length;
  const out = undefinedSeries(length);
  const pressure = new Float64Array(length);
  const range = new Float64Array(length);
  for (let i = 1; i < length; i++) {
    pressure[i] = close[i] - Math.min(low[i], close[i - 1]);
    range[i] = trueRangeAt(high, low, close, i);
  }
  const first = Math.max(...periods);
  const pressureSums = new Float64Array(3);
  const rangeSums = new Float64Array(3);
  for (let i = 1; i < length; i++) {
    let mixed = 0;
    for (let k = 0; k < periods.length; k++) {
      const oldest = i - periods[k] + 1;
      // The sums begin with what the first output needs, so that their rounding is TA-Lib's.
      if (i <= first - periods[k]) continue;
      pressureSums[k] += pressure[i];
      rangeSums[k] += range[i];
      if (i < first) continue;
      if (!isZero(rangeSums[k])) mixed += WEIGHTS[k] * (pressureSums[k] / rangeSums[k]);
      pressureSums[k] -= pressure[oldest];
      rangeSums[k] -= range[oldest];
    }
    if (i >= first) out[i] = 100 * (mixed / 7);
  }
  return out;
}

/**
 * Ultimate oscillator (Williams 1976), 0 … 100: buying pressure over true range on three spans, weighted 4 : 2 : 1;
 * TA-Lib ULTOSC. Defined from the index of the longest period.
 */
export function ultosc(
  high: Float64Array,
  low: Float64Array,
  close: Float64Array,
  short = 7,
  medium = 14,
  long = 28,
): Float64Array {
  checkPeriod('ULTOSC', 'short', short, 1);
  checkPeriod('ULTOSC', 'medium', medium, 1);
  checkPeriod('ULTOSC', 'long', long, 1);
  const periods = [short, medium, long].sort((a, b) => a - b);
  return overRuns([high, low, close], 1, (inputs) => [ultoscOfRun(inputs, periods)])[0];
}
