/**
 * out[i] = scale · Σ_w slots[w · stride + i] in the order of the workers.
 * Returns Σ out², accumulated in double precision.
 */
export function reduceGradients(out: usize, slots: usize, stride: usize, workers: i32, count: i32, scale: f32): f64 {
  const factor = f32x4.splat(scale);
  let low = f64x2.splat(0);
  let high = f64x2.splat(0);
  const end = <usize>count << 2;
  for (let i: usize = 0; i < end; i += 16) {
    let sum = v128.load(slots + i);
    let slot = slots + stride;
    for (let w = 1; w < workers; w++) {
      sum = f32x4.add(sum, v128.load(slot + i));
      slot += stride;
    }
    sum = f32x4.mul(sum, factor);
    v128.store(out + i, sum);
    const a = f64x2.promote_low_f32x4(sum);
    const b = f64x2.promote_low_f32x4(i8x16.shuffle(sum, sum, 8, 9, 10, 11, 12, 13, 14, 15, 8, 9, 10, 11, 12, 13, 14, 15));
    low = f64x2.add(low, f64x2.mul(a, a));
    high = f64x2.add(high, f64x2.mul(b, b));
  }
  const sums = f64x2.add(low, high);
  return f64x2.extract_lane(sums, 0) + f64x2.extract_lane(sums, 1);
}
