import { smaOfRun } from './moving-averages.js';
import { checkPeriod, overRuns, undefinedSeries } from './runs.js';

export interface BollingerBands {
  readonly upper: Float64Array;
  readonly middle: Float64Array;
  readonly lower: Float64Array;
}

/** A difference this many times smaller than what it was taken from has lost too many digits. */
const LOSSY = 1e6;

/**
 * Population standard deviation of the last `period` values from running sums of distances to an anchor, a recent mean.
 * The anchor moves to the window's mean once a period, and at once when E[x²] − E[x]² is about to lose its digits.
 */
function rollingDeviation(values: Float64Array, period: number): Float64Array {
  const out = undefinedSeries(values.length);
  let anchor = 0;
  let sum = 0;
  let squares = 0;
  let barsLeft = 0;
  for (let i = period - 1; i < values.length; i++) {
    if (barsLeft > 0) {
      const entering = values[i] - anchor;
      const leaving = values[i - period] - anchor;
      sum += entering - leaving;
      squares += entering * entering - leaving * leaving;
      barsLeft--;
      const mean = sum / period;
      const variance = squares / period - mean * mean;
      if (variance * LOSSY < squares / period || squares * LOSSY < leaving * leaving) barsLeft = 0;
    }
    if (barsLeft === 0) {
      let total = 0;
      for (let j = i - period + 1; j <= i; j++) total += values[j];
      anchor = total / period;
      sum = 0;
      squares = 0;
      for (let j = i - period + 1; j <= i; j++) {
        const distance = values[j] - anchor;
        sum += distance;
        squares += distance * distance;
      }
      barsLeft = period;
    }
    const mean = sum / period;
    const variance = squares / period - mean * mean;
    out[i] = variance <= 0 ? 0 : Math.sqrt(variance);
  }
  return out;
}

/**
 * Bollinger bands: simple mean ± `deviations` standard deviations; TA-Lib BBANDS. Defined from bar `period` on.
 * The period of 20 is Bollinger's, and TA-Lib's default from 0.8 on (5 before).
 */
export function bbands(values: Float64Array, period = 20, deviations = 2): BollingerBands {
  checkPeriod('BBANDS', 'period', period, 2);
  const [upper, middle, lower] = overRuns([values], 3, ([x]) => {
    const mean = smaOfRun(x, period);
    const deviation = rollingDeviation(x, period);
    const upper = undefinedSeries(x.length);
    const lower = undefinedSeries(x.length);
    for (let i = period - 1; i < x.length; i++) {
      const width = deviation[i] * deviations;
      upper[i] = mean[i] + width;
      lower[i] = mean[i] - width;
    }
    return [upper, mean, lower];
  });
  return { upper, middle, lower };
}
