import { describe, expect, it } from 'vitest';
import type { TuneMetric } from '../config/tune-section.js';
import { type FoldResult, noScores } from './fold-result.js';
import { type Candidate, evaluatedOf } from './search-state.js';
import { bestOf, ranked, trialsOf } from './tune-report.js';

const FOLDS = 3;

function result(metric: TuneMetric, score: number): FoldResult {
  return {
    ...{ schemaVersion: 1, scores: { ...noScores(), [metric]: score }, bestEpoch: 1, epochs: 2 },
    ...{ samples: { train: 1, validation: 1, test: 1 }, judged: ['2020-01-02', '2020-01-03'], dates: [], returns: [] },
    ...{ seconds: 0, failure: Number.isNaN(score) ? 'diverged' : null },
  };
}

const candidates = (metric: TuneMetric, scores: readonly (readonly number[])[]): Candidate[] =>
  scores.map((row, i) => ({
    ...{ number: i + 1, point: [i], settings: { i }, results: row.map((score) => result(metric, score)) },
  }));

describe('the table of a search', () => {
  // Fold effects 0, 1, 2: the stopped candidate 2 is expected at 5 + 1, between the complete ones.
  const losses = candidates('log-loss', [[6, 7, 8], [5], [4, 5, 6], [Number.NaN], [8]]);

  it('ranks complete candidates by score, then stopped ones by what is expected of them, then failures', () => {
    const trials = trialsOf(losses, 'log-loss', FOLDS);
    expect(ranked(trials, 'log-loss').map(({ number, status }) => [number, status])).toEqual([
      [3, 'complete'],
      [1, 'complete'],
      [2, 'stopped'],
      [5, 'stopped'],
      [4, 'failed'],
    ]);
    expect(bestOf(trials, 'log-loss')).toEqual({ number: 3, settings: { i: 2 }, score: 5 });
    expect(trials[1]).toMatchObject({ score: null, expected: expect.closeTo(6, 12), scores: [5] });
    expect(trials[3]).toMatchObject({ score: null, expected: null, scores: [null], failure: 'diverged' });
  });

  it('takes more for better where the metric is no loss, and shows it as it is', () => {
    const trials = trialsOf(candidates('rank-ic', [[0.02, 0.03, 0.04], [0.05, 0.06, 0.07], [-0.01]]), 'rank-ic', FOLDS);
    expect(bestOf(trials, 'rank-ic')).toMatchObject({ number: 2, score: expect.closeTo(0.06, 12) });
    expect(trials[2].expected).toBeCloseTo(0, 12);
  });

  it('tells the sampler what to minimise, failures as undefined', () => {
    expect(evaluatedOf(losses, 'log-loss').map(({ value }) => value)).toEqual([
      expect.closeTo(7, 12),
      expect.closeTo(6, 12),
      expect.closeTo(5, 12),
      Number.NaN,
      expect.closeTo(9, 12),
    ]);
  });

  it('names no best where none came through', () => {
    expect(bestOf(trialsOf(candidates('accuracy', [[0.4]]), 'accuracy', FOLDS), 'accuracy')).toBeNull();
    expect(bestOf([], 'accuracy')).toBeNull();
  });
});
