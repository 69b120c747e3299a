import { isConstant, mean, type Numbers } from './moments.js';

export interface BlockLengths {
  /** Expected block of the stationary bootstrap, and fixed block of the circular one, in observations. */
  readonly stationary: number;
  readonly circular: number;
}

/** Fewer observations have no autocorrelations to speak of. */
const MINIMUM = 10;

/**
 * Block lengths that minimise the error of the bootstrap variance of a mean: Politis & White, Econometric Reviews 23
 * (2004), as corrected by Patton, Politis & White 28 (2009), with the flat-top window and Patton's choices of its
 * parameters; `arch.bootstrap.optimal_block_length`. NaN for a constant or fewer than ten values.
 */
export function optimalBlockLength(values: Numbers): BlockLengths {
  const n = values.length;
  if (n < MINIMUM || isConstant(values)) return { stationary: Number.NaN, circular: Number.NaN };
  const centre = mean(values);
  const centred = Float64Array.from(values, (value) => value - centre);
  const covariances = autocovariances(centred, windowLimit(n));
  const m = windowOf(centred, covariances);
  let g = 0;
  let longRun = covariances[0];
  for (let k = 1; k <= m; k++) {
    const weight = 2 * Math.min(1, 2 * (1 - k / m)) * covariances[k];
    g += weight * k;
    longRun += weight;
  }
  const longest = Math.ceil(Math.min(3 * Math.sqrt(n), n / 3));
  const length = (d: number) => Math.min(Math.cbrt((2 * g * g * n) / d), longest);
  return { stationary: length(2 * longRun ** 2), circular: length((4 / 3) * longRun ** 2) };
}

/** Autocorrelations in a row that must be insignificant. */
const quietLags = (n: number) => Math.max(5, Math.floor(Math.log10(n)));
const windowLimit = (n: number) => Math.min(n - 2, Math.ceil(Math.sqrt(n)) + quietLags(n));

function autocovariances(centred: Float64Array, lags: number): Float64Array {
  return Float64Array.from({ length: lags + 1 }, (_, lag) => crossProduct(centred, lag) / centred.length);
}

function crossProduct(centred: Float64Array, lag: number): number {
  let sum = 0;
  for (let i = lag; i < centred.length; i++) sum += centred[i] * centred[i - lag];
  return sum;
}

/** Twice the first lag after which the autocorrelations are insignificant: half the width of the flat-top window. */
function windowOf(centred: Float64Array, covariances: Float64Array): number {
  const n = centred.length;
  const quiet = quietLags(n);
  const limit = covariances.length - 1;
  const critical = 2 * Math.sqrt(Math.log10(n) / n);
  let inRow = 0;
  for (let lag = 0; lag < limit; lag++) {
    const later = crossProduct(centred.subarray(lag + 1), 0);
    const earlier = crossProduct(centred.subarray(0, n - lag - 1), 0);
    const isQuiet = Math.abs(covariances[lag] * n) / Math.sqrt(later * earlier) < critical;
    inRow = isQuiet ? inRow + 1 : 0;
    if (inRow === quiet) return Math.min(2 * Math.max(lag + 1 - quiet, 1), limit);
  }
  return limit;
}
