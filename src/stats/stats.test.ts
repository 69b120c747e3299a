import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pearson, spearman } from './correlation.js';
import { excessKurtosis, mean, skewness, standardDeviation, variance } from './moments.js';
import { testMean } from './newey-west.js';
import { normalCdf, normalQuantile } from './normal.js';
import { quantile } from './quantile.js';
import { ranks } from './ranks.js';
import { studentCdf, studentTwoSided } from './student.js';

/** Made by bench/peers/stats_vectors.py with numpy, scipy and statsmodels. */
interface Vectors {
  x: number[];
  y: number[];
  tied: number[];
  mean: number;
  variance: number;
  skewness: number;
  excessKurtosis: number;
  ranksOfTied: number[];
  pearson: number;
  spearman: number;
  spearmanTied: number;
  quantiles: [number, number][];
  normalCdf: [number, number][];
  normalQuantile: [number, number][];
  studentCdf: [number, number, number][];
  studentTwoSided: [number, number, number][];
  neweyWest: { lags: number; standardError: number; t: number; p: number }[];
  ttest: [number, number];
}
const peer = JSON.parse(readFileSync(new URL('./vectors/stats.json', import.meta.url), 'utf8')) as Vectors;

/** Equal within 1e-8 of the value itself, so that tails of 1e-15 are compared too. */
function same(found: number, expected: number): void {
  expect(Math.abs(found - expected)).toBeLessThanOrEqual(1e-8 * Math.abs(expected) + 1e-300);
}

describe('against scipy and statsmodels', () => {
  it('moments', () => {
    same(mean(peer.x), peer.mean);
    same(variance(peer.x), peer.variance);
    same(skewness(peer.x), peer.skewness);
    same(excessKurtosis(peer.x), peer.excessKurtosis);
  });

  it('ranks and correlations', () => {
    expect([...ranks(peer.tied)]).toEqual(peer.ranksOfTied);
    same(pearson(peer.x, peer.y), peer.pearson);
    same(spearman(peer.x, peer.y), peer.spearman);
    same(spearman(peer.tied, peer.y), peer.spearmanTied);
  });

  it('quantiles', () => {
    for (const [p, value] of peer.quantiles) same(quantile(peer.x, p), value);
  });

  it('normal distribution, tails included', () => {
    for (const [x, p] of peer.normalCdf) same(normalCdf(x), p);
    for (const [p, x] of peer.normalQuantile) {
      if (x === 0) expect(Math.abs(normalQuantile(p))).toBeLessThan(1e-15);
      else same(normalQuantile(p), x);
    }
  });

  it("Student's distribution, tails included", () => {
    for (const [t, degrees, p] of peer.studentCdf) same(studentCdf(t, degrees), p);
    for (const [t, degrees, p] of peer.studentTwoSided) same(studentTwoSided(t, degrees), p);
  });

  it('Newey-West errors of a mean; with no lags the ordinary t-test', () => {
    for (const row of peer.neweyWest) {
      const found = testMean(peer.x, row.lags);
      same(found.standardError, row.standardError);
      same(found.t, row.t);
      same(found.p, row.p);
    }
    const plain = testMean(peer.x, 0);
    same(plain.t, peer.ttest[0]);
    same(plain.p, peer.ttest[1]);
  });
});

describe('degenerate input', () => {
  const flat = [0.1, 0.1, 0.1];

  it('is NaN where the measure does not exist', () => {
    expect(mean([])).toBeNaN();
    expect(standardDeviation([1])).toBeNaN();
    expect(skewness(flat)).toBeNaN();
    expect(excessKurtosis(flat)).toBeNaN();
    expect(pearson(flat, [1, 2, 3])).toBeNaN();
    expect(spearman([1], [1])).toBeNaN();
    expect(quantile([], 0.5)).toBeNaN();
    expect(testMean(flat).t).toBeNaN();
    expect(testMean([1]).p).toBeNaN();
    expect(normalQuantile(1.1)).toBeNaN();
    expect(studentCdf(1, 0)).toBeNaN();
  });

  it('gives a constant no spread at all, whatever its mean rounds to', () => {
    expect(standardDeviation(flat)).toBe(0);
  });

  it('lets a missing value show', () => {
    const holed = [0.1, Number.NaN, 0.3];
    for (const measure of [mean, variance, skewness, excessKurtosis]) expect(measure(holed)).toBeNaN();
    expect(pearson(holed, [1, 2, 3])).toBeNaN();
    expect(spearman(holed, [1, 2, 3])).toBeNaN();
    expect(quantile(holed, 0.5)).toBeNaN();
    expect(testMean(holed).t).toBeNaN();
  });
});

describe('properties', () => {
  const distinct = fc.uniqueArray(fc.integer({ min: -1000, max: 1000 }), { minLength: 3, maxLength: 40 });

  it('ranks add up to n(n+1)/2, ties or not', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -5, max: 5 }), { minLength: 1, maxLength: 50 }), (values) => {
        const n = values.length;
        expect(ranks(values).reduce((sum, rank) => sum + rank, 0)).toBeCloseTo((n * (n + 1)) / 2, 9);
      }),
    );
  });

  it('Spearman ignores any increasing transformation', () => {
    fc.assert(
      fc.property(distinct, (values) => {
        const other = values.map((v, i) => Math.sin(v) + i);
        expect(spearman(values.map(Math.cbrt), other)).toBeCloseTo(spearman(values, other), 12);
      }),
    );
  });

  it('the normal quantile inverts the distribution function', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-9, max: 1 - 1e-9, noNaN: true }), (p) => {
        expect(normalCdf(normalQuantile(p))).toBeCloseTo(p, 13);
      }),
    );
  });
});
