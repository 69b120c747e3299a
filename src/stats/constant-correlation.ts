import { type CovarianceEstimate, centredRows, crossProduct, type ReturnRows } from './sample-covariance.js';

/**
 * Shrinkage towards one common correlation, each variance kept: Ledoit & Wolf, "Honey, I shrunk the sample covariance
 * matrix", J. Portfolio Management 30 (2004), appendix; S with divisor T.
 */
export function constantCorrelation(rows: ReturnRows): CovarianceEstimate {
  const { periods, assets: n } = rows;
  const x = centredRows(rows);
  const sample = crossProduct(x, periods, n, periods);
  const deviation = Float64Array.from({ length: n }, (_, i) => Math.sqrt(sample[i * n + i]));
  let correlations = 0;
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < i; j++) correlations += ratio(sample[i * n + j], deviation[i] * deviation[j]);
  }
  const common = n < 2 ? 0 : (2 * correlations) / (n * (n - 1));
  const target = (i: number, j: number) => (i === j ? sample[i * n + i] : common * deviation[i] * deviation[j]);

  let pi = 0;
  let rho = 0;
  let gamma = 0;
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      let products = 0;
      let skewed = 0;
      for (let t = 0; t < periods; t++) {
        const own = x[t * n + i];
        const product = own * x[t * n + j];
        products += product * product;
        skewed += own * own * product;
      }
      const covariance = sample[i * n + j];
      const variance = sample[i * n + i];
      const piOfPair = products / periods - covariance * covariance;
      pi += piOfPair;
      gamma += (target(i, j) - covariance) ** 2;
      // θ_ii,ij of the appendix; both of its terms meet in the double sum over ordered pairs.
      if (i === j) rho += piOfPair;
      else rho += common * ratio(deviation[j], deviation[i]) * (skewed / periods - variance * covariance);
    }
  }
  const kappa = (pi - rho) / gamma;
  const shrinkage = gamma > 0 ? Math.max(0, Math.min(1, kappa / periods)) : 0;
  const covariance = sample.map(
    (value, cell) => (1 - shrinkage) * value + shrinkage * target(Math.floor(cell / n), cell % n),
  );
  return { covariance, shrinkage };
}

/** 0 where the divisor is 0: an asset that never moved is correlated with nothing. */
function ratio(a: number, b: number): number {
  return b > 0 ? a / b : 0;
}
