import { CandlenetError } from '../util/index.js';
import { mean } from './moments.js';
import { quantile } from './quantile.js';
import type { ReturnRows } from './sample-covariance.js';

export interface SuperiorAbilityOptions {
  /** Resamples of the sessions: see `stationaryResamples`. */
  readonly resamples: readonly Uint32Array[];
  /** Expected block length that they were drawn with. */
  readonly meanBlock: number;
  /** Each trial's mean over its own error (Hansen), or means as they are (White). */
  readonly studentized?: boolean;
}

/** Could the best of all trials be luck? p-values of "no trial is better than the benchmark". */
export interface SuperiorAbility {
  /** Largest mean lead, over its error where studentised, × √T; NaN where no trial ever differs from the benchmark. */
  readonly statistic: number;
  /** Column of the trial that has it; −1 where there is none. */
  readonly best: number;
  /** Hansen's p-value, and its bounds: poor trials counted out fully, and counted in fully. */
  readonly pConsistent: number;
  readonly pLower: number;
  readonly pUpper: number;
  readonly trials: number;
  readonly sessions: number;
}

export type Recentring = 'lower' | 'consistent' | 'upper';

/**
 * Hansen's test of superior predictive ability (J. Business & Economic Statistics 23 (2005)), over the stationary
 * bootstrap. The p-value is the share of resamples whose largest recentred mean exceeds the one found.
 * @param leads [T × K] daily lead of each trial over the benchmark: its return less the benchmark's
 * @throws ARGUMENT_INVALID for no trial, a lead that is not finite, or a resample of another length
 */
export function superiorAbility(leads: ReturnRows, options: SuperiorAbilityOptions): SuperiorAbility {
  const simulation = simulate(leads, options);
  const everyone = simulation.trials.map(() => true);
  const p = (recentring: Recentring) => pValue(simulation, recentring, everyone);
  const best = bestOf(simulation, everyone);
  return {
    statistic: best < 0 ? Number.NaN : simulation.means[best] * Math.sqrt(leads.periods),
    best: best < 0 ? -1 : simulation.trials[best],
    pConsistent: p('consistent'),
    pLower: p('lower'),
    pUpper: p('upper'),
    trials: leads.assets,
    sessions: leads.periods,
  };
}

/** White's reality check (Econometrica 68 (2000)): means as they are, every trial recentred. */
export function realityCheck(
  leads: ReturnRows,
  options: Omit<SuperiorAbilityOptions, 'studentized'>,
): { readonly statistic: number; readonly best: number; readonly p: number } {
  const { statistic, best, pUpper } = superiorAbility(leads, { ...options, studentized: false });
  return { statistic, best, p: pUpper };
}

/**
 * Trials that beat the benchmark with the chance of a single false one held at `size`: the stepwise test of Romano & Wolf
 * (Econometrica 73 (2005)), on Hansen's recentring.
 * @returns columns, ascending
 */
export function stepwiseSuperior(
  leads: ReturnRows,
  options: SuperiorAbilityOptions & { readonly size: number; readonly recentring?: Recentring },
): number[] {
  const { size, recentring = 'consistent' } = options;
  if (!(size > 0 && size < 1)) throw invalid(`size: found ${size}, expected a number between 0 and 1`);
  const simulation = simulate(leads, options);
  const open = simulation.trials.map(() => true);
  for (let found = true; found && open.some(Boolean); ) {
    const critical = quantile(maxima(simulation, recentring, open), 1 - size);
    found = false;
    const beaten = simulation.means.map((value, i) => (open[i] && value > critical ? 1 : 0));
    for (const [i, isBeaten] of beaten.entries()) {
      if (isBeaten === 0) continue;
      open[i] = false;
      found = true;
    }
  }
  return simulation.trials.filter((_, i) => !open[i]);
}

interface Simulation {
  /** Columns that differ from the benchmark at all. */
  readonly trials: readonly number[];
  /** Their mean leads, scaled. */
  readonly means: Float64Array;
  /** [replications × trials] scaled means of the resamples. */
  readonly resampled: Float64Array;
  readonly replications: number;
  readonly centres: Readonly<Record<Recentring, Float64Array>>;
}

