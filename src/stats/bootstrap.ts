import { CandlenetError, invariant, type Rng } from '../util/index.js';
import { mean, type Numbers } from './moments.js';
import { normalCdf, normalQuantile } from './normal.js';
import { quantile } from './quantile.js';

/**
 * `percentile`: quantiles of the resamples. `basic`: those reflected at the estimate. `bca`: bias-corrected and
 * accelerated (Efron 1987), the acceleration by the jackknife.
 */
export type IntervalMethod = 'percentile' | 'basic' | 'bca';

export interface BootstrapOptions {
  readonly rng: Rng;
  readonly replications: number;
  /** Expected block length in observations; blocks keep the series' own dependence. */
  readonly meanBlock: number;
  /** Such as 0.95. */
  readonly level: number;
  readonly method?: IntervalMethod;
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

/** Resamples of `n` observations, each as `stationaryIndices` draws it. */
export function stationaryResamples(
  n: number,
  { rng, replications, meanBlock }: Pick<BootstrapOptions, 'rng' | 'replications' | 'meanBlock'>,
): Uint32Array[] {
  return Array.from({ length: replications }, () => stationaryIndices(n, meanBlock, rng));
}

/** Interval of a statistic of a dependent series by the stationary bootstrap: see `resampledInterval`. */
export function bootstrapInterval(
  values: Numbers,
  statistic: (sample: Float64Array) => number,
  { rng, replications, meanBlock, level, method }: BootstrapOptions,
): BootstrapInterval {
  function* draws() {
    for (let r = 0; r < replications; r++) yield stationaryIndices(values.length, meanBlock, rng);
  }
  return resampledInterval(values, statistic, draws(), { level, method });
}

/**
 * Interval of a statistic from given resamples. Those where the statistic is undefined are left out; bounds are NaN when
 * the estimate is undefined or fewer than half of the resamples define it, and for `bca` where the estimate lies beyond
 * all resamples.
 * @throws ARGUMENT_INVALID for a level that is not between 0 and 1
 */
export function resampledInterval(
  values: Numbers,
  statistic: (sample: Float64Array) => number,
  resamples: Iterable<Uint32Array>,
  { level, method = 'percentile' }: Pick<BootstrapOptions, 'level' | 'method'>,
): BootstrapInterval {
  if (!(level > 0 && level < 1)) {
    throw new CandlenetError('ARGUMENT_INVALID', `level: found ${level}, expected a number between 0 and 1`);
  }
  const source = Float64Array.from(values);
  const estimate = statistic(source);
  const nothing = { estimate, low: Number.NaN, high: Number.NaN, level };
  if (Number.isNaN(estimate)) return nothing;
  const sample = new Float64Array(source.length);
  const results: number[] = [];
  let replications = 0;
  for (const indices of resamples) {
    replications++;
    for (let i = 0; i < sample.length; i++) sample[i] = source[indices[i]];
    const result = statistic(sample);
    if (!Number.isNaN(result)) results.push(result);
  }
  if (results.length === 0 || results.length < replications / 2) return nothing;
  const tails = [(1 - level) / 2, (1 + level) / 2];
  const [low, high] = method === 'bca' ? accelerated(source, statistic, estimate, results, tails) : tails;
  const bounds = { low: quantile(results, low), high: quantile(results, high) };
  if (method === 'basic') return { estimate, low: 2 * estimate - bounds.high, high: 2 * estimate - bounds.low, level };
  return { estimate, ...bounds, level };
}

/** The probabilities at which BCa reads the resamples (Efron 1987, eq. 2.3 and 6.6). */
function accelerated(
  source: Float64Array,
  statistic: (sample: Float64Array) => number,
  estimate: number,
  results: readonly number[],
  tails: readonly number[],
): number[] {
  const bias = normalQuantile(mean(results.map((result) => (result < estimate ? 1 : 0))));
  if (!Number.isFinite(bias)) return tails.map(() => Number.NaN);
  const without = Float64Array.from(source, (_, left) => statistic(source.filter((_value, i) => i !== left)));
  const centre = mean(without);
  let cubes = 0;
  let squares = 0;
  for (const value of without) {
    cubes += (centre - value) ** 3;
    squares += (centre - value) ** 2;
  }
  const acceleration = cubes / (6 * squares ** 1.5);
  return tails.map((tail) => {
    const shifted = bias + normalQuantile(tail);
    return normalCdf(bias + shifted / (1 - acceleration * shifted));
  });
}

export function bootstrapMean(values: Numbers, options: BootstrapOptions): BootstrapInterval {
  return bootstrapInterval(values, mean, options);
}
