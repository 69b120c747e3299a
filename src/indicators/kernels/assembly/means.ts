import { clearBefore, get, isZero, put } from './columns';

/** Running-sum mean; the values before `from` are not there yet. */
export function smaFrom(x: usize, out: usize, bars: i32, period: i32, from: i32): void {
  const first = from + period - 1;
  clearBefore(out, first, bars);
  if (first >= bars) return;
  const divisor = <f64>period;
  let sum: f64 = 0;
  for (let i = from; i < first; i++) sum += get(x, i);
  for (let i = first; i < bars; i++) {
    sum += get(x, i);
    put(out, i, sum / divisor);
    sum -= get(x, i - period + 1);
  }
}

export function sma(x: usize, out: usize, bars: i32, period: i32): void {
  smaFrom(x, out, bars, period, 0);
}

/** Seeded with the simple mean of the first `period` values. */
export function ema(x: usize, out: usize, bars: i32, period: i32): void {
  clearBefore(out, period - 1, bars);
  if (period > bars) return;
  let mean: f64 = 0;
  for (let i = 0; i < period; i++) mean += get(x, i);
  mean /= <f64>period;
  put(out, period - 1, mean);
  const weight: f64 = 2 / <f64>(period + 1);
  for (let i = period; i < bars; i++) {
    mean = (get(x, i) - mean) * weight + mean;
    put(out, i, mean);
  }
}

export function wma(x: usize, out: usize, bars: i32, period: i32): void {
  clearBefore(out, period - 1, bars);
  if (period > bars) return;
  const divider = (<f64>period * <f64>(period + 1)) / 2;
  const newest = <f64>period;
  let plain: f64 = 0;
  let weighted: f64 = 0;
  for (let i = 0; i < period - 1; i++) {
    plain += get(x, i);
    weighted += get(x, i) * <f64>(i + 1);
  }
  for (let i = period - 1; i < bars; i++) {
    const value = get(x, i);
    plain += value;
    weighted += value * newest;
    put(out, i, weighted / divider);
    // Every weight falls by one for the next bar, and the oldest bar, now of weight 0, leaves the plain sum.
    weighted -= plain;
    plain -= get(x, i - period + 1);
  }
}

/** DEMA, TEMA and TRIX of one period: combinations of the same means. */
export function nested(x: usize, dema: usize, tema: usize, trix: usize, bars: i32, period: i32): void {
  const step = period - 1;
  clearBefore(dema, 2 * step, bars);
  clearBefore(tema, 3 * step, bars);
  clearBefore(trix, 3 * step + 1, bars);
  const divisor = <f64>period;
  const weight: f64 = 2 / <f64>(period + 1);
  let e1: f64 = 0;
  let e2: f64 = 0;
  let e3: f64 = 0;
  const warm = min(3 * step + 1, bars);
  for (let i = 0; i < warm; i++) {
    if (i > step) e1 = (get(x, i) - e1) * weight + e1;
    else {
      e1 += get(x, i);
      if (i < step) continue;
      e1 /= divisor;
    }
    if (i > 2 * step) e2 = (e1 - e2) * weight + e2;
    else {
      e2 += e1;
      if (i < 2 * step) continue;
      e2 /= divisor;
    }
    put(dema, i, 2 * e1 - e2);
    e3 += e2;
    if (i < 3 * step) continue;
    e3 /= divisor;
    put(tema, i, e3 + (3 * e1 - 3 * e2));
  }
  for (let i = warm; i < bars; i++) {
    const earlier = e3;
    e1 = (get(x, i) - e1) * weight + e1;
    e2 = (e1 - e2) * weight + e2;
    e3 = (e2 - e3) * weight + e3;
    put(dema, i, 2 * e1 - e2);
    put(tema, i, e3 + (3 * e1 - 3 * e2));
    put(trix, i, earlier == 0 ? 0 : (e3 / earlier - 1) * 100);
  }
}

/** Kaufman's smoothing constants: an EMA of 2 bars in a pure trend, of 30 in pure noise. */
const FASTEST: f64 = 2 / (2.0 + 1);
const SLOWEST: f64 = 2 / (30.0 + 1);

export function kama(x: usize, out: usize, bars: i32, period: i32): void {
  clearBefore(out, period, bars);
  if (period >= bars) return;
  let path: f64 = 0;
  for (let i = 1; i < period; i++) path += Math.abs(get(x, i) - get(x, i - 1));
  let mean = get(x, period - 1);
  for (let i = period; i < bars; i++) {
    const value = get(x, i);
    const oldest = get(x, i - period);
    if (i > period) path -= Math.abs(get(x, i - period - 1) - oldest);
    path += Math.abs(value - get(x, i - 1));
    const change = value - oldest;
    const efficiency: f64 = path <= change || isZero(path) ? 1 : Math.abs(change / path);
    const root = efficiency * (FASTEST - SLOWEST) + SLOWEST;
    mean = (value - mean) * (root * root) + mean;
    put(out, i, mean);
  }
}

export function macd(
  x: usize,
  line: usize,
  smoothed: usize,
  histogram: usize,
  bars: i32,
  fast: i32,
  slow: i32,
  signal: i32,
): void {
  const first = slow + signal - 2;
  clearBefore(line, first, bars);
  clearBefore(smoothed, first, bars);
  clearBefore(histogram, first, bars);
  if (first >= bars) return;
  const fastWeight: f64 = 2 / <f64>(fast + 1);
  const slowWeight: f64 = 2 / <f64>(slow + 1);
  const signalWeight: f64 = 2 / <f64>(signal + 1);
  let fastMean: f64 = 0;
  let slowMean: f64 = 0;
  for (let i = 0; i < slow; i++) slowMean += get(x, i);
  for (let i = slow - fast; i < slow; i++) fastMean += get(x, i);
  fastMean /= <f64>fast;
  slowMean /= <f64>slow;
  let difference = fastMean - slowMean;
  let mean = difference;
  for (let i = slow; i <= first; i++) {
    fastMean = (get(x, i) - fastMean) * fastWeight + fastMean;
    slowMean = (get(x, i) - slowMean) * slowWeight + slowMean;
    difference = fastMean - slowMean;
    mean += difference;
  }
  mean /= <f64>signal;
  put(line, first, difference);
  put(smoothed, first, mean);
  put(histogram, first, difference - mean);
  for (let i = first + 1; i < bars; i++) {
    fastMean = (get(x, i) - fastMean) * fastWeight + fastMean;
    slowMean = (get(x, i) - slowMean) * slowWeight + slowMean;
    difference = fastMean - slowMean;
    mean = (difference - mean) * signalWeight + mean;
    put(line, i, difference);
    put(smoothed, i, mean);
    put(histogram, i, difference - mean);
  }
}
