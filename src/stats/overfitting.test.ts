import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createRng } from '../util/index.js';
import { backtestOverfitting } from './backtest-overfitting.js';
import {
  deflatedSharpe,
  expectedMaximumSharpe,
  minimumTrackRecord,
  probabilisticSharpe,
  sharpeEstimate,
  trialPopulation,
} from './deflated-sharpe.js';

/** Made by bench/peers/overfitting_vectors.py from the papers' formulas. */
interface Vectors {
  returns: number[];
  sharpe: number;
  probabilistic: [number, number][];
  minimumLength: [number, number, number][];
  expectedMaximum: [number, number, number][];
  deflated: [number, number, number][];
  population: { sessions: number; trials: number; returns: number[]; count: number; variance: number };
  overfitting: {
    blocks: number;
    sessions: number;
    trials: number;
    returns: number[];
    probability: number;
    probabilityOfLoss: number;
    sortedLogits: number[];
    meanLogit: number;
    slope: number;
    intercept: number;
  }[];
}
const peer = JSON.parse(readFileSync(new URL('./vectors/overfitting.json', import.meta.url), 'utf8')) as Vectors;

function same(found: number, expected: number): void {
  expect(Math.abs(found - expected)).toBeLessThanOrEqual(1e-8 * Math.abs(expected) + 1e-12);
}

describe('deflated Sharpe ratio', () => {
  const estimate = sharpeEstimate(peer.returns);

  it('and its parts are those of the formulas in Python', () => {
    same(estimate.sharpe, peer.sharpe);
    for (const [threshold, value] of peer.probabilistic) same(probabilisticSharpe(estimate, threshold), value);
    for (const [threshold, confidence, sessions] of peer.minimumLength) {
      same(minimumTrackRecord(estimate, threshold, confidence), sessions);
    }
    for (const [count, variance, value] of peer.expectedMaximum)
      same(expectedMaximumSharpe({ count, variance }), value);
    for (const [count, variance, value] of peer.deflated) {
      same(deflatedSharpe(peer.returns, { count, variance }).probability, value);
    }
    const { sessions, trials, returns, ...expected } = peer.population;
    const found = trialPopulation({ values: Float64Array.from(returns), periods: sessions, assets: trials });
    same(found.count, expected.count);
    same(found.variance, expected.variance);
  });

  it("gives the figures of the paper's own example", () => {
    // Bailey & López de Prado (2014), "A numerical example": an annual ratio of 2.5 over five years of 250 sessions, skew −3,
    // kurtosis 10, variance ½ of the annual ratios: 0.1132 and 0.9004 for 100 trials, 0.9505 for 46; 88 if returns were normal.
    const shown = { sharpe: 2.5 / Math.sqrt(250), skew: -3, kurtosis: 10, sessions: 1250 };
    const of = (count: number, moments = shown) =>
      probabilisticSharpe(moments, expectedMaximumSharpe({ count, variance: 1 / 500 }));
    expect(expectedMaximumSharpe({ count: 100, variance: 1 / 500 })).toBeCloseTo(0.1132, 4);
    expect(of(100)).toBeCloseTo(0.9004, 4);
    expect(of(46)).toBeCloseTo(0.9505, 4);
    expect(of(88, { ...shown, skew: 0, kurtosis: 3 })).toBeCloseTo(0.9505, 4);
  });

  it('of a single trial is the probabilistic one, and falls as more is tried', () => {
    expect(deflatedSharpe(peer.returns, { count: 1, variance: Number.NaN }).probability).toBe(
      probabilisticSharpe(estimate, 0),
    );
    const of = (count: number) => deflatedSharpe(peer.returns, { count, variance: 0.01 }).probability;
    expect(of(10)).toBeGreaterThan(of(100));
  });

  it('does not exist without variation, and no record is long enough for a ratio below the threshold', () => {
    expect(deflatedSharpe([0.1, 0.1, 0.1], { count: 5, variance: 0.01 }).probability).toBeNaN();
    expect(deflatedSharpe([0.1], { count: 5, variance: 0.01 }).probability).toBeNaN();
    expect(deflatedSharpe([], { count: 5, variance: 0.01 }).sharpe).toBeNaN();
    expect(minimumTrackRecord(estimate, estimate.sharpe + 0.1)).toBeNaN();
    expect(() => expectedMaximumSharpe({ count: 0, variance: 1 })).toThrow('count of 0');
  });
});

describe('probability of back-test overfitting', () => {
  it('is that of the procedure in Python', () => {
    for (const { blocks, sessions, trials, returns, ...expected } of peer.overfitting) {
      const found = backtestOverfitting(
        { values: Float64Array.from(returns), periods: sessions, assets: trials },
        { blocks },
      );
      same(found.probability, expected.probability);
      same(found.probabilityOfLoss, expected.probabilityOfLoss);
      same(found.degradation.slope, expected.slope);
      same(found.degradation.intercept, expected.intercept);
      const { logits } = found;
      same(logits.reduce((sum, logit) => sum + logit, 0) / logits.length, expected.meanLogit);
      const sorted = logits.toSorted();
      const every = Math.max(1, Math.floor(sorted.length / 20));
      for (const [i, logit] of expected.sortedLogits.entries()) same(sorted[i * every], logit);
    }
  });

  it('leaves trials that do not move out of a split', () => {
    const { sessions, returns } = peer.overfitting[0];
    const idle = Float64Array.from({ length: sessions * 8 }, (_, i) =>
      i % 8 === 7 ? 0 : returns[Math.floor(i / 8) * 7 + (i % 8)],
    );
    const found = backtestOverfitting({ values: idle, periods: sessions, assets: 8 }, { blocks: 6 });
    same(found.probability, peer.overfitting[0].probability);
    const nothing = backtestOverfitting({ values: new Float64Array(60), periods: 30, assets: 2 }, { blocks: 4 });
    expect(nothing.probability).toBeNaN();
  });

  it('is about a half for the best of pure noise', () => {
    const found = Array.from({ length: 20 }, (_, seed) => {
      const rng = createRng(seed, 'noise');
      const values = Float64Array.from({ length: 80 * 12 }, () => rng.normal());
      return backtestOverfitting({ values, periods: 80, assets: 12 }, { blocks: 6 }).probability;
    });
    // Of one draw it scatters by some 0.2; the mean of twenty stays within three times 0.2 / √20.
    expect(Math.abs(found.reduce((sum, p) => sum + p, 0) / 20 - 0.5)).toBeLessThan(0.14);
  });

  it('bad arguments name what was found', () => {
    const rows = { values: new Float64Array(20), periods: 10, assets: 2 };
    expect(() => backtestOverfitting(rows, { blocks: 3 })).toThrow('blocks: found 3');
    expect(() => backtestOverfitting(rows)).toThrow('found 10 sessions');
    expect(() => backtestOverfitting({ ...rows, periods: 20, assets: 1 })).toThrow('found 1 trials');
  });
});
