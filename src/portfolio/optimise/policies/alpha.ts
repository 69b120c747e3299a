import { mean, standardDeviation } from '../../../stats/index.js';

/**
 * Expected daily returns beyond the average name from forecasts: information coefficient × volatility × score, the score
 * standardised across the section (Grinold & Kahn, "Active Portfolio Management", 2000, eq. 11.2). 0 for a missing score.
 * @param scores [assets] P(buy) − P(sell), NaN where there is none
 * @param covariance [assets × assets], daily
 */
export function alphas(scores: readonly number[], covariance: Float64Array, ic: number): Float64Array {
  const known = scores.filter((score) => !Number.isNaN(score));
  const centre = mean(known);
  const spread = standardDeviation(known);
  const n = scores.length;
  return Float64Array.from(scores, (score, i) =>
    Number.isNaN(score) || !(spread > 0) ? 0 : ((ic * (score - centre)) / spread) * Math.sqrt(covariance[i * n + i]),
  );
}
