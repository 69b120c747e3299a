import { towardsIdentity } from './ledoit-wolf.js';
import { type CovarianceEstimate, centredRows, crossProduct, type ReturnRows } from './sample-covariance.js';

/**
 * Oracle-approximating shrinkage towards μ I: Chen, Wiesel, Eldar & Hero, "Shrinkage algorithms for MMSE covariance
 * estimation", IEEE Trans. Signal Processing 58 (2010), eq. 23, without its (1 − 2/p) terms as in scikit-learn's `OAS`.
 */
export function oracleApproximating(rows: ReturnRows): CovarianceEstimate {
  const { periods, assets } = rows;
  const sample = crossProduct(centredRows(rows), periods, assets, periods);
  let trace = 0;
  let squares = 0;
  for (let i = 0; i < assets; i++) trace += sample[i * assets + i];
  for (const value of sample) squares += value * value;
  const mu = trace / assets;
  const alpha = squares / (assets * assets);
  const denominator = (periods + 1) * (alpha - (mu * mu) / assets);
  const shrinkage = denominator <= 0 ? 1 : Math.min((alpha + mu * mu) / denominator, 1);
  return { covariance: towardsIdentity(sample, assets, mu, shrinkage), shrinkage };
}
