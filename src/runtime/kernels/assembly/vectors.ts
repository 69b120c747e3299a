/** x ← factor · x, for any count. */
export function scale(x: usize, count: i32, factor: f32): void {
  const factors = f32x4.splat(factor);
  const end = x + (<usize>count << 2);
  let at = x;
  for (; at + 16 <= end; at += 16) v128.store(at, f32x4.mul(v128.load(at), factors));
  for (; at < end; at += 4) store<f32>(at, load<f32>(at) * factor);
}

/** y ← y + factor · x, for any count. */
export function addScaled(y: usize, x: usize, count: i32, factor: f32): void {
  const factors = f32x4.splat(factor);
  const bytes = <usize>count << 2;
  let i: usize = 0;
  for (; i + 16 <= bytes; i += 16) v128.store(y + i, f32x4.add(v128.load(y + i), f32x4.mul(v128.load(x + i), factors)));
  for (; i < bytes; i += 4) store<f32>(y + i, load<f32>(y + i) + load<f32>(x + i) * factor);
}

/** out ← weight · a + (1 − weight) · b, for any count. */
export function mix(out: usize, a: usize, b: usize, count: i32, weight: f32): void {
  const rest: f32 = 1 - weight;
  const weights = f32x4.splat(weight);
  const rests = f32x4.splat(rest);
  const bytes = <usize>count << 2;
  let i: usize = 0;
  for (; i + 16 <= bytes; i += 16) {
    v128.store(out + i, f32x4.add(f32x4.mul(v128.load(a + i), weights), f32x4.mul(v128.load(b + i), rests)));
  }
  for (; i < bytes; i += 4) store<f32>(out + i, load<f32>(a + i) * weight + load<f32>(b + i) * rest);
}
