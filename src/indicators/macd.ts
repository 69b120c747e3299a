import { emaOfRun } from './moving-averages.js';
import { checkPeriod, overRuns, undefinedSeries } from './runs.js';

export interface Macd {
  /** Fast EMA − slow EMA. */
  readonly macd: Float64Array;
  /** EMA of `macd`. */
  readonly signal: Float64Array;
  /** macd − signal. */
  readonly histogram: Float64Array;
}

/**
 * Moving average convergence divergence (Appel); TA-Lib MACD. Both EMAs are seeded so that their first value falls on bar
 * `slow`; all three outputs are defined from index slow + signal − 2.
 */
export function macd(values: Float64Array, fast = 12, slow = 26, signal = 9): Macd {
  checkPeriod('MACD', 'fast', fast, 2);
  checkPeriod('MACD', 'slow', slow, fast + 1);
  checkPeriod('MACD', 'signal', signal, 1);
  const [line, signalLine, histogram] = overRuns([values], 3, ([x]) => {
    const fastEma = emaOfRun(x, fast, slow - fast);
    const slowEma = emaOfRun(x, slow);
    const difference = undefinedSeries(x.length);
    for (let i = slow - 1; i < x.length; i++) difference[i] = fastEma[i] - slowEma[i];
    const smoothed = emaOfRun(difference, signal, slow - 1);
    const shown = undefinedSeries(x.length);
    const first = slow + signal - 2;
    shown.set(difference.subarray(first), Math.min(first, x.length));
    const gap = undefinedSeries(x.length);
    for (let i = first; i < x.length; i++) gap[i] = difference[i] - smoothed[i];
    return [shown, smoothed, gap];
  });
  return { macd: line, signal: signalLine, histogram };
}
