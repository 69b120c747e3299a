import { choleskyInPlace, choleskySolve, forwardSolve } from '../../stats/index.js';
import { invariant } from '../../util/index.js';
import { covarianceOf, type Hyperparameters, matern, maternSlope, type Points } from './matern.js';

/** What is believed of the function at one point, without the noise of an observation. */
export interface Belief {
  readonly mean: number;
  readonly deviation: number;
}

/** A belief and how it changes along each column. */
export interface SlopedBelief extends Belief {
  readonly meanSlope: Float64Array;
  readonly deviationSlope: Float64Array;
}

/** A function of zero prior mean conditioned on observations (Rasmussen & Williams 2006, algorithm 2.1). */
export interface GaussianProcess {
  readonly hyper: Hyperparameters;
  at(x: Float64Array): Belief;
  sloped(x: Float64Array): SlopedBelief;
}

/** Below this the posterior variance is rounding. */
const LEAST_VARIANCE = 1e-12;

export function conditionOn(points: Points, y: Float64Array, hyper: Hyperparameters): GaussianProcess {
  const n = points.count;
  const factor = covarianceOf(points, hyper);
  const dependent = choleskyInPlace(factor, n);
  invariant(dependent === 0, `covariance of ${n} points is not positive definite; noise ${hyper.noise}`);
  const alpha = y.slice();
  choleskySolve(factor, n, alpha);

  const covariances = (at: Points) => Float64Array.from({ length: n }, (_, i) => matern(at, 0, points, i, hyper));
  const asPoints = (x: Float64Array): Points => ({ values: x, count: 1, width: points.width });
  const beliefFrom = (k: Float64Array): Belief => {
    let mean = 0;
    for (let i = 0; i < n; i++) mean += k[i] * alpha[i];
    const whitened = k.slice();
    forwardSolve(factor, n, whitened);
    let explained = 0;
    for (const value of whitened) explained += value * value;
    return { mean, deviation: Math.sqrt(Math.max(LEAST_VARIANCE * hyper.signal, hyper.signal - explained)) };
  };

  return {
    hyper,
    at: (x) => beliefFrom(covariances(asPoints(x))),
    sloped(x) {
      const at = asPoints(x);
      const k = covariances(at);
      const belief = beliefFrom(k);
      const solved = k;
      choleskySolve(factor, n, solved);
      const meanSlope = new Float64Array(points.width);
      const deviationSlope = new Float64Array(points.width);
      for (let i = 0; i < n; i++) {
        const slope = maternSlope(at, 0, points, i, hyper);
        for (let j = 0; j < points.width; j++) {
          const change = (-slope * (x[j] - points.values[i * points.width + j])) / hyper.lengths[j] ** 2;
          meanSlope[j] += alpha[i] * change;
          deviationSlope[j] -= (solved[i] * change) / belief.deviation;
        }
      }
      return { ...belief, meanSlope, deviationSlope };
    },
  };
}
