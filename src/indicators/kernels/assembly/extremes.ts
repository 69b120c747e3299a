import { clearBefore, getPair, putPair, zeroBeside } from './columns';
import { smaFrom } from './means';

/** out ← x. */
function copy(x: usize, out: usize, bars: i32): void {
  memory.copy(out, x, <usize>bars << 3);
}

/**
 * In place, the highest of the last `window` values from bar window − 1 on, the later of equals: maxima over 2, 4, 8 … bars,
 * then two that overlap. From the end on, so that what is read is not yet overwritten.
 */
function highestInPlace(x: usize, bars: i32, window: i32): void {
  let span = 1;
  while (span < window) {
    const reach = 2 * span <= window ? span : window - span;
    for (let i = (bars - 1) & ~1; i >= reach; i -= 2) {
      putPair(x, i, f64x2.pmax(getPair(x, i), getPair(x, i - reach)));
    }
    // The pair that straddles bar `reach`, where that is odd.
    if (reach & 1 && reach < bars) {
      const at = x + (<usize>reach << 3);
      const value = load<f64>(at);
      const earlier = load<f64>(x);
      store<f64>(at, value < earlier ? earlier : value);
    }
    span += reach;
  }
}

/** Likewise the lowest. */
function lowestInPlace(x: usize, bars: i32, window: i32): void {
  let span = 1;
  while (span < window) {
    const reach = 2 * span <= window ? span : window - span;
    for (let i = (bars - 1) & ~1; i >= reach; i -= 2) {
      putPair(x, i, f64x2.pmin(getPair(x, i), getPair(x, i - reach)));
    }
    if (reach & 1 && reach < bars) {
      const at = x + (<usize>reach << 3);
      const value = load<f64>(at);
      const earlier = load<f64>(x);
      store<f64>(at, earlier < value ? earlier : value);
    }
    span += reach;
  }
}

export function stoch(
  high: usize,
  low: usize,
  close: usize,
  k: usize,
  d: usize,
  bars: i32,
  fastK: i32,
  slowK: i32,
  slowD: i32,
  work: usize,
  stride: usize,
): void {
  const first = fastK + slowK + slowD - 3;
  if (first >= bars) {
    clearBefore(k, bars, bars);
    clearBefore(d, bars, bars);
    return;
  }
  const highest = work;
  const lowest = work + stride;
  copy(high, highest, bars);
  copy(low, lowest, bars);
  highestInPlace(highest, bars, fastK);
  lowestInPlace(lowest, bars, fastK);
  const hundred = f64x2.splat(100);
  for (let i = fastK - 1; i < bars; i += 2) {
    const top = getPair(highest, i);
    const bottom = getPair(lowest, i);
    const range = f64x2.sub(top, bottom);
    const flat = zeroBeside(range, f64x2.add(f64x2.abs(top), f64x2.abs(bottom)));
    const place = f64x2.div(f64x2.sub(getPair(close, i), bottom), f64x2.div(range, hundred));
    putPair(highest, i, v128.andnot(place, flat));
  }
  smaFrom(highest, k, bars, slowK, fastK - 1);
  smaFrom(k, d, bars, slowD, fastK + slowK - 2);
  clearBefore(k, first, bars);
}

export function willr(
  high: usize,
  low: usize,
  close: usize,
  out: usize,
  bars: i32,
  period: i32,
  work: usize,
  stride: usize,
): void {
  const highest = work;
  const lowest = work + stride;
  copy(high, highest, bars);
  copy(low, lowest, bars);
  highestInPlace(highest, bars, period);
  lowestInPlace(lowest, bars, period);
  const hundred = f64x2.splat(-100);
  for (let i = period - 1; i < bars; i += 2) {
    const top = getPair(highest, i);
    const bottom = getPair(lowest, i);
    const range = f64x2.sub(top, bottom);
    const flat = zeroBeside(range, f64x2.add(f64x2.abs(top), f64x2.abs(bottom)));
    const place = f64x2.div(f64x2.sub(top, getPair(close, i)), f64x2.div(range, hundred));
    putPair(out, i, v128.andnot(place, flat));
  }
  clearBefore(out, period - 1, bars);
}

/**
 * `places` ← how many bars ago the highest (or, of negated values, the lowest) of the last `window` values was, the later of
 * equals; `x` is overwritten with that value. As highestInPlace, with the distance carried along.
 */
function sinceHighest(x: usize, places: usize, bars: i32, window: i32): void {
  memory.fill(places, 0, <usize>bars << 3);
  let span = 1;
  while (span < window) {
    const reach = 2 * span <= window ? span : window - span;
    const distance = f64x2.splat(<f64>reach);
    let i = (bars - 1) & ~1;
    for (; i >= reach; i -= 2) {
      const now = getPair(x, i);
      const earlier = getPair(x, i - reach);
      const passed = f64x2.lt(now, earlier);
      putPair(x, i, v128.bitselect(earlier, now, passed));
      const ago = f64x2.add(getPair(places, i - reach), distance);
      putPair(places, i, v128.bitselect(ago, getPair(places, i), passed));
    }
    if (reach & 1 && reach < bars) {
      const at = <usize>reach << 3;
      const now = load<f64>(x + at);
      const earlier = load<f64>(x);
      if (now < earlier) {
        store<f64>(x + at, earlier);
        store<f64>(places + at, load<f64>(places) + <f64>reach);
      }
    }
    span += reach;
  }
}

export function aroonosc(
  high: usize,
  low: usize,
  out: usize,
  bars: i32,
  period: i32,
  work: usize,
  stride: usize,
): void {
  const values = work;
  const sinceHigh = work + stride;
  const sinceLow = sinceHigh + stride;
  copy(high, values, bars);
  sinceHighest(values, sinceHigh, bars, period + 1);
  for (let i = 0; i < bars; i += 2) putPair(values, i, f64x2.neg(getPair(low, i)));
  sinceHighest(values, sinceLow, bars, period + 1);
  const perBar = f64x2.splat(100 / <f64>period);
  const whole = f64x2.splat(<f64>period);
  for (let i = period; i < bars; i += 2) {
    const up = f64x2.mul(perBar, f64x2.sub(whole, getPair(sinceHigh, i)));
    const down = f64x2.mul(perBar, f64x2.sub(whole, getPair(sinceLow, i)));
    putPair(out, i, f64x2.sub(up, down));
  }
  clearBefore(out, period, bars);
}
