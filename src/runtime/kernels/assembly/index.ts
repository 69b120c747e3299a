// Kernels over raw pointers into one shared memory. Every sum runs in a fixed order and WebAssembly SIMD has no fused
// multiply-add, so the same inputs give the same bits on every machine. Counts are in floats, multiples of 16 (one cache line).

/** Sixteen floats, one cache line: the unit in which parameters are dealt out to the workers. */
export const LANES: i32 = 16;

// @ts-expect-error: decorator
@inline
function sumOfLanes(a: v128, b: v128): f64 {
  const sum = f64x2.add(a, b);
  return f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1);
}

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

/**
 * Adam (Kingma and Ba 2015, algorithm 1) as torch.optim.Adam writes it, epsilon outside the root:
 * m ← β₁m + (1 − β₁)g, v ← β₂v + (1 − β₂)g², p ← p − rate/(1 − β₁ᵗ) · m / (√v / √(1 − β₂ᵗ) + ε), g = clip · gradient.
 * `stepSize` is rate/(1 − β₁ᵗ) and `rootCorrection` √(1 − β₂ᵗ).
 */
export function adam(
  params: usize,
  first: usize,
  second: usize,
  gradients: usize,
  count: i32,
  clip: f32,
  beta1: f32,
  oneMinusBeta1: f32,
  beta2: f32,
  oneMinusBeta2: f32,
  stepSize: f32,
  rootCorrection: f32,
  epsilon: f32,
): void {
  const vClip = f32x4.splat(clip);
  const vBeta1 = f32x4.splat(beta1);
  const vOneMinusBeta1 = f32x4.splat(oneMinusBeta1);
  const vBeta2 = f32x4.splat(beta2);
  const vOneMinusBeta2 = f32x4.splat(oneMinusBeta2);
  const vStep = f32x4.splat(stepSize);
  const vRoot = f32x4.splat(1 / rootCorrection);
  const vEpsilon = f32x4.splat(epsilon);
  const end = <usize>count << 2;
  for (let i: usize = 0; i < end; i += 16) {
    const g = f32x4.mul(v128.load(gradients + i), vClip);
    const m = f32x4.add(f32x4.mul(v128.load(first + i), vBeta1), f32x4.mul(g, vOneMinusBeta1));
    const v = f32x4.add(f32x4.mul(v128.load(second + i), vBeta2), f32x4.mul(f32x4.mul(g, g), vOneMinusBeta2));
    v128.store(first + i, m);
    v128.store(second + i, v);
    const denominator = f32x4.add(f32x4.mul(f32x4.sqrt(v), vRoot), vEpsilon);
    v128.store(params + i, f32x4.sub(v128.load(params + i), f32x4.div(f32x4.mul(m, vStep), denominator)));
  }
}

/**
 * Inverted dropout: 1/keep with probability keep, else 0. The randomness is SplitMix64 (Steele, Lea and Flood 2014)
 * read at positions `counter`, `counter` + 1, …: a pure function of key and counter, two floats a position.
 */
export function fillDropout(out: usize, count: i32, key: u64, counter: u64, keep: f32): void {
  const scale: f32 = 1 / keep;
  const limit = <u64>(<f64>keep * 4294967296.0);
  const end = <usize>count << 2;
  let state = key + counter * 0x9e3779b97f4a7c15;
  for (let i: usize = 0; i < end; i += 8) {
    state += 0x9e3779b97f4a7c15;
    let z = (state ^ (state >> 30)) * 0xbf58476d1ce4e5b9;
    z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
    z = z ^ (z >> 31);
    store<f32>(out + i, (z & 0xffffffff) < limit ? scale : 0);
    store<f32>(out + i + 4, z >> 32 < limit ? scale : 0);
  }
}
