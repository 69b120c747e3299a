import { rollingHighestIndex, rollingLowestIndex } from './rolling-extremes.js';
import { checkPeriod, overRuns, undefinedSeries } from './runs.js';

/**
 * Aroon oscillator, −100 … 100: how much later the highest high of the last period + 1 bars came than the lowest low
 * (Chande 1995); TA-Lib AROONOSC. Defined from index `period`.
 */
export function aroonOsc(high: Float64Array, low: Float64Array, period = 14): Float64Array {
  checkPeriod('AROONOSC', 'period', period, 2);
  return overRuns([high, low], 1, ([h, l]) => {
    const out = undefinedSeries(h.length);
    const highest = rollingHighestIndex(h, period + 1);
    const lowest = rollingLowestIndex(l, period + 1);
    for (let i = period; i < h.length; i++) out[i] = (100 / period) * (highest[i] - lowest[i]);
    return [out];
  })[0];
}
