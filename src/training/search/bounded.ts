import { minimise, type Objective } from '../../stats/index.js';

export interface Bounds {
  readonly low: Float64Array;
  readonly high: Float64Array;
}

/**
 * Minimises within a box by L-BFGS over angles, x = low + (high − low) sin²(u): smooth, and every bound is a stationary point
 * that is reached (the transformation of MINUIT; James & Roos 1975).
 */
export function minimiseWithin(
  objective: Objective,
  start: Float64Array,
  { low, high }: Bounds,
  maxIterations: number,
): { readonly x: Float64Array; readonly value: number } {
  const at = (u: Float64Array) => u.map((angle, i) => low[i] + (high[i] - low[i]) * Math.sin(angle) ** 2);
  const angles = start.map((value, i) => {
    // A start on a bound itself would have no slope to leave by.
    const share = Math.min(1 - 1e-3, Math.max(1e-3, (value - low[i]) / (high[i] - low[i])));
    return Math.asin(Math.sqrt(share));
  });
  const { x, value } = minimise(
    (u, gradient) => {
      const result = objective(at(u), gradient);
      for (let i = 0; i < u.length; i++) gradient[i] *= (high[i] - low[i]) * Math.sin(2 * u[i]);
      return result;
    },
    angles,
    { maxIterations, tolerance: 1e-6 },
  );
  return { x: at(x), value };
}
