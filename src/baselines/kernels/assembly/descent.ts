import { high, low, total } from './doubles';

/** Σ w · x; w in doubles. */
export function dot(w: usize, x: usize, width: i32): f64 {
  let a = f64x2.splat(0);
  let b = f64x2.splat(0);
  let c = f64x2.splat(0);
  let d = f64x2.splat(0);
  const bytes = <usize>width << 2;
  let j: usize = 0;
  for (; j + 32 <= bytes; j += 32) {
    const first = v128.load(x + j);
    const second = v128.load(x + j, 16);
    const at = w + (j << 1);
    a = f64x2.add(a, f64x2.mul(low(first), v128.load(at)));
    b = f64x2.add(b, f64x2.mul(high(first), v128.load(at, 16)));
    c = f64x2.add(c, f64x2.mul(low(second), v128.load(at, 32)));
    d = f64x2.add(d, f64x2.mul(high(second), v128.load(at, 48)));
  }
  if (j < bytes) {
    const last = v128.load(x + j);
    const at = w + (j << 1);
    a = f64x2.add(a, f64x2.mul(low(last), v128.load(at)));
    b = f64x2.add(b, f64x2.mul(high(last), v128.load(at, 16)));
  }
  return total(f64x2.add(f64x2.add(a, b), f64x2.add(c, d)));
}

/** w ← w + factor · x; w in doubles. */
export function addScaled(w: usize, x: usize, width: i32, factor: f64): void {
  const factors = f64x2.splat(factor);
  const end = x + (<usize>width << 2);
  for (; x < end; x += 16, w += 32) {
    const four = v128.load(x);
    v128.store(w, f64x2.add(v128.load(w), f64x2.mul(low(four), factors)));
    v128.store(w, f64x2.add(v128.load(w, 16), f64x2.mul(high(four), factors)), 16);
  }
}

/** Σ x². */
export function squaredNorm(x: usize, width: i32): f64 {
  let a = f64x2.splat(0);
  let b = f64x2.splat(0);
  const end = x + (<usize>width << 2);
  for (; x < end; x += 16) {
    const four = v128.load(x);
    a = f64x2.add(a, f64x2.mul(low(four), low(four)));
    b = f64x2.add(b, f64x2.mul(high(four), high(four)));
  }
  return total(f64x2.add(a, b));
}
