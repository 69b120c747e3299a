import { expectedMeans } from '../../training/index.js';
import type { Reduction } from '../config/presets.js';
import type { TuneConfig, TuneMetric } from '../config/tune-section.js';
import type { Settings } from './candidates.js';
import { type Candidate, type CandidateStatus, isFailed, isLoss, lossesOf, statusOf } from './search-state.js';

export interface TuneTrial {
  readonly number: number;
  readonly settings: Settings;
  readonly status: CandidateStatus;
  /** Mean over all folds; null where the candidate was stopped or failed. */
  readonly score: number | null;
  /** The mean over all folds that is expected of it by the folds it has; the score itself where it has all. */
  readonly expected: number | null;
  /** By fold. */
  readonly scores: readonly (number | null)[];
  readonly bestEpochs: readonly number[];
  readonly failure: string | null;
}

/** A search and its result. Everything but `seconds` is the same on every machine of one kind, stopped and resumed or not. */
export interface TuneReport {
  readonly schemaVersion: 1;
  readonly id: string;
  readonly name: string;
  readonly status: 'running' | 'complete';
  readonly method: TuneConfig['method'];
  readonly metric: TuneMetric;
  readonly better: 'lower' | 'higher';
  readonly space: TuneConfig['space'];
  readonly folds: number;
  /** First and last day the search has seen. */
  readonly days: readonly [string, string];
  /** The period that judges a run: not opened. */
  readonly unopened: readonly [string, string];
  readonly reductions: readonly Reduction[];
  readonly store: { readonly title: string; readonly contentHash: string };
  readonly trials: readonly TuneTrial[];
  readonly best: { readonly number: number; readonly settings: Settings; readonly score: number } | null;
  /** The configuration with the best settings, for `candlenet run`. */
  readonly bestConfig: string | null;
  /** Why there are fewer candidates than asked for; null where there are not. */
  readonly note: string | null;
  readonly seconds: number;
}

const orNull = (value: number) => (Number.isFinite(value) ? value : null);

/** Candidates in their order, with scores as the metric has them. */
export function trialsOf(candidates: readonly Candidate[], metric: TuneMetric, folds: number): TuneTrial[] {
  const sign = isLoss(metric) ? 1 : -1;
  const expected = expectedMeans(candidates.map((candidate) => lossesOf(candidate, metric)));
  return candidates.map((candidate, i) => {
    const { number, settings, results } = candidate;
    const status = statusOf(candidate, folds);
    const scores = results.map((result) => result.scores[metric]);
    const total = scores.reduce((sum, value) => sum + value, 0) / scores.length;
    return {
      ...{ number, settings, status },
      score: status === 'complete' ? orNull(total) : null,
      expected: isFailed(candidate) ? null : orNull(sign * expected[i]),
      scores: scores.map(orNull),
      bestEpochs: results.map(({ bestEpoch }) => bestEpoch),
      failure: results.find(({ failure }) => failure !== null)?.failure ?? null,
    };
  });
}

/** Complete ones by score, then stopped ones by what was expected of them, then failures. */
export function ranked(trials: readonly TuneTrial[], metric: TuneMetric): TuneTrial[] {
  const order: readonly CandidateStatus[] = ['complete', 'stopped', 'failed'];
  const loss = ({ score, expected }: TuneTrial) => {
    const value = score ?? expected;
    if (value === null) return Number.POSITIVE_INFINITY;
    return isLoss(metric) ? value : -value;
  };
  return [...trials].sort(
    (a, b) => order.indexOf(a.status) - order.indexOf(b.status) || compare(loss(a), loss(b)) || a.number - b.number,
  );
}

const compare = (a: number, b: number) => (a < b ? -1 : a > b ? 1 : 0);

/** The complete candidate of best score, the earlier of two equals. */
export function bestOf(trials: readonly TuneTrial[], metric: TuneMetric): TuneReport['best'] {
  const [first] = ranked(trials, metric);
  if (first === undefined || first.status !== 'complete' || first.score === null) return null;
  const { number, settings, score } = first;
  return { number, settings, score };
}
