import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createRng } from '../util/index.js';
import { optimalBlockLength } from './block-length.js';
import { resampledInterval, stationaryResamples } from './bootstrap.js';
import { mcNemarTest } from './mcnemar.js';
import { mean, type Numbers, standardDeviation } from './moments.js';
import { benjaminiHochberg, holm } from './multiple-testing.js';
import { testMean } from './newey-west.js';
import { regress } from './regression.js';
import { realityCheck, stepwiseSuperior, superiorAbility } from './superior-ability.js';
import { EXACT_UP_TO, signedRankTest, type ZeroDifferences } from './wilcoxon.js';

/** Made by bench/peers/test_vectors.py with scipy, statsmodels and arch. */
interface Vectors {
  signedRank: {
    zeros: ZeroDifferences;
    differences: number[];
    statistic: number;
    z: number;
    p: number | null;
    pNormal: number;
  }[];
  mcNemar: { b: number; c: number; chi2: number; p: number; pExact: number }[];
  pairedT: { x: number[]; y: number[]; t: number; p: number };
  adjusted: { p: number[]; holm: number[]; benjaminiHochberg: number[] };
  blockLengths: { values: number[]; stationary: number; circular: number }[];
  regressions: {
    lags: number;
    y: number[];
    columns: number[][];
    estimates: number[];
    standardErrors: number[];
    t: number[];
    p: number[];
    rSquared: number;
    adjustedRSquared: number;
  }[];
  bootstrap: {
    values: number[];
    indices: number[][];
    level: number;
    intervals: Record<'percentile' | 'basic' | 'bca', [number, number]>;
  };
  superior: {
    leads: number[];
    sessions: number;
    trials: number;
    meanBlock: number;
    size: number;
    indices: number[][];
    cases: {
      name: string;
      pLower: number;
      pConsistent: number;
      pUpper: number;
      superior: number[];
      statistic: number;
    }[];
  };
}
const peer = JSON.parse(readFileSync(new URL('./vectors/tests.json', import.meta.url), 'utf8')) as Vectors;

function same(found: number, expected: number): void {
  expect(Math.abs(found - expected)).toBeLessThanOrEqual(1e-8 * Math.abs(expected) + 1e-14);
}

describe('against scipy, statsmodels and arch', () => {
  it("Wilcoxon's signed ranks, with ties and zeros, exact and approximate", () => {
    for (const { zeros, differences, statistic, z, p, pNormal } of peer.signedRank) {
      const found = signedRankTest(differences, zeros);
      same(Math.min(found.positive, found.negative), statistic);
      // scipy reports −|z|.
      same(Math.abs(found.z), Math.abs(z));
      expect(Math.sign(found.z)).toBe(Math.sign(found.positive - found.negative));
      expect(found.exact).toBe(found.n <= EXACT_UP_TO);
      if (found.exact && p !== null) same(found.p, p);
      if (!found.exact) same(found.p, pNormal);
    }
    expect(peer.signedRank.filter(({ p }) => p !== null).length).toBeGreaterThanOrEqual(6);
  });

  it("McNemar's test", () => {
    for (const { b, c, chi2, p, pExact } of peer.mcNemar) {
      const found = mcNemarTest(b, c);
      same(found.chi2, chi2);
      same(found.p, p);
      same(found.pExact, pExact);
    }
  });

  it('the paired t-test', () => {
    const { x, y, t, p } = peer.pairedT;
    const found = testMean(
      x.map((value, i) => value - y[i]),
      0,
    );
    same(found.t, t);
    same(found.p, p);
  });

  it('p-values of many tests', () => {
    const { p, ...expected } = peer.adjusted;
    for (const [i, value] of holm(p).entries()) same(value, expected.holm[i]);
    for (const [i, value] of benjaminiHochberg(p).entries()) same(value, expected.benjaminiHochberg[i]);
  });

  it('automatic block lengths', () => {
    for (const { values, stationary, circular } of peer.blockLengths) {
      const found = optimalBlockLength(values);
      same(found.stationary, stationary);
      same(found.circular, circular);
    }
  });

  it('regressions with Newey-West errors', () => {
    for (const { lags, y, columns, ...expected } of peer.regressions) {
      const found = regress(y, columns, lags);
      for (const [j, { estimate, standardError, t, p }] of [found.intercept, ...found.slopes].entries()) {
        same(estimate, expected.estimates[j]);
        same(standardError, expected.standardErrors[j]);
        same(t, expected.t[j]);
        same(p, expected.p[j]);
      }
      same(found.rSquared, expected.rSquared);
      same(found.adjustedRSquared, expected.adjustedRSquared);
    }
  });

  it('bootstrap intervals of the same resamples', () => {
    const { values, indices, level, intervals } = peer.bootstrap;
    const ratio = (sample: Numbers) => mean(sample) / standardDeviation(sample);
    const resamples = indices.map((row) => Uint32Array.from(row));
    for (const method of ['percentile', 'basic', 'bca'] as const) {
      const found = resampledInterval(values, ratio, resamples, { level, method });
      same(found.low, intervals[method][0]);
      same(found.high, intervals[method][1]);
    }
  });

  it('superior predictive ability, reality check and stepwise test of the same resamples', () => {
    const { leads, sessions, trials, meanBlock, size, indices, cases } = peer.superior;
    const rows = { values: Float64Array.from(leads), periods: sessions, assets: trials };
    const resamples = indices.map((row) => Uint32Array.from(row));
    for (const { name, superior, statistic, ...p } of cases) {
      const options = { resamples, meanBlock, studentized: name === 'studentised' };
      const found = superiorAbility(rows, options);
      expect(found).toMatchObject({ pLower: p.pLower, pConsistent: p.pConsistent, pUpper: p.pUpper });
      same(found.statistic, statistic);
      expect(stepwiseSuperior(rows, { ...options, size })).toEqual(superior);
      if (name === 'plain') expect(realityCheck(rows, options).p).toBe(p.pUpper);
    }
  });
});

