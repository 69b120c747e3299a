import { GAMMA, mix } from './splitmix';

// Single-precision logarithm, sine and cosine after Moshier's Cephes (logf, sinf, cosf): errors of a few units in the
// last place, and only additions, multiplications and divisions, so that the bits are the same on every machine.

/** ln x, for normal x > 0. */
// @ts-expect-error: decorator
@inline
function log(x: v128): v128 {
  const one = f32x4.splat(1);
  const bits = i32x4.sub(x, i32x4.splat(0x3f3504f3));
  let exponent = f32x4.convert_i32x4_s(i32x4.shr_s(bits, 23));
  const mantissa = i32x4.add(v128.and(bits, i32x4.splat(0x007fffff)), i32x4.splat(0x3f3504f3));
  const t = f32x4.sub(mantissa, one);
  const square = f32x4.mul(t, t);
  let y = f32x4.splat(7.0376836292e-2);
  y = f32x4.add(f32x4.mul(y, t), f32x4.splat(-1.1514610310e-1));
  y = f32x4.add(f32x4.mul(y, t), f32x4.splat(1.1676998740e-1));
  y = f32x4.add(f32x4.mul(y, t), f32x4.splat(-1.2420140846e-1));
  y = f32x4.add(f32x4.mul(y, t), f32x4.splat(1.4249322787e-1));
  y = f32x4.add(f32x4.mul(y, t), f32x4.splat(-1.6668057665e-1));
  y = f32x4.add(f32x4.mul(y, t), f32x4.splat(2.0000714765e-1));
  y = f32x4.add(f32x4.mul(y, t), f32x4.splat(-2.4999993993e-1));
  y = f32x4.add(f32x4.mul(y, t), f32x4.splat(3.3333331174e-1));
  y = f32x4.mul(f32x4.mul(y, t), square);
  y = f32x4.add(y, f32x4.mul(exponent, f32x4.splat(-2.12194440e-4)));
  y = f32x4.sub(y, f32x4.mul(square, f32x4.splat(0.5)));
  y = f32x4.add(t, y);
  return f32x4.add(y, f32x4.mul(exponent, f32x4.splat(0.693359375)));
}

/** sin y for |y| ≤ π/4. */
// @ts-expect-error: decorator
@inline
function sine(y: v128): v128 {
  const z = f32x4.mul(y, y);
  let p = f32x4.splat(-1.9515295891e-4);
  p = f32x4.add(f32x4.mul(p, z), f32x4.splat(8.3321608736e-3));
  p = f32x4.add(f32x4.mul(p, z), f32x4.splat(-1.6666654611e-1));
  return f32x4.add(y, f32x4.mul(f32x4.mul(p, z), y));
}

/** cos y for |y| ≤ π/4. */
// @ts-expect-error: decorator
@inline
function cosine(y: v128): v128 {
  const z = f32x4.mul(y, y);
  let p = f32x4.splat(2.443315711809948e-5);
  p = f32x4.add(f32x4.mul(p, z), f32x4.splat(-1.388731625493765e-3));
  p = f32x4.add(f32x4.mul(p, z), f32x4.splat(4.166664568298827e-2));
  return f32x4.add(f32x4.sub(f32x4.splat(1), f32x4.mul(z, f32x4.splat(0.5))), f32x4.mul(f32x4.mul(p, z), z));
}

/**
 * Adds normal draws of mean 0 and the given deviation, by the transform of Box and Muller (1958) on SplitMix64's words at
 * positions `counter`, `counter` + 1, …, two draws a word: its lower half gives the radius, 32 bits deep so that the
 * tail reaches 6.7 deviations, its upper half the angle. A pure function of key and counter where the latter is a
 * multiple of 4, as four words are turned into eight draws at a time.
 */
export function addNormal(out: usize, count: i32, key: u64, counter: u64, deviation: f32): void {
  const end = <usize>count << 2;
  const scale = f32x4.splat(-2 * deviation * deviation);
  let state = key + counter * GAMMA;
  for (let i: usize = 0; i < end; i += 32) {
    const a = i64x2.replace_lane(i64x2.splat(mix(state + GAMMA)), 1, mix(state + 2 * GAMMA));
    const b = i64x2.replace_lane(i64x2.splat(mix(state + 3 * GAMMA)), 1, mix(state + 4 * GAMMA));
    state += 4 * GAMMA;
    const low = i8x16.shuffle(a, b, 0, 1, 2, 3, 8, 9, 10, 11, 16, 17, 18, 19, 24, 25, 26, 27);
    const high = i8x16.shuffle(a, b, 4, 5, 6, 7, 12, 13, 14, 15, 20, 21, 22, 23, 28, 29, 30, 31);

    const uniform = f32x4.mul(f32x4.add(f32x4.convert_i32x4_u(low), f32x4.splat(0.5)), f32x4.splat(2.3283064365386963e-10));
    const radius = f32x4.sqrt(f32x4.mul(log(uniform), scale));

    // The angle in quarter turns, as the nearest whole number of them and a rest of at most half a one.
    const quarters = f32x4.mul(f32x4.convert_i32x4_s(high), f32x4.splat(9.313225746154785e-10));
    const nearest = f32x4.nearest(quarters);
    const rest = f32x4.mul(f32x4.sub(quarters, nearest), f32x4.splat(1.5707963267948966));
    const sin = sine(rest);
    const cos = cosine(rest);
    const quadrant = i32x4.trunc_sat_f32x4_s(nearest);
    const odd = i32x4.ne(v128.and(quadrant, i32x4.splat(1)), i32x4.splat(0));
    const signOfSine = i32x4.shl(v128.and(quadrant, i32x4.splat(2)), 30);
    const signOfCosine = i32x4.shl(v128.and(i32x4.add(quadrant, i32x4.splat(1)), i32x4.splat(2)), 30);
    const s = v128.xor(v128.bitselect(cos, sin, odd), signOfSine);
    const c = v128.xor(v128.bitselect(sin, cos, odd), signOfCosine);
    v128.store(out + i, f32x4.add(v128.load(out + i), f32x4.mul(radius, c)));
    v128.store(out + i + 16, f32x4.add(v128.load(out + i + 16), f32x4.mul(radius, s)));
  }
}
