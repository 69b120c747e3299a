import { clearBefore, get, getPair, isZero, put, putPair, zeros } from './columns';

/** out[i] ← true range of bar i, from bar 1 on. */
function trueRange(high: usize, low: usize, close: usize, out: usize, bars: i32): void {
  for (let i = 1; i < bars; i += 2) {
    const h = getPair(high, i);
    const l = getPair(low, i);
    const before = getPair(close, i - 1);
    const above = f64x2.abs(f64x2.sub(h, before));
    const below = f64x2.abs(f64x2.sub(l, before));
    putPair(out, i, f64x2.max(f64x2.max(f64x2.sub(h, l), above), below));
  }
}

export function atr(high: usize, low: usize, close: usize, out: usize, bars: i32, period: i32): void {
  trueRange(high, low, close, out, bars);
  if (period < bars) {
    const kept = <f64>(period - 1) / <f64>period;
    const share: f64 = 1 / <f64>period;
    let mean: f64 = 0;
    for (let i = 1; i <= period; i++) mean += get(out, i);
    mean *= share;
    put(out, period, mean);
    for (let i = period + 1; i < bars; i++) {
      mean = mean * kept + get(out, i) * share;
      put(out, i, mean);
    }
  }
  clearBefore(out, period, bars);
}

/** Wilder's +DI, −DI and ADX together: in pairs of bars but for the running sums and the mean. */
export function directional(
  high: usize,
  low: usize,
  close: usize,
  plus: usize,
  minus: usize,
  adx: usize,
  bars: i32,
  period: i32,
  work: usize,
): void {
  const first = 2 * period - 1;
  if (period >= bars) {
    clearBefore(plus, bars, bars);
    clearBefore(minus, bars, bars);
    clearBefore(adx, bars, bars);
    return;
  }
  trueRange(high, low, close, work, bars);
  const nothing = f64x2.splat(0);
  for (let i = 1; i < bars; i += 2) {
    const up = f64x2.sub(getPair(high, i), getPair(high, i - 1));
    const down = f64x2.sub(getPair(low, i - 1), getPair(low, i));
    putPair(plus, i, v128.and(up, v128.and(f64x2.gt(up, nothing), f64x2.gt(up, down))));
    putPair(minus, i, v128.and(down, v128.and(f64x2.gt(down, nothing), f64x2.lt(up, down))));
  }
  const kept = <f64>(period - 1) / <f64>period;
  const share: f64 = 1 / <f64>period;
  let plusSum: f64 = 0;
  let minusSum: f64 = 0;
  let range: f64 = 0;
  for (let i = 1; i < period; i++) {
    plusSum += get(plus, i);
    minusSum += get(minus, i);
    range += get(work, i);
  }
  for (let i = period; i < bars; i++) {
    plusSum = plusSum * kept + get(plus, i);
    minusSum = minusSum * kept + get(minus, i);
    range = range * kept + get(work, i);
    put(plus, i, plusSum);
    put(minus, i, minusSum);
    put(work, i, range);
  }
  const hundred = f64x2.splat(100);
  for (let i = period; i < bars; i += 2) {
    const ranges = getPair(work, i);
    const flat = zeros(ranges);
    const rising = v128.andnot(f64x2.mul(hundred, f64x2.div(getPair(plus, i), ranges)), flat);
    const falling = v128.andnot(f64x2.mul(hundred, f64x2.div(getPair(minus, i), ranges)), flat);
    putPair(plus, i, rising);
    putPair(minus, i, falling);
    const sum = f64x2.add(rising, falling);
    const dx = f64x2.mul(hundred, f64x2.div(f64x2.abs(f64x2.sub(falling, rising)), sum));
    // NaN where the two lines vanish.
    putPair(work, i, v128.or(dx, zeros(sum)));
  }
  let mean: f64 = 0;
  for (let i = period; i <= first && i < bars; i++) {
    const dx = get(work, i);
    if (dx == dx) mean += dx;
  }
  mean *= share;
  if (first < bars) put(adx, first, mean);
  for (let i = first + 1; i < bars; i++) {
    const dx = get(work, i);
    if (dx == dx) mean = mean * kept + dx * share;
    put(adx, i, mean);
  }
  clearBefore(plus, period, bars);
  clearBefore(minus, period, bars);
  clearBefore(adx, first, bars);
}

/** The periods in rising order. The sums begin with what the first output needs, so that their rounding is TA-Lib's. */
export function ultosc(
  high: usize,
  low: usize,
  close: usize,
  out: usize,
  bars: i32,
  short: i32,
  medium: i32,
  long: i32,
  work: usize,
  stride: usize,
): void {
  clearBefore(out, long, bars);
  if (long >= bars) return;
  const pressure = work;
  const range = work + stride;
  trueRange(high, low, close, range, bars);
  for (let i = 1; i < bars; i += 2) {
    putPair(pressure, i, f64x2.sub(getPair(close, i), f64x2.min(getPair(low, i), getPair(close, i - 1))));
  }
  // Pressure and range of a span side by side.
  let sums1 = f64x2.splat(0);
  let sums2 = sums1;
  let sums3 = sums1;
  for (let i = 1; i < long; i++) {
    const now = both(pressure, range, i);
    if (i > long - short) sums1 = f64x2.add(sums1, now);
    if (i > long - medium) sums2 = f64x2.add(sums2, now);
    sums3 = f64x2.add(sums3, now);
  }
  for (let i = long; i < bars; i++) {
    const now = both(pressure, range, i);
    sums1 = f64x2.add(sums1, now);
    sums2 = f64x2.add(sums2, now);
    sums3 = f64x2.add(sums3, now);
    put(out, i, (4 * share(sums1) + 2 * share(sums2) + share(sums3)) * (100.0 / 7));
    sums1 = f64x2.sub(sums1, both(pressure, range, i - short + 1));
    sums2 = f64x2.sub(sums2, both(pressure, range, i - medium + 1));
    sums3 = f64x2.sub(sums3, both(pressure, range, i - long + 1));
  }
}

function both(pressure: usize, range: usize, i: i32): v128 {
  return v128.load64_lane(range + (<usize>i << 3), v128.load64_splat(pressure + (<usize>i << 3)), 1);
}

/** Pressure over range, 0 where nothing ranged. */
function share(sums: v128): f64 {
  const range = f64x2.extract_lane(sums, 1);
  return isZero(range) ? 0 : f64x2.extract_lane(sums, 0) / range;
}
