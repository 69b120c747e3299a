import { invariant, type Rng } from '../util/index.js';
import { mean, type Numbers } from './moments.js';
import { quantile } from './quantile.js';

export interface BootstrapOptions {
  readonly rng: Rng;
  readonly replications: number;
  /** Expected block length in observations; blocks keep the series' own dependence. */
  readonly meanBlock: number;
  /** Such as 0.95. */
  readonly level: number;
}

export interface BootstrapInterval {
  readonly estimate: number;
  readonly low: number;
  readonly high: number;
  readonly level: number;
}

/**
 * Indices of one resample of the stationary bootstrap (Politis & Romano 1994): blocks that start anywhere, have
 * geometric lengths of the given mean, and wrap around the end.
 */
export function stationaryIndices(n: number, meanBlock: number, rng: Rng): Uint32Array {
  invariant(meanBlock >= 1, `mean block length is ${meanBlock}, expected at least 1`);
  const indices = new Uint32Array(n);
  for (let i = 0; i < n; i++) {
    const fresh = i === 0 || rng.uniform() < 1 / meanBlock;
    indices[i] = fresh ? rng.int(n) : (indices[i - 1] + 1) % n;
  }
  return indices;
}

/**
 * Percentile interval of a statistic of a dependent series. Resamples where the statistic is undefined are left out;
 * bounds are NaN when the estimate is undefined or fewer than half of the resamples define it.
 */
export function bootstrapInterval(
  values: Numbers,
  statistic: (sample: Float64Array) => number,
  { rng, replications, meanBlock, level }: BootstrapOptions,
): BootstrapInterval {
  const source = Float64Array.from(values);
  const estimate = statistic(source);
  const sample = new Float64Array(source.length);
  const results: number[] = [];
  for (let r = 0; r < replications && !Number.isNaN(estimate); r++) {
    const indices = stationaryIndices(source.length, meanBlock, rng);
    for (let i = 0; i < sample.length; i++) sample[i] = source[indices[i]];
    const result = statistic(sample);
    if (!Number.isNaN(result)) results.push(result);
  }
  const usable = results.length > 0 && results.length >= replications / 2;
  const at = (p: number) => (usable ? quantile(results, p) : Number.NaN);
  return { estimate, low: at((1 - level) / 2), high: at((1 + level) / 2), level };
}

export function bootstrapMean(values: Numbers, options: BootstrapOptions): BootstrapInterval {
  return bootstrapInterval(values, mean, options);
}
