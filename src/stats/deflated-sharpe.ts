import { CandlenetError } from '../util/index.js';
import { pearson } from './correlation.js';
import { excessKurtosis, mean, type Numbers, skewness, standardDeviation, variance } from './moments.js';
import { normalCdf, normalQuantile } from './normal.js';
import type { ReturnRows } from './sample-covariance.js';

/** A Sharpe ratio of one session (not annualised) with what its sampling error depends on. */
export interface SharpeEstimate {
  readonly sharpe: number;
  readonly skew: number;
  /** Fourth standardised moment: 3 for a normal distribution. */
  readonly kurtosis: number;
  readonly sessions: number;
}

/** How hard was searched before one strategy was shown. */
export interface TrialPopulation {
  /** Number of independent trials, ≥ 1; a fraction is fine (see `independentTrials`). */
  readonly count: number;
  /** Variance over the trials of their Sharpe ratios of one session; not read for one trial. */
  readonly variance: number;
}

export interface DeflatedSharpe extends SharpeEstimate {
  /** Sharpe ratio of one session that the best of so many trials without skill is expected to show. */
  readonly threshold: number;
  /** Probability that the true ratio exceeds the threshold; NaN where the returns do not vary. */
  readonly probability: number;
}

const EULER_MASCHERONI = 0.5772156649015329;

/** @param riskFree return of one session without risk */
export function sharpeEstimate(returns: Numbers, riskFree = 0): SharpeEstimate {
  const deviation = standardDeviation(returns);
  return {
    sharpe: deviation > 0 ? (mean(returns) - riskFree) / deviation : Number.NaN,
    skew: skewness(returns),
    kurtosis: excessKurtosis(returns) + 3,
    sessions: returns.length,
  };
}

/** 1 − γ₃·SR + (γ₄ − 1)/4·SR²: variance of the estimated ratio times n − 1 (Mertens 2002). */
function errorFactor({ sharpe, skew, kurtosis }: SharpeEstimate): number {
  return 1 - skew * sharpe + ((kurtosis - 1) / 4) * sharpe ** 2;
}

/**
 * Probability that the true Sharpe ratio exceeds `threshold` (Bailey & López de Prado, "The Sharpe ratio efficient
 * frontier", J. Risk 15 (2012), eq. 9). NaN for fewer than two sessions.
 */
export function probabilisticSharpe(estimate: SharpeEstimate, threshold = 0): number {
  if (!(estimate.sessions >= 2)) return Number.NaN;
  const score = ((estimate.sharpe - threshold) * Math.sqrt(estimate.sessions - 1)) / Math.sqrt(errorFactor(estimate));
  return normalCdf(score);
}

/**
 * Sessions needed before the ratio exceeds `threshold` with the given confidence (the same paper, eq. 11); NaN where the
 * estimate does not exceed it at all.
 */
export function minimumTrackRecord(estimate: SharpeEstimate, threshold = 0, confidence = 0.95): number {
  if (!(confidence > 0 && confidence < 1)) {
    throw new CandlenetError('ARGUMENT_INVALID', `confidence: found ${confidence}, expected a number between 0 and 1`);
  }
  if (!(estimate.sharpe > threshold)) return Number.NaN;
  return 1 + errorFactor(estimate) * (normalQuantile(confidence) / (estimate.sharpe - threshold)) ** 2;
}

/**
 * Expected maximum of the ratios of `count` independent trials without skill (Bailey & López de Prado, "The deflated
 * Sharpe ratio", J. Portfolio Management 40 (2014), eq. 1); 0 for a single trial, which nothing was chosen from.
 */
export function expectedMaximumSharpe({ count, variance: spread }: TrialPopulation): number {
  if (!(count >= 1)) {
    throw new CandlenetError('ARGUMENT_INVALID', `trials: found a count of ${count}, expected at least 1`);
  }
  if (count === 1) return 0;
  const maximum =
    (1 - EULER_MASCHERONI) * normalQuantile(1 - 1 / count) +
    EULER_MASCHERONI * normalQuantile(1 - 1 / (count * Math.E));
  // The approximation is for many trials; of a few, fewer than e, it would fall below the mean.
  return Math.sqrt(spread) * Math.max(0, maximum);
}

/** The deflated Sharpe ratio: the probabilistic one against the expected maximum of the trials (the same paper, eq. 2). */
export function deflatedSharpe(returns: Numbers, trials: TrialPopulation, riskFree = 0): DeflatedSharpe {
  const estimate = sharpeEstimate(returns, riskFree);
  const threshold = expectedMaximumSharpe(trials);
  return { ...estimate, threshold, probability: probabilisticSharpe(estimate, threshold) };
}

/**
 * The population of trials from their daily returns over the same sessions: variance of their Sharpe ratios (n − 1), and
 * the number of independent trials that M correlated ones are worth, ρ̄ + (1 − ρ̄)·M with ρ̄ the mean correlation of
 * pairs, taken within 0 and 1 (the same paper, appendix A.3). Trials whose returns do not vary count as nothing.
 * @param rows [T × M] a column a trial
 */
export function trialPopulation(rows: ReturnRows, riskFree = 0): TrialPopulation {
  const columns = Array.from({ length: rows.assets }, (_, trial) =>
    Float64Array.from({ length: rows.periods }, (_, t) => rows.values[t * rows.assets + trial]),
  );
  const varied = columns.filter((column) => standardDeviation(column) > 0);
  const ratios = varied.map((column) => sharpeEstimate(column, riskFree).sharpe);
  if (varied.length < 2) return { count: Math.max(1, varied.length), variance: Number.NaN };
  let sum = 0;
  for (let i = 0; i < varied.length; i++) for (let j = 0; j < i; j++) sum += pearson(varied[i], varied[j]);
  const common = Math.max(0, Math.min(1, sum / ((varied.length * (varied.length - 1)) / 2)));
  return { count: common + (1 - common) * varied.length, variance: variance(ratios) };
}
