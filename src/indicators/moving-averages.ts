import { checkPeriod, overRuns, undefinedSeries } from './runs.js';

/** Running-sum mean of the last `period` values; the values before `from` are not there yet. */
export function smaOfRun(values: Float64Array, period: number, from = 0): Float64Array {
  const out = undefinedSeries(values.length);
  const first = from + period - 1;
  let sum = 0;
  for (let i = from; i < values.length; i++) {
    sum += values[i];
    if (i < first) continue;
    out[i] = sum / period;
    sum -= values[i - period + 1];
  }
  return out;
}

/** Exponential mean with weight 2 / (period + 1), seeded with the simple mean of the first `period` values. */
export function emaOfRun(values: Float64Array, period: number, from = 0): Float64Array {
  const out = undefinedSeries(values.length);
  const first = from + period - 1;
  if (first >= values.length) return out;
  let sum = 0;
  for (let i = from; i <= first; i++) sum += values[i];
  const weight = 2 / (period + 1);
  let ema = sum / period;
  out[first] = ema;
  for (let i = first + 1; i < values.length; i++) {
    ema = (values[i] - ema) * weight + ema;
    out[i] = ema;
  }
  return out;
}

function wmaOfRun(values: Float64Array, period: number): Float64Array {
  const out = undefinedSeries(values.length);
  const divider = (period * (period + 1)) / 2;
  let plain = 0;
  let weighted = 0;
  for (let i = 0; i < values.length; i++) {
    plain += values[i];
    if (i < period - 1) {
      weighted += values[i] * (i + 1);
      continue;
    }
    weighted += values[i] * period;
    out[i] = weighted / divider;
    // Every weight falls by one for the next bar, and the oldest bar, now of weight 0, leaves the plain sum.
    weighted -= plain;
    plain -= values[i - period + 1];
  }
  return out;
}

/** Simple moving average; TA-Lib SMA. Defined from bar `period` on. */
export function sma(values: Float64Array, period = 30): Float64Array {
  checkPeriod('SMA', 'period', period, 2);
  return overRuns([values], 1, ([x]) => [smaOfRun(x, period)])[0];
}

/** Exponential moving average seeded with a simple one; TA-Lib EMA. Defined from bar `period` on. */
export function ema(values: Float64Array, period = 30): Float64Array {
  checkPeriod('EMA', 'period', period, 2);
  return overRuns([values], 1, ([x]) => [emaOfRun(x, period)])[0];
}

/** Linearly weighted moving average, weights 1 … period; TA-Lib WMA. Defined from bar `period` on. */
export function wma(values: Float64Array, period = 30): Float64Array {
  checkPeriod('WMA', 'period', period, 2);
  return overRuns([values], 1, ([x]) => [wmaOfRun(x, period)])[0];
}
