import { describe, expect, it } from 'vitest';
import { mcNemarTest, signedRankTest, testMean } from '../stats/index.js';
import { createRng } from '../util/index.js';
import { compareForecasts, compareReturns } from './significance.js';
import { type JudgedForecasts, UNLABELLED } from './types.js';

const HORIZON = 5;

/** Forecasts of `perDay` stocks a day, each naming the class of `calls`. */
function calling(calls: readonly number[], labels: readonly number[], perDay: number): JudgedForecasts {
  const one = (k: number) => Float32Array.from(calls, (call) => (call === k ? 0.8 : 0.1));
  return {
    length: calls.length,
    date: Int32Array.from(calls, (_, i) => Math.floor(i / perDay)),
    pBuy: one(0),
    pHold: one(1),
    pSell: one(2),
    label: Uint8Array.from(labels),
    forwardReturn: new Float32Array(calls.length),
  };
}

const options = () => ({ horizonDays: HORIZON, rng: createRng(1, 'pairs') });

describe('two models on the same rows', () => {
  it('are paired by day: by hand, two stocks on four days', () => {
    const labels = [0, 0, 1, 1, 2, 2, 0, UNLABELLED];
    const subject = calling([0, 0, 1, 0, 2, 0, 1, 0], labels, 2);
    const other = calling([0, 1, 1, 1, 0, 0, 0, 0], labels, 2);
    // Right: subject 2, 1, 1 of two and 0 of one; other 1, 2, 0 of two and 1 of one.
    const daily = [0.5, -0.5, 0.5, -1];
    const found = compareForecasts(subject, other, options());
    expect(found).toMatchObject({ days: 4, samples: 7, lags: 2 * HORIZON });
    expect(found.mean).toBeCloseTo(-0.125, 12);
    expect(found.t).toBe(testMean(daily, 2 * HORIZON).t);
    expect(found.wilcoxonP).toBe(signedRankTest(daily).p);
    expect(found.mcNemar).toEqual({ onlySubject: 2, onlyOther: 2, ...pick(mcNemarTest(2, 2)) });
    expect(found.interval.low).toBeLessThanOrEqual(found.mean);
  });

  it('find a real difference and none of two that guess alike', () => {
    const rng = createRng(5, 'skill');
    const labels = Array.from({ length: 120 * 20 }, () => rng.int(3));
    const guess = (skill: number) => labels.map((label) => (rng.uniform() < skill ? label : rng.int(3)));
    const better = compareForecasts(calling(guess(0.2), labels, 20), calling(guess(0), labels, 20), options());
    expect(better.p).toBeLessThan(1e-4);
    expect(better.mcNemar.p).toBeLessThan(1e-4);
    expect(better.interval.low).toBeGreaterThan(0);
    const alike = compareForecasts(calling(guess(0), labels, 20), calling(guess(0), labels, 20), options());
    expect(alike.p).toBeGreaterThan(0.01);
  });

  it('that call everything alike have no test at all', () => {
    const labels = [0, 1, 2, 0];
    const same = compareForecasts(calling([0, 0, 0, 0], labels, 2), calling([0, 0, 0, 0], labels, 2), options());
    expect(same).toMatchObject({ mean: 0, t: Number.NaN, p: Number.NaN, wilcoxonP: Number.NaN });
    expect([same.mcNemar.p, same.interval.low]).toEqual([Number.NaN, Number.NaN]);
    const unlabelled = new Array(4).fill(UNLABELLED);
    const none = compareForecasts(
      calling([0, 1, 2, 0], unlabelled, 2),
      calling([0, 0, 0, 0], unlabelled, 2),
      options(),
    );
    expect(none).toMatchObject({ days: 0, samples: 0, mean: Number.NaN });
  });

  it('must be of the same rows', () => {
    const of = (labels: number[]) => calling(labels, labels, 2);
    expect(() => compareForecasts(of([0, 1]), of([0]), options())).toThrow('found 1 rows');
    expect(() => compareForecasts(of([0, 1]), of([0, 2]), options())).toThrow('row 1');
  });
});

describe('two strategies on the same sessions', () => {
  it('are tested by their daily difference', () => {
    const rng = createRng(2, 'returns');
    const market = Float64Array.from({ length: 250 }, () => 0.01 * rng.normal());
    const better = market.map((value) => value + 0.001 + 0.002 * rng.normal());
    const found = compareReturns(better, market, createRng(3));
    expect(found.p).toBeLessThan(0.001);
    expect(found.interval.low).toBeGreaterThan(0);
    expect(compareReturns(market, better, createRng(3)).t).toBeCloseTo(-found.t, 10);
    expect(compareReturns(market, better, createRng(3))).toEqual(compareReturns(market, better, createRng(3)));
  });

  it('have no test where one is missing or both are one', () => {
    const returns = Float64Array.of(0.01, -0.02, 0.03);
    expect(compareReturns(returns, returns, createRng(1)).p).toBeNaN();
    expect(compareReturns(returns, Float64Array.of(0, Number.NaN, 0), createRng(1)).t).toBeNaN();
    expect(compareReturns(new Float64Array(), new Float64Array(), createRng(1)).mean).toBeNaN();
    expect(() => compareReturns(returns, returns.subarray(1), createRng(1))).toThrow('found 2');
  });
});

const pick = ({ p, pExact }: { p: number; pExact: number }) => ({ p, pExact });
