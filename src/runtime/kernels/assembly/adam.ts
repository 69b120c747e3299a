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
