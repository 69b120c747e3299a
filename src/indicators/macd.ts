import { checkPeriod, overRuns, undefinedSeries } from './runs.js';

export interface Macd {
  /** Fast EMA − slow EMA. */
  readonly macd: Float64Array;
  /** EMA of `macd`. */
  readonly signal: Float64Array;
  /** macd − signal. */
  readonly histogram: Float64Array;
}

/** One pass, without a series for the two means. */
function macdOfRun(x: Float64Array, fast: number, slow: number, signal: number): Float64Array[] {
  const outputs = [undefinedSeries(x.length), undefinedSeries(x.length), undefinedSeries(x.length)];
  const [line, smoothed, histogram] = outputs;
  const first = slow + signal - 2;
  if (first >= x.length) return outputs;
  const fastWeight = 2 / (fast + 1);
  const slowWeight = 2 / (slow + 1);
  const signalWeight = 2 / (signal + 1);
  let fastMean = 0;
  let slowMean = 0;
  for (let i = 0; i < slow; i++) slowMean += x[i];
  for (let i = slow - fast; i < slow; i++) fastMean += x[i];
  fastMean /= fast;
  slowMean /= slow;
  let mean = fastMean - slowMean;
  for (let i = slow - 1; i < x.length; i++) {
    if (i >= slow) {
      fastMean = (x[i] - fastMean) * fastWeight + fastMean;
      slowMean = (x[i] - slowMean) * slowWeight + slowMean;
    }
    const difference = fastMean - slowMean;
    if (i > first) mean = (difference - mean) * signalWeight + mean;
    else {
      if (i >= slow) mean += difference;
      if (i < first) continue;
      mean /= signal;
    }
    line[i] = difference;
    smoothed[i] = mean;
    histogram[i] = difference - mean;
  }
  return outputs;
}

/**
 * Moving average convergence divergence (Appel); TA-Lib MACD. Both EMAs are seeded so that their first value falls on bar
 * `slow`; all three outputs are defined from index slow + signal − 2.
 */
export function macd(values: Float64Array, fast = 12, slow = 26, signal = 9): Macd {
  checkPeriod('MACD', 'fast', fast, 2);
  checkPeriod('MACD', 'slow', slow, fast + 1);
  checkPeriod('MACD', 'signal', signal, 1);
  const [line, signalLine, histogram] = overRuns([values], 3, ([x]) => macdOfRun(x, fast, slow, signal));
  return { macd: line, signal: signalLine, histogram };
}
