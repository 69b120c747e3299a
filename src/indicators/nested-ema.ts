import { emaOfRun } from './moving-averages.js';
import { checkPeriod, overRuns, undefinedSeries } from './runs.js';

/** EMA in place of the values from index `from` on, those before `from` are not there yet. */
function emaInPlace(values: Float64Array, period: number, from: number): void {
  const first = from + period - 1;
  if (first >= values.length) return;
  let ema = 0;
  for (let i = from; i <= first; i++) ema += values[i];
  ema /= period;
  values[first] = ema;
  const weight = 2 / (period + 1);
  for (let i = first + 1; i < values.length; i++) {
    ema = (values[i] - ema) * weight + ema;
    values[i] = ema;
  }
}

/** Double EMA, 2·EMA − EMA(EMA) (Mulloy 1994); TA-Lib DEMA. Defined from index 2·(period − 1). */
export function dema(values: Float64Array, period = 30): Float64Array {
  checkPeriod('DEMA', 'period', period, 2);
  return overRuns([values], 1, ([x]) => {
    const out = emaOfRun(x, period);
    const second = out.slice();
    emaInPlace(second, period, period - 1);
    const defined = Math.min(2 * (period - 1), x.length);
    for (let i = defined; i < x.length; i++) out[i] = 2 * out[i] - second[i];
    return [out.fill(Number.NaN, 0, defined)];
  })[0];
}

/** Triple EMA, 3·EMA − 3·EMA² + EMA³ (Mulloy 1994); TA-Lib TEMA. Defined from index 3·(period − 1). */
export function tema(values: Float64Array, period = 30): Float64Array {
  checkPeriod('TEMA', 'period', period, 2);
  return overRuns([values], 1, ([x]) => {
    const out = emaOfRun(x, period);
    const second = out.slice();
    emaInPlace(second, period, period - 1);
    const third = second.slice();
    emaInPlace(third, period, 2 * (period - 1));
    const defined = Math.min(3 * (period - 1), x.length);
    for (let i = defined; i < x.length; i++) out[i] = third[i] + (3 * out[i] - 3 * second[i]);
    return [out.fill(Number.NaN, 0, defined)];
  })[0];
}

/** One-bar rate of change, in percent, of a triple-smoothed EMA; TA-Lib TRIX. Defined from index 3·(period − 1) + 1. */
export function trix(values: Float64Array, period = 30): Float64Array {
  checkPeriod('TRIX', 'period', period, 1);
  return overRuns([values], 1, ([x]) => {
    const smooth = emaOfRun(x, period);
    emaInPlace(smooth, period, period - 1);
    emaInPlace(smooth, period, 2 * (period - 1));
    const out = undefinedSeries(x.length);
    for (let i = 3 * (period - 1) + 1; i < x.length; i++) {
      out[i] = smooth[i - 1] === 0 ? 0 : (smooth[i] / smooth[i - 1] - 1) * 100;
    }
    return [out];
  })[0];
}
