import { isZeroBeside } from './numbers.js';
import { checkPeriod, overRuns, undefinedSeries } from './runs.js';

/** Lambert's constant: it brings most values into −100 … 100. */
const LAMBERT = 0.015;

function cciOfRun([high, low, close]: readonly Float64Array[], period: number): Float64Array {
  const out = undefinedSeries(close.length);
  // A ring, summed in its own order rather than in time's: on flat prices the last bits decide, and they are TA-Lib's.
  const ring = new Float64Array(period);
  for (let i = 0; i < close.length; i++) {
    const typical = (high[i] + low[i] + close[i]) / 3;
    ring[i % period] = typical;
    if (i < period - 1) continue;
    let sum = 0;
    for (let j = 0; j < period; j++) sum += ring[j];
    const mean = sum / period;
    let deviation = 0;
    for (let j = 0; j < period; j++) deviation += Math.abs(ring[j] - mean);
    deviation /= period;
    const distance = typical - mean;
    const level = Math.abs(mean);
    const flat = isZeroBeside(distance, level) || isZeroBeside(deviation, level);
    out[i] = flat ? 0 : distance / (LAMBERT * deviation);
  }
  return out;
}

/**
 * Commodity channel index: distance of the typical price from its mean, in mean absolute deviations (Lambert 1980);
 * TA-Lib CCI. Defined from bar `period` on.
 */
export function cci(high: Float64Array, low: Float64Array, close: Float64Array, period = 14): Float64Array {
  checkPeriod('CCI', 'period', period, 2);
  return overRuns([high, low, close], 1, (inputs) => [cciOfRun(inputs, period)])[0];
}
