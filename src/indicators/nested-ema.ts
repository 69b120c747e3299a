import { emaOfRun } from './moving-averages.js';
import { checkPeriod, overRuns, undefinedSeries } from './runs.js';

/** EMA, EMA of the EMA, and so on: element k is defined from index (k + 1)·(period − 1). */
function nestedEmas(values: Float64Array, period: number, depth: number): Float64Array[] {
  const levels = [emaOfRun(values, period)];
  for (let level = 1; level < depth; level++) levels.push(emaOfRun(levels[level - 1], period, level * (period - 1)));
  return levels;
}

/** Double EMA, 2·EMA − EMA(EMA) (Mulloy 1994); TA-Lib DEMA. Defined from index 2·(period − 1). */
export function dema(values: Float64Array, period = 30): Float64Array {
  checkPeriod('DEMA', 'period', period, 2);
  return overRuns([values], 1, ([x]) => {
    const [first, second] = nestedEmas(x, period, 2);
    const out = undefinedSeries(x.length);
    for (let i = 2 * (period - 1); i < x.length; i++) out[i] = 2 * first[i] - second[i];
    return [out];
  })[0];
}

/** Triple EMA, 3·EMA − 3·EMA² + EMA³ (Mulloy 1994); TA-Lib TEMA. Defined from index 3·(period − 1). */
export function tema(values: Float64Array, period = 30): Float64Array {
  checkPeriod('TEMA', 'period', period, 2);
  return overRuns([values], 1, ([x]) => {
    const [first, second, third] = nestedEmas(x, period, 3);
    const out = undefinedSeries(x.length);
    for (let i = 3 * (period - 1); i < x.length; i++) out[i] = third[i] + (3 * first[i] - 3 * second[i]);
    return [out];
  })[0];
}

/** One-bar rate of change, in percent, of a triple-smoothed EMA; TA-Lib TRIX. Defined from index 3·(period − 1) + 1. */
export function trix(values: Float64Array, period = 30): Float64Array {
  checkPeriod('TRIX', 'period', period, 1);
  return overRuns([values], 1, ([x]) => {
    const smooth = nestedEmas(x, period, 3)[2];
    const out = undefinedSeries(x.length);
    for (let i = 3 * (period - 1) + 1; i < x.length; i++) {
      out[i] = smooth[i - 1] === 0 ? 0 : (smooth[i] / smooth[i - 1] - 1) * 100;
    }
    return [out];
  })[0];
}
