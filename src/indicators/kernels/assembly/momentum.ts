import { clearBefore, get, getPair, put, putPair, zeroBeside, zeros } from './columns';

export function mom(x: usize, out: usize, bars: i32, period: i32): void {
  for (let i = period; i < bars; i += 2) putPair(out, i, f64x2.sub(getPair(x, i), getPair(x, i - period)));
  clearBefore(out, period, bars);
}

export function roc(x: usize, out: usize, bars: i32, period: i32): void {
  const one = f64x2.splat(1);
  const hundred = f64x2.splat(100);
  const nothing = f64x2.splat(0);
  for (let i = period; i < bars; i += 2) {
    const earlier = getPair(x, i - period);
    const change = f64x2.mul(f64x2.sub(f64x2.div(getPair(x, i), earlier), one), hundred);
    putPair(out, i, v128.and(change, f64x2.ne(earlier, nothing)));
  }
  clearBefore(out, period, bars);
}

/** Gains and losses, Wilder's mean of each, and the share of the gains: in pairs of bars but for the means. */
export function rsi(x: usize, out: usize, bars: i32, period: i32, work: usize): void {
  if (period >= bars) {
    clearBefore(out, bars, bars);
    return;
  }
  const nothing = f64x2.splat(0);
  for (let i = 1; i < bars; i += 2) {
    const change = f64x2.sub(getPair(x, i), getPair(x, i - 1));
    putPair(out, i, f64x2.pmax(nothing, change));
    putPair(work, i, f64x2.pmax(nothing, f64x2.neg(change)));
  }
  const kept = <f64>(period - 1) / <f64>period;
  const share: f64 = 1 / <f64>period;
  let gain: f64 = 0;
  let loss: f64 = 0;
  for (let i = 1; i <= period; i++) {
    gain += get(out, i);
    loss += get(work, i);
  }
  gain *= share;
  loss *= share;
  put(out, period, gain);
  put(work, period, loss);
  for (let i = period + 1; i < bars; i++) {
    gain = gain * kept + get(out, i) * share;
    loss = loss * kept + get(work, i) * share;
    put(out, i, gain);
    put(work, i, loss);
  }
  const hundred = f64x2.splat(100);
  for (let i = period; i < bars; i += 2) {
    const gains = getPair(out, i);
    const sum = f64x2.add(gains, getPair(work, i));
    putPair(out, i, v128.andnot(f64x2.mul(hundred, f64x2.div(gains, sum)), zeros(sum)));
  }
  clearBefore(out, period, bars);
}

/** Lambert's constant. */
const LAMBERT: f64 = 0.015;

/**
 * Sums in the order of TA-Lib's ring of `period` values, in which bar i has place i mod period: on flat prices the last bits
 * decide. The places before the current one were filled since the last wrap, so their sum runs along.
 */
export function cci(
  high: usize,
  low: usize,
  close: usize,
  out: usize,
  bars: i32,
  period: i32,
  work: usize,
): void {
  if (period > bars) {
    clearBefore(out, bars, bars);
    return;
  }
  const typical = work;
  const three = f64x2.splat(3);
  for (let i = 0; i < bars; i += 2) {
    putPair(typical, i, f64x2.div(f64x2.add(f64x2.add(getPair(high, i), getPair(low, i)), getPair(close, i)), three));
  }
  const divisors = f64x2.splat(<f64>period);
  const lambert = f64x2.splat(LAMBERT);
  // Two bars of one turn of the ring at a time: they share all values but the oldest of the first and the second itself.
  for (let wrap = 0; wrap < bars; wrap += period) {
    const end = min(wrap + period, bars);
    let since: f64 = 0;
    for (let i = wrap; i < end; i += 2) {
      const first = since + get(typical, i);
      since = first + get(typical, i + 1);
      if (i + 1 < period - 1) continue;
      const oldest = max(i - period + 1, 0);
      const own = f64x2.replace_lane(f64x2.splat(get(typical, oldest)), 1, get(typical, i + 1));
      // The last place of an odd ring has no second, and all its values are of this turn.
      const paired = i + 1 < wrap + period;
      let sums = f64x2.splat(first);
      if (paired) sums = f64x2.add(sums, own);
      for (let j = oldest + 1; j < wrap; j++) sums = f64x2.add(sums, v128.load64_splat(typical + (<usize>j << 3)));
      const means = f64x2.div(sums, divisors);
      let deviations = f64x2.splat(0);
      for (let j = wrap; j <= i; j++) {
        deviations = f64x2.add(deviations, f64x2.abs(f64x2.sub(v128.load64_splat(typical + (<usize>j << 3)), means)));
      }
      if (paired) deviations = f64x2.add(deviations, f64x2.abs(f64x2.sub(own, means)));
      for (let j = oldest + 1; j < wrap; j++) {
        deviations = f64x2.add(deviations, f64x2.abs(f64x2.sub(v128.load64_splat(typical + (<usize>j << 3)), means)));
      }
      deviations = f64x2.div(deviations, divisors);
      const distances = f64x2.sub(getPair(typical, i), means);
      const level = f64x2.abs(means);
      const flat = v128.or(zeroBeside(distances, level), zeroBeside(deviations, level));
      const index = v128.andnot(f64x2.div(distances, f64x2.mul(lambert, deviations)), flat);
      putPair(out, i, index);
    }
  }
  clearBefore(out, period - 1, bars);
}