function simulate(leads: ReturnRows, options: SuperiorAbilityOptions): Simulation {
  const { resamples, meanBlock, studentized = true } = options;
  check(leads, resamples, meanBlock);
  const { values, periods, assets } = leads;
  const variances = longRunVariances(leads, meanBlock);
  const trials = Array.from(variances.keys()).filter((trial) => variances[trial] > 0);
  const k = trials.length;
  const scale = trials.map((trial) => (studentized ? Math.sqrt(variances[trial]) : 1));
  const meansBy = (weights: ArrayLike<number>) => {
    const sums = new Float64Array(k);
    for (let t = 0; t < periods; t++) {
      const weight = weights[t];
      if (weight === 0) continue;
      for (let i = 0; i < k; i++) sums[i] += weight * values[t * assets + trials[i]];
    }
    return sums.map((sum, i) => sum / periods / scale[i]);
  };
  const means = meansBy(new Uint8Array(periods).fill(1));
  const resampled = new Float64Array(resamples.length * k);
  for (const [r, indices] of resamples.entries()) {
    const counts = new Uint32Array(periods);
    for (const index of indices) counts[index]++;
    resampled.set(meansBy(counts), r * k);
  }
  // Hansen's eq. 7: a trial this far behind the benchmark is not what the best one came from.
  const bound = (i: number) =>
    (-Math.sqrt(variances[trials[i]]) / scale[i]) * Math.sqrt((2 * Math.log(Math.log(periods))) / periods);
  return {
    trials,
    means,
    resampled,
    replications: resamples.length,
    centres: {
      lower: means.map((value) => Math.max(0, value)),
      consistent: means.map((value, i) => (value >= bound(i) ? value : 0)),
      upper: means,
    },
  };
}

/** T times the variance of a mean under the stationary bootstrap itself (Politis & Romano 1994, lemma 1). */
function longRunVariances({ values, periods, assets }: ReturnRows, meanBlock: number): Float64Array {
  const means = new Float64Array(assets);
  for (let i = 0; i < values.length; i++) means[i % assets] += values[i] / periods;
  const first = values.subarray(0, assets);
  const moving = Uint8Array.from(first, (value, trial) => {
    for (let t = 1; t < periods; t++) if (values[t * assets + trial] !== value) return 1;
    return 0;
  });
  const centred = values.map((value, i) => (moving[i % assets] === 1 ? value - means[i % assets] : 0));
  const q = 1 - 1 / meanBlock;
  const variances = new Float64Array(assets);
  for (let lag = 0; lag < periods; lag++) {
    const share = lag / periods;
    const weight = lag === 0 ? 1 : 2 * ((1 - share) * q ** lag + share * q ** (periods - lag));
    if (weight < Number.EPSILON / periods) continue;
    for (let t = lag; t < periods; t++) {
      for (let trial = 0; trial < assets; trial++) {
        variances[trial] += (weight * centred[t * assets + trial] * centred[(t - lag) * assets + trial]) / periods;
      }
    }
  }
  return variances;
}

function maxima({ resampled, replications, centres, means }: Simulation, recentring: Recentring, open: boolean[]) {
  const centre = centres[recentring];
  const k = means.length;
  return Float64Array.from({ length: replications }, (_, r) => {
    let maximum = Number.NEGATIVE_INFINITY;
    for (let i = 0; i < k; i++) if (open[i]) maximum = Math.max(maximum, resampled[r * k + i] - centre[i]);
    return maximum;
  });
}

function bestOf({ means }: Simulation, open: readonly boolean[]): number {
  let best = -1;
  for (let i = 0; i < means.length; i++) if (open[i] && (best < 0 || means[i] > means[best])) best = i;
  return best;
}

function pValue(simulation: Simulation, recentring: Recentring, open: boolean[]): number {
  const best = bestOf(simulation, open);
  if (best < 0) return Number.NaN;
  const found = simulation.means[best];
  return mean(maxima(simulation, recentring, open).map((maximum) => (maximum > found ? 1 : 0)));
}

function check({ values, periods, assets }: ReturnRows, resamples: readonly Uint32Array[], meanBlock: number): void {
  if (assets < 1 || periods < 3) {
    throw invalid(`leads: found ${periods} sessions of ${assets} trials, expected at least 3 of 1`);
  }
  if (values.length !== periods * assets) {
    throw invalid(`leads: found ${values.length} values, expected ${periods} × ${assets}`);
  }
  for (let i = 0; i < values.length; i++) {
    if (Number.isFinite(values[i])) continue;
    const row = Math.floor(i / assets);
    throw invalid(`leads, row ${row}, column ${i % assets}: found ${values[i]}, expected a finite number`);
  }
  if (!(meanBlock >= 1)) throw invalid(`meanBlock: found ${meanBlock}, expected at least 1`);
  if (resamples.length === 0) throw invalid('resamples: found none, expected at least 1');
  for (const [r, { length }] of resamples.entries()) {
    if (length !== periods) throw invalid(`resamples, ${r}: found ${length} sessions, expected ${periods}`);
  }
}

function invalid(message: string): CandlenetError {
  return new CandlenetError('ARGUMENT_INVALID', message);
}
