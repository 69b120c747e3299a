import { normalCdf, normalDensity } from '../../stats/index.js';
import type { Belief, SlopedBelief } from './gaussian-process.js';

/**
 * E[max(0, best − f)], of a function to be minimised: σ (z Φ(z) + φ(z)), z = (best − μ)/σ
 * (Mockus 1975; Jones, Schonlau & Welch 1998, eq. 15).
 */
export function expectedImprovement({ mean, deviation }: Belief, best: number): number {
  const z = (best - mean) / deviation;
  return deviation * (z * normalCdf(z) + normalDensity(z));
}

/** From here down z Φ(z) + φ(z) is taken from its asymptotic series: both terms are about to underflow. */
const FAR = -30;

/** log(z Φ(z) + φ(z)) and its derivative. */
function logImprovement(z: number): { readonly value: number; readonly slope: number } {
  if (z > FAR) {
    const cdf = normalCdf(z);
    const h = z * cdf + normalDensity(z);
    return { value: Math.log(h), slope: cdf / h };
  }
  const w = 1 / (z * z);
  const h = 1 - 3 * w + 15 * w * w;
  const value = -0.5 * z * z - 0.5 * Math.log(2 * Math.PI) + Math.log(w * h);
  return { value, slope: (-z * (1 - w + 3 * w * w)) / h };
}

/**
 * Logarithm of the expected improvement: the same maximum, and a slope to climb where the improvement itself is flat at zero
 * (Ament et al. 2023).
 */
export function logExpectedImprovement({ mean, deviation }: Belief, best: number): number {
  return Math.log(deviation) + logImprovement((best - mean) / deviation).value;
}

/** Its slope along each column, into `gradient`; returns the value. */
export function slopedLogImprovement(belief: SlopedBelief, best: number, gradient: Float64Array): number {
  const { mean, deviation, meanSlope, deviationSlope } = belief;
  const z = (best - mean) / deviation;
  const { value, slope } = logImprovement(z);
  for (let j = 0; j < gradient.length; j++) {
    const zSlope = -(meanSlope[j] + z * deviationSlope[j]) / deviation;
    gradient[j] = deviationSlope[j] / deviation + slope * zSlope;
  }
  return Math.log(deviation) + value;
}
