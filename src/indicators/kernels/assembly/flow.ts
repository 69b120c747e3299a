import { clearBefore, get, getPair, put, putPair, zeroBeside } from './columns';

/** Sums volume signed by the change of the close, begun with the first bar's volume. */
export function obv(close: usize, volume: usize, out: usize, bars: i32): void {
  if (bars == 0) return;
  for (let i = 1; i < bars; i += 2) {
    const now = getPair(close, i);
    const earlier = getPair(close, i - 1);
    const traded = getPair(volume, i);
    const rise = v128.and(traded, f64x2.gt(now, earlier));
    const fall = v128.and(f64x2.neg(traded), f64x2.lt(now, earlier));
    putPair(out, i, v128.or(rise, fall));
  }
  let total = get(volume, 0) + 0;
  put(out, 0, total);
  for (let i = 1; i < bars; i++) {
    total += get(out, i);
    put(out, i, total);
  }
}

export function adosc(
  high: usize,
  low: usize,
  close: usize,
  volume: usize,
  out: usize,
  bars: i32,
  fast: i32,
  slow: i32,
): void {
  const nothing = f64x2.splat(0);
  for (let i = 0; i < bars; i += 2) {
    const h = getPair(high, i);
    const l = getPair(low, i);
    const c = getPair(close, i);
    const range = f64x2.sub(h, l);
    const place = f64x2.div(f64x2.sub(f64x2.sub(c, l), f64x2.sub(h, c)), range);
    putPair(out, i, v128.and(f64x2.mul(place, getPair(volume, i)), f64x2.gt(range, nothing)));
  }
  if (bars == 0) return;
  const fastWeight: f64 = 2 / <f64>(fast + 1);
  const slowWeight: f64 = 2 / <f64>(slow + 1);
  const first = max(fast, slow) - 1;
  let line = get(out, 0) + 0;
  let fastMean = line;
  let slowMean = line;
  for (let i = 1; i < bars; i++) {
    put(out, i - 1, fastMean - slowMean);
    line += get(out, i);
    fastMean = fastWeight * line + (1 - fastWeight) * fastMean;
    slowMean = slowWeight * line + (1 - slowWeight) * slowMean;
  }
  put(out, bars - 1, fastMean - slowMean);
  clearBefore(out, first, bars);
}

export function mfi(
  high: usize,
  low: usize,
  close: usize,
  volume: usize,
  out: usize,
  bars: i32,
  period: i32,
  work: usize,
  stride: usize,
): void {
  clearBefore(out, period, bars);
  if (period >= bars) return;
  const inflow = work;
  const outflow = work + stride;
  const typical = outflow + stride;
  const three = f64x2.splat(3);
  for (let i = 0; i < bars; i += 2) {
    putPair(typical, i, f64x2.div(f64x2.add(f64x2.add(getPair(high, i), getPair(low, i)), getPair(close, i)), three));
  }
  for (let i = 1; i < bars; i += 2) {
    const price = getPair(typical, i);
    const change = f64x2.sub(price, getPair(typical, i - 1));
    const money = v128.andnot(f64x2.mul(price, getPair(volume, i)), zeroBeside(change, f64x2.abs(price)));
    const rose = f64x2.gt(change, f64x2.splat(0));
    putPair(inflow, i, v128.and(money, rose));
    putPair(outflow, i, v128.andnot(money, rose));
  }
  let inSum: f64 = 0;
  let outSum: f64 = 0;
  let moving = 0;
  for (let i = 1; i < bars; i++) {
    if (i > period) {
      const oldIn = get(inflow, i - period);
      const oldOut = get(outflow, i - period);
      inSum -= oldIn;
      outSum -= oldOut;
      moving -= i32(oldIn + oldOut != 0);
    }
    const nowIn = get(inflow, i);
    const nowOut = get(outflow, i);
    inSum += nowIn;
    outSum += nowOut;
    moving += i32(nowIn + nowOut != 0);
    if (i < period) continue;
    put(out, i, moving == 0 ? 0 : Math.min(Math.max(100 * (inSum / (inSum + outSum)), 0), 100));
  }
}
