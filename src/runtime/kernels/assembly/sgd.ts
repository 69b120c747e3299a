import { addScaled } from './vectors';

/**
 * Gradient descent with momentum as torch.optim.SGD writes it (Sutskever et al. 2013, the rate outside the velocity):
 * b ← μb + g, p ← p − rate · b, or with Nesterov's look-ahead p ← p − rate · (g + μb). Without momentum `velocity` is
 * not touched.
 */
export function sgd(
  params: usize,
  velocity: usize,
  gradients: usize,
  count: i32,
  momentum: f32,
  nesterov: bool,
  rate: f32,
): void {
  if (momentum == 0) {
    addScaled(params, gradients, count, -rate);
    return;
  }
  const vMomentum = f32x4.splat(momentum);
  const vRate = f32x4.splat(rate);
  const end = <usize>count << 2;
  for (let i: usize = 0; i < end; i += 16) {
    const g = v128.load(gradients + i);
    const b = f32x4.add(f32x4.mul(v128.load(velocity + i), vMomentum), g);
    v128.store(velocity + i, b);
    const step = nesterov ? f32x4.add(g, f32x4.mul(b, vMomentum)) : b;
    v128.store(params + i, f32x4.sub(v128.load(params + i), f32x4.mul(step, vRate)));
  }
}
