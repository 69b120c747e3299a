/** Components projected together, and rows. */
const PANEL_BYTES: usize = 32;

/** π/2 in three parts, of which the first two times a whole number below 2^15 are exact. */
const HALF_PI_A: f32 = 1.5703125;
const HALF_PI_B: f32 = 4.837512969970703125e-4;
const HALF_PI_C: f32 = 7.54978995489188216e-8;

/**
 * cos t in single precision by Moshier's polynomials (Cephes cosf, sinf) on the rest of t to the nearest quarter turn: within
 * 1.5e-7 of the exact cosine for |t| up to 8,192.
 */
// @ts-expect-error: decorator
@inline
function cosine(t: v128): v128 {
  const nearest = f32x4.nearest(f32x4.mul(t, f32x4.splat(0.6366197723675814)));
  let y = f32x4.sub(t, f32x4.mul(nearest, f32x4.splat(HALF_PI_A)));
  y = f32x4.sub(y, f32x4.mul(nearest, f32x4.splat(HALF_PI_B)));
  y = f32x4.sub(y, f32x4.mul(nearest, f32x4.splat(HALF_PI_C)));
  const z = f32x4.mul(y, y);
  let sin = f32x4.splat(-1.9515295891e-4);
  sin = f32x4.add(f32x4.mul(sin, z), f32x4.splat(8.3321608736e-3));
  sin = f32x4.add(f32x4.mul(sin, z), f32x4.splat(-1.6666654611e-1));
  sin = f32x4.add(y, f32x4.mul(f32x4.mul(sin, z), y));
  let cos = f32x4.splat(2.443315711809948e-5);
  cos = f32x4.add(f32x4.mul(cos, z), f32x4.splat(-1.388731625493765e-3));
  cos = f32x4.add(f32x4.mul(cos, z), f32x4.splat(4.166664568298827e-2));
  cos = f32x4.add(f32x4.sub(f32x4.splat(1), f32x4.mul(z, f32x4.splat(0.5))), f32x4.mul(f32x4.mul(cos, z), z));
  const quadrant = i32x4.trunc_sat_f32x4_s(nearest);
  const odd = i32x4.ne(v128.and(quadrant, i32x4.splat(1)), i32x4.splat(0));
  const sign = i32x4.shl(v128.and(i32x4.add(quadrant, i32x4.splat(1)), i32x4.splat(2)), 30);
  return v128.xor(v128.bitselect(sin, cos, odd), sign);
}

/**
 * out[row][d] = scale · cos(phases[d] + Σ_j x[row][j] · directions[j][d]), four rows and eight components at a time: `rows` is a
 * multiple of 4, `components` of 8, and the directions lie in panels of eight, [components / 8 × width × 8].
 */
export function project(
  x: usize,
  rows: i32,
  width: i32,
  panels: usize,
  phases: usize,
  components: i32,
  scale: f32,
  out: usize,
): void {
  const rowBytes = <usize>width << 2;
  const outBytes = <usize>components << 2;
  const scales = f32x4.splat(scale);
  for (let d: usize = 0; d < outBytes; d += PANEL_BYTES) {
    const phaseA = v128.load(phases + d);
    const phaseB = v128.load(phases + d, 16);
    let from = x;
    let to = out + d;
    for (let r = 0; r < rows; r += 4) {
      let a0 = phaseA;
      let b0 = phaseB;
      let a1 = phaseA;
      let b1 = phaseB;
      let a2 = phaseA;
      let b2 = phaseB;
      let a3 = phaseA;
      let b3 = phaseB;
      let panel = panels;
      const end = from + rowBytes;
      const second = rowBytes;
      const third: usize = 2 * rowBytes;
      const fourth: usize = 3 * rowBytes;
      for (let at = from; at < end; at += 4) {
        const a = v128.load(panel);
        const b = v128.load(panel, 16);
        let value = v128.load32_splat(at);
        a0 = f32x4.add(a0, f32x4.mul(value, a));
        b0 = f32x4.add(b0, f32x4.mul(value, b));
        value = v128.load32_splat(at + second);
        a1 = f32x4.add(a1, f32x4.mul(value, a));
        b1 = f32x4.add(b1, f32x4.mul(value, b));
        value = v128.load32_splat(at + third);
        a2 = f32x4.add(a2, f32x4.mul(value, a));
        b2 = f32x4.add(b2, f32x4.mul(value, b));
        value = v128.load32_splat(at + fourth);
        a3 = f32x4.add(a3, f32x4.mul(value, a));
        b3 = f32x4.add(b3, f32x4.mul(value, b));
        panel += PANEL_BYTES;
      }
      v128.store(to, f32x4.mul(cosine(a0), scales));
      v128.store(to, f32x4.mul(cosine(b0), scales), 16);
      to += outBytes;
      v128.store(to, f32x4.mul(cosine(a1), scales));
      v128.store(to, f32x4.mul(cosine(b1), scales), 16);
      to += outBytes;
      v128.store(to, f32x4.mul(cosine(a2), scales));
      v128.store(to, f32x4.mul(cosine(b2), scales), 16);
      to += outBytes;
      v128.store(to, f32x4.mul(cosine(a3), scales));
      v128.store(to, f32x4.mul(cosine(b3), scales), 16);
      to += outBytes;
      from += 4 * rowBytes;
    }
    panels += <usize>width * PANEL_BYTES;
  }
}
