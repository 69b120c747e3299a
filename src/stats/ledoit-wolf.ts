import { type CovarianceEstimate, centredRows, crossProduct, type ReturnRows } from './sample-covariance.js';

/**
 * Shrinkage towards the scaled identity: (1 − δ) S + δ μ I, μ = tr S / n, S with divisor T. Ledoit & Wolf, "A
 * well-conditioned estimator for large-dimensional covariance matrices", J. Multivariate Analysis 88 (2004), section 3.3;
 * as scikit-learn's `LedoitWolf`.
 */
export function ledoitWolf(rows: ReturnRows): CovarianceEstimate {
  const { periods, assets } = rows;
  const x = centredRows(rows);
  const sample = crossProduct(x, periods, assets, periods);
  let trace = 0;
  let squares = 0;
  for (let i = 0; i < assets; i++) trace += sample[i * assets + i];
  for (const value of sample) squares += value * value;
  const mu = trace / assets;
  // Σ_t ‖x_t‖⁴ = the sum of all entries of (X²)ᵀ X².
  let fourth = 0;
  for (let t = 0; t < periods; t++) {
    let norm = 0;
    for (let i = 0; i < assets; i++) norm += x[t * assets + i] ** 2;
    fourth += norm * norm;
  }
  const spread = (squares - assets * mu * mu) / assets;
  const error = (fourth / periods - squares) / (assets * periods);
  const shrinkage = spread <= 0 || error <= 0 ? (spread <= 0 ? 1 : 0) : Math.min(error, spread) / spread;
  return { covariance: towardsIdentity(sample, assets, mu, shrinkage), shrinkage };
}

/** (1 − δ) S + δ μ I. */
export function towardsIdentity(sample: Float64Array, assets: number, mu: number, shrinkage: number): Float64Array {
  const out = sample.map((value) => (1 - shrinkage) * value);
  for (let i = 0; i < assets; i++) out[i * assets + i] += shrinkage * mu;
  return out;
}
