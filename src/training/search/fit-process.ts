import type { Rng } from '../../util/index.js';
import { minimiseWithin } from './bounded.js';
import { conditionOn, type GaussianProcess } from './gaussian-process.js';
import { hyperparametersFrom, logMarginalLikelihood } from './marginal-likelihood.js';
import type { Points } from './matern.js';

/** On values of variance 1 and inputs in the unit cube: beyond these nothing could be told from the next bound. */
const SIGNAL = [0.05, 100] as const;
const NOISE = [1e-6, 1] as const;
const LENGTH = [0.05, 20] as const;

const STARTS = 4;
const MAX_ITERATIONS = 60;

/**
 * Hyper-parameters of highest marginal likelihood (type II maximum likelihood), from several starts: the surface has more than
 * one hill, such as one of noise alone (Rasmussen & Williams 2006, section 5.4.1).
 * @param y standardised, one value a point
 */
export function fitProcess(points: Points, y: Float64Array, rng: Rng): GaussianProcess {
  const bounds = [SIGNAL, NOISE, ...Array.from({ length: points.width }, () => LENGTH)];
  const low = Float64Array.from(bounds, ([least]) => Math.log(least));
  const high = Float64Array.from(bounds, ([, most]) => Math.log(most));
  const starts = Array.from({ length: STARTS }, (_, i) =>
    i === 0
      ? Float64Array.from(bounds, (_, j) => Math.log([1, 1e-3][j] ?? 0.5))
      : low.map((least, j) => least + (high[j] - least) * rng.uniform()),
  );
  let best: { x: Float64Array; value: number } | null = null;
  for (const start of starts) {
    const found = minimiseWithin(
      (logs, gradient) => {
        const value = logMarginalLikelihood(points, y, logs, gradient);
        for (let j = 0; j < gradient.length; j++) gradient[j] = -gradient[j];
        return -value;
      },
      start,
      { low, high },
      MAX_ITERATIONS,
    );
    if (Number.isFinite(found.value) && (best === null || found.value < best.value)) best = found;
  }
  return conditionOn(points, y, hyperparametersFrom(best?.x ?? starts[0]));
}
