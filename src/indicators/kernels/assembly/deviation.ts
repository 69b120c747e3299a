import { clearBefore, get, getPair, put, putPair } from './columns';

/** A difference this many times smaller than what it was taken from has lost too many digits. */
const LOSSY: f64 = 1e6;

/** Population variance from sums of distances to an anchor that is moved to the window's mean; see functions/statistics.ts. */
export function bbands(
  x: usize,
  upper: usize,
  middle: usize,
  lower: usize,
  bars: i32,
  period: i32,
  up: f64,
  down: f64,
): void {
  clearBefore(upper, period - 1, bars);
  clearBefore(middle, period - 1, bars);
  clearBefore(lower, period - 1, bars);
  if (period > bars) return;
  const divisor = <f64>period;
  const share: f64 = 1 / divisor;
  let running: f64 = 0;
  for (let i = 0; i < period - 1; i++) running += get(x, i);
  let anchor: f64 = 0;
  let sum: f64 = 0;
  let squares: f64 = 0;
  let variance: f64 = 0;
  let barsLeft = 0;
  for (let i = period - 1; i < bars; i++) {
    const value = get(x, i);
    if (barsLeft > 0) {
      const entering = value - anchor;
      const leaving = get(x, i - period) - anchor;
      sum += entering - leaving;
      squares += entering * entering - leaving * leaving;
      barsLeft--;
      const mean = sum * share;
      const square = squares * share;
      variance = square - mean * mean;
      if (variance * LOSSY < square || squares * LOSSY < leaving * leaving) barsLeft = 0;
    }
    if (barsLeft == 0) {
      let total: f64 = 0;
      for (let j = i - period + 1; j <= i; j++) total += get(x, j);
      anchor = total / divisor;
      sum = 0;
      squares = 0;
      for (let j = i - period + 1; j <= i; j++) {
        const distance = get(x, j) - anchor;
        sum += distance;
        squares += distance * distance;
      }
      barsLeft = period;
      const mean = sum * share;
      variance = squares * share - mean * mean;
    }
    running += value;
    put(middle, i, running);
    running -= get(x, i - period + 1);
    put(upper, i, variance);
  }
  const divisors = f64x2.splat(divisor);
  const above = f64x2.splat(up);
  const below = f64x2.splat(down);
  for (let i = period - 1; i < bars; i += 2) {
    const mean = f64x2.div(getPair(middle, i), divisors);
    const deviation = f64x2.sqrt(f64x2.pmax(f64x2.splat(0), getPair(upper, i)));
    putPair(upper, i, f64x2.add(mean, f64x2.mul(deviation, above)));
    putPair(middle, i, mean);
    putPair(lower, i, f64x2.sub(mean, f64x2.mul(deviation, below)));
  }
}
