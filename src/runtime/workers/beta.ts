import type { Rng } from '../../util/index.js';

/**
 * ln of a draw from Gamma(shape, 1): Marsaglia and Tsang (2000) for shape + 1, brought down to `shape` by their
 * G(a) = G(a + 1)·U^(1/a). A logarithm, since for a small shape the draw itself is often below the smallest number.
 */
function logGamma(shape: number, rng: Rng): number {
  const d = shape + 1 - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const x = rng.normal();
    const v = (1 + c * x) ** 3;
    if (v <= 0) continue;
    const logV = Math.log(v);
    // 1 − uniform lies in (0, 1], where there is a logarithm.
    if (Math.log(1 - rng.uniform()) >= 0.5 * x * x + d - d * v + d * logV) continue;
    return Math.log(d) + logV + Math.log(1 - rng.uniform()) / shape;
  }
}

/** A draw from Beta(alpha, alpha), in [0, 1]: of two gamma draws, the first one's share. */
export function symmetricBeta(alpha: number, rng: Rng): number {
  const a = logGamma(alpha, rng);
  const b = logGamma(alpha, rng);
  return 1 / (1 + Math.exp(b - a));
}
