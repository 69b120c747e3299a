import { CandlenetError } from '../../util/index.js';

/** `equal`; `validation`: by the loss on validation samples, once; `rolling`: that, and on as outcomes become known. */
export type EnsembleWeighting = 'equal' | 'validation' | 'rolling';

export interface WeightingOptions {
  readonly weighting: EnsembleWeighting;
  /** Nats by which a loss must be higher for a weight e times smaller. */
  readonly temperature: number;
  /** Sessions after which what a session has shown counts half; of `rolling`. */
  readonly halfLifeDays: number;
}

/**
 * Weights w_i = exp(−L_i / T) / Σ_j exp(−L_j / T): those of the exponentially weighted average forecaster with η = 1 / T
 * (Cesa-Bianchi and Lugosi 2006, section 2.2), sum 1. A member whose loss is not finite has weight 0.
 * @param losses mean cross-entropy of each member, nats
 * @throws ARGUMENT_INVALID where no loss is finite
 */
export function softmaxWeights(losses: ArrayLike<number>, temperature: number): Float64Array {
  const all = Float64Array.from(losses);
  const least = Math.min(...all.filter(Number.isFinite));
  if (!Number.isFinite(least)) {
    throw new CandlenetError('ARGUMENT_INVALID', 'ensemble: found no member with a finite loss, expected one');
  }
  const raw = all.map((loss) => (Number.isFinite(loss) ? Math.exp((least - loss) / temperature) : 0));
  const sum = raw.reduce((a, b) => a + b, 0);
  return raw.map((weight) => weight / sum);
}

/** Losses of each member on the forecasts of one session, [members]; null where no outcome of it is known to anyone. */
export type SessionLosses = Float64Array | null;

/**
 * The members' weights on each of the sessions from `first` on. `rolling` smooths losses exponentially over the sessions
 * whose outcome is known, L ← λ·L + (1 − λ)·ℓ(s) with λ = 2^(−1 / halfLifeDays), from the validation loss on, and weighs by
 * the softmax of −L / T: a discounted average of past losses decides, as in Bates and Granger (1969) and in
 * Cesa-Bianchi and Lugosi (2006, section 2.11), but over cross-entropy. The forecast of session t, made at its close, may
 * know the outcomes of sessions s with s + `reachDays` ≤ t and no others.
 * @param validationLosses of each member, nats
 * @param losses of consecutive sessions, the first of them the first to be weighed
 * @returns [sessions][members]
 */
export function memberWeights(
  validationLosses: readonly number[],
  losses: readonly SessionLosses[],
  reachDays: number,
  { weighting, temperature, halfLifeDays }: WeightingOptions,
): Float64Array[] {
  const members = validationLosses.length;
  if (weighting === 'equal') return losses.map(() => new Float64Array(members).fill(1 / members));
  const smoothed = Float64Array.from(validationLosses);
  if (weighting === 'validation') return losses.map(() => softmaxWeights(smoothed, temperature));
  const keep = 2 ** (-1 / halfLifeDays);
  return losses.map((_, t) => {
    const known = t - reachDays >= 0 ? losses[t - reachDays] : null;
    if (known !== null) for (let i = 0; i < members; i++) smoothed[i] = keep * smoothed[i] + (1 - keep) * known[i];
    return softmaxWeights(smoothed, temperature);
  });
}
