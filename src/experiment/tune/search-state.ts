import { mean } from '../../stats/index.js';
import { type Evaluated, expectedMeans, type SearchPoint, type SearchSpace, settingsOf } from '../../training/index.js';
import type { TuneMetric } from '../config/tune-section.js';
import type { Settings } from './candidates.js';
import type { FoldResult } from './fold-result.js';

/** A candidate and what is known of it; `results` grows fold by fold. */
export interface Candidate {
  /** From 1, in the order of proposal. */
  readonly number: number;
  readonly point: SearchPoint;
  readonly settings: Settings;
  readonly results: FoldResult[];
}

export type CandidateStatus = 'complete' | 'stopped' | 'failed';

export const newCandidate = (space: SearchSpace, point: SearchPoint, number: number): Candidate => ({
  ...{ number, point, settings: settingsOf(space, point), results: [] },
});

export const isFailed = ({ results }: Candidate): boolean => results.some(({ failure }) => failure !== null);

export function statusOf(candidate: Candidate, folds: number): CandidateStatus {
  if (isFailed(candidate)) return 'failed';
  return candidate.results.length === folds ? 'complete' : 'stopped';
}

/** Of all metrics but the log loss more is better. */
export const isLoss = (metric: TuneMetric): boolean => metric === 'log-loss';

/** Scores by fold, to be minimised. */
export const lossesOf = ({ results }: Candidate, metric: TuneMetric): number[] =>
  results.map(({ scores }) => (isLoss(metric) ? scores[metric] : -scores[metric]));

/** Mean over the first folds, to be minimised; NaN where one failed. */
export const lossAfter = (candidate: Candidate, metric: TuneMetric, folds: number): number =>
  mean(lossesOf(candidate, metric).slice(0, folds));

/** What a sampler learns from: every candidate with the mean that all folds would be expected to give. */
export function evaluatedOf(candidates: readonly Candidate[], metric: TuneMetric): Evaluated[] {
  const expected = expectedMeans(candidates.map((candidate) => lossesOf(candidate, metric)));
  return candidates.map(({ point }, i) => ({ point, value: expected[i] }));
}
