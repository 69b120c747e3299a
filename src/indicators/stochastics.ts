import { smaOfRun } from './moving-averages.js';
import { isZeroBeside } from './numbers.js';
import { rollingHighestIndex, rollingLowestIndex } from './rolling-extremes.js';
import { checkPeriod, overRuns, undefinedSeries } from './runs.js';

export interface Stochastic {
  readonly k: Float64Array;
  readonly d: Float64Array;
}

/** Whether a range is rounding residue only. */
const flat = (high: number, low: number) => isZeroBeside(high - low, Math.abs(high) + Math.abs(low));

/** Where the close stands in the range of the last `period` bars, 0 (lowest low) … 1 (highest high), in the units of `position`. */
function positionInRange(
  [high, low, close]: readonly Float64Array[],
  period: number,
  position: (close: number, lowest: number, highest: number) => number,
): Float64Array {
  const out = undefinedSeries(close.length);
  const highest = rollingHighestIndex(high, period);
  const lowest = rollingLowestIndex(low, period);
  for (let i = period - 1; i < close.length; i++) out[i] = position(close[i], low[lowest[i]], high[highest[i]]);
  return out;
}

/**
 * Slow stochastic oscillator (Lane), 0 … 100: %K is the mean of the last `slowK` raw positions in the range of `fastK`
 * bars, %D the mean of `slowD` %Ks; TA-Lib STOCH with simple means. Both defined from index fastK + slowK + slowD − 3.
 */
export function stoch(
  high: Float64Array,
  low: Float64Array,
  close: Float64Array,
  fastK = 5,
  slowK = 3,
  slowD = 3,
): Stochastic {
  checkPeriod('STOCH', 'fastK', fastK, 1);
  checkPeriod('STOCH', 'slowK', slowK, 1);
  checkPeriod('STOCH', 'slowD', slowD, 1);
  const [k, d] = overRuns([high, low, close], 2, (inputs) => {
    const raw = positionInRange(inputs, fastK, (c, lowest, highest) => {
      const onePercent = (highest - lowest) / 100;
      return flat(highest, lowest) ? 0 : (c - lowest) / onePercent;
    });
    const smooth = smaOfRun(raw, slowK, fastK - 1);
    const signal = smaOfRun(smooth, slowD, fastK + slowK - 2);
    smooth.fill(Number.NaN, 0, fastK + slowK + slowD - 3);
    return [smooth, signal];
  });
  return { k, d };
}

/** Williams' %R, −100 (close at the lowest low) … 0 (at the highest high); TA-Lib WILLR. Defined from bar `period` on. */
export function willr(high: Float64Array, low: Float64Array, close: Float64Array, period = 14): Float64Array {
  checkPeriod('WILLR', 'period', period, 2);
  return overRuns([high, low, close], 1, (inputs) => [
    positionInRange(inputs, period, (c, lowest, highest) => {
      const onePercent = (highest - lowest) / -100;
      return flat(highest, lowest) ? 0 : (highest - c) / onePercent;
    }),
  ])[0];
}