describe('what is not defined', () => {
  it('is NaN, never 0', () => {
    expect(signedRankTest([]).p).toBeNaN();
    expect(signedRankTest([0, 0]).p).toBeNaN();
    expect(signedRankTest([0, 0], 'pratt').z).toBeNaN();
    expect(signedRankTest([0.1, Number.NaN]).p).toBeNaN();
    expect(mcNemarTest(0, 0).p).toBeNaN();
    expect(optimalBlockLength([1, 2, 3]).stationary).toBeNaN();
    expect(optimalBlockLength(new Float64Array(50).fill(0.1)).stationary).toBeNaN();
    expect(holm([Number.NaN, 0.01, 0.04])).toEqual([Number.NaN, 0.02, 0.04]);
    const flat = new Float64Array(30).fill(0.1);
    const rising = Float64Array.from({ length: 30 }, (_, i) => i);
    for (const fit of [
      regress(flat, [rising]),
      regress(rising, [flat]),
      regress([1, 3], [[1, 2]]),
      regress(rising.map(Math.sqrt), [rising, rising.map((value) => 3 * value + 1)]),
    ]) {
      expect([fit.intercept.estimate, fit.slopes[0].t, fit.rSquared]).toEqual([Number.NaN, Number.NaN, Number.NaN]);
    }
  });

  it('a trial equal to the benchmark takes no part', () => {
    const rng = createRng(3, 'leads');
    const values = Float64Array.from({ length: 120 }, (_, i) => (i % 3 === 1 ? 0 : 0.01 * rng.normal()));
    const rows = { values, periods: 40, assets: 3 };
    const resamples = stationaryResamples(40, { rng, replications: 100, meanBlock: 3 });
    const found = superiorAbility(rows, { resamples, meanBlock: 3 });
    const others = values.filter((_, i) => i % 3 !== 1);
    const without = superiorAbility({ values: others, periods: 40, assets: 2 }, { resamples, meanBlock: 3 });
    expect([found.pConsistent, found.statistic]).toEqual([without.pConsistent, without.statistic]);
    const nothing = { values: new Float64Array(40), periods: 40, assets: 1 };
    expect(superiorAbility(nothing, { resamples, meanBlock: 3 })).toMatchObject({ best: -1, pUpper: Number.NaN });
  });

  it('bad arguments name what was found', () => {
    expect(() => mcNemarTest(1.5, 2)).toThrow('found 1.5');
    expect(() => regress([1, 2, 3], [[1, 2]])).toThrow('regressor 1: found 2 values, expected 3');
    expect(() => regress([1, Number.NaN, 3], [[1, 2, 4]])).toThrow('y, row 1');
    const rows = { values: Float64Array.of(1, 2, Number.NaN, 1), periods: 4, assets: 1 };
    expect(() => superiorAbility(rows, { resamples: [Uint32Array.of(0, 1, 2, 3)], meanBlock: 2 })).toThrow('row 2');
  });
});
