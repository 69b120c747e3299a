import { checkPeriod, overRuns, undefinedSeries } from './runs.js';

/** Range of a bar with the close before it: the largest of high − low, |high − previous close|, |low − previous close|. */
export function trueRangeAt(high: Float64Array, low: Float64Array, close: Float64Array, i: number): number {
  const previous = close[i - 1];
  return Math.max(high[i] - low[i], Math.abs(high[i] - previous), Math.abs(low[i] - previous));
}

function atrOfRun([high, low, close]: readonly Float64Array[], period: number): Float64Array {
  const out = undefinedSeries(close.length);
  let atr = 0;
  for (let i = 1; i < close.length; i++) {
    const range = trueRangeAt(high, low, close, i);
    if (i <= period) {
      atr += range;
      if (i < period) continue;
      atr /= period;
    } else {
      atr = (atr * (period - 1) + range) / period;
    }
    out[i] = atr;
  }
  return out;
}

/** Average true range with Wilder's smoothing, seeded with a simple mean; TA-Lib ATR. Defined from index `period`. */
export function atr(high: Float64Array, low: Float64Array, close: Float64Array, period = 14): Float64Array {
  checkPeriod('ATR', 'period', period, 2);
  return overRuns([high, low, close], 1, (inputs) => [atrOfRun(inputs, period)])[0];
}
