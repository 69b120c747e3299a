import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createRng } from '../util/index.js';
import { type SheetBars, tearSheet } from './tear-sheet.js';

interface Tested {
  mean: number;
  sd: number;
  t: number;
  p: number;
}
/** Made by bench/peers/tear_sheet_vectors.py with pandas, scipy and statsmodels. */
interface Vectors {
  stocks: number;
  days: number;
  horizonDays: number;
  quantiles: number;
  opens: number[];
  score: number[];
  ic: Tested;
  decay: [number, Tested][];
  meanReturn: number[];
  meanExcess: number[];
  spread: Tested;
  turnover: number[];
  monotonicity: number;
  autocorrelation: [number, number][];
}
const peer = JSON.parse(readFileSync(new URL('./vectors/tear-sheet.json', import.meta.url), 'utf8')) as Vectors;

function barsOf(opens: readonly number[], stocks: number, days: number): SheetBars {
  // Raw prices a third of the adjusted ones: the factor counts.
  return {
    symbols: Array.from({ length: stocks }, (_, s) => `S${s}`),
    dates: Int32Array.from({ length: days }, (_, d) => d),
    open: Float64Array.from(opens, (price) => price / 3),
    adjFactor: new Float64Array(opens.length).fill(3),
    suspended: new Uint8Array(opens.length),
    flags: new Uint8Array(opens.length),
  };
}

const same = (found: number, expected: number) =>
  expect(Math.abs(found - expected)).toBeLessThanOrEqual(1e-8 * Math.abs(expected) + 1e-14);
const sameTest = (found: Tested, expected: Tested) => {
  for (const key of ['mean', 'sd', 't', 'p'] as const) same(found[key], expected[key]);
};

describe('tear sheet against pandas, scipy and statsmodels', () => {
  const { horizonDays, quantiles, days, stocks } = peer;
  const bars = barsOf(peer.opens, stocks, days);
  const lags = peer.decay.map(([lag]) => lag);
  const sheet = tearSheet(bars, peer.score, { first: 0, last: days - 1, horizonDays, quantiles, lags });

  it('IC, rank IC and their decay', () => {
    sameTest(sheet.ic, peer.ic);
    same(sheet.icir, peer.ic.mean / peer.ic.sd);
    sameTest(sheet.rankIc, peer.decay[0][1]);
    for (const [i, { lag, rankIc }] of sheet.decay.entries()) {
      expect(lag).toBe(lags[i]);
      sameTest(rankIc, peer.decay[i][1]);
    }
  });

  it('quantiles, their spread and order', () => {
    for (const [i, { quantile, meanReturn, meanExcess, turnover }] of sheet.quantiles.entries()) {
      expect(quantile).toBe(i + 1);
      same(meanReturn, peer.meanReturn[i]);
      same(meanExcess, peer.meanExcess[i]);
      same(turnover, peer.turnover[i]);
    }
    sameTest(sheet.spread, peer.spread);
    same(sheet.monotonicity, peer.monotonicity);
  });

  it('autocorrelation of ranks', () => {
    for (const [i, { lag, mean }] of sheet.autocorrelation.entries()) {
      expect(lag).toBe(peer.autocorrelation[i][0]);
      same(mean, peer.autocorrelation[i][1]);
    }
    expect(sheet.stocks).toBeCloseTo((stocks * (days - 1 - horizonDays)) / days, 10);
  });
});

describe('tear sheet', () => {
  const rng = createRng(6, 'sheet');
  const prices = Array.from({ length: 12 * 30 }, () => 10 + rng.uniform());
  const bars = barsOf(prices, 12, 30);
  const options = { first: 0, last: 29, horizonDays: 2, quantiles: 4 };
  const perfect = Float64Array.from(prices, (_, cell) =>
    cell % 30 < 27 ? prices[cell + 3] / prices[cell + 1] - 1 : Number.NaN,
  );

  it('of one who knows the future is 1 throughout', () => {
    const sheet = tearSheet(bars, perfect, options);
    expect(sheet.rankIc.mean).toBeCloseTo(1, 12);
    expect([sheet.positiveDays, sheet.monotonicity]).toEqual([1, 1]);
    expect(sheet.spread.mean).toBeGreaterThan(0);
    expect(sheet.rankIc.days).toBe(27);
  });

  it('leaves out what does not trade at entry or exit', () => {
    const suspended = bars.suspended.slice();
    for (let stock = 0; stock < 11; stock++) suspended[stock * 30 + 5] = 1;
    const sheet = tearSheet({ ...bars, suspended }, perfect, options);
    // Entries at session 5 are scores of 4, exits at 5 those of 2: one stock is left.
    const undefinedDays = Array.from(sheet.dailyRankIc.values.keys()).filter((i) =>
      Number.isNaN(sheet.dailyRankIc.values[i]),
    );
    expect(undefinedDays).toEqual([2, 4, 27, 28, 29]);
  });

  it('is NaN where a score says nothing, and for too few stocks', () => {
    const flat = tearSheet(bars, new Float64Array(prices.length).fill(1), options);
    expect([flat.ic.mean, flat.rankIcir, flat.spread.mean, flat.autocorrelation[0].mean]).toEqual(
      new Array(4).fill(Number.NaN),
    );
    const none = tearSheet(bars, new Float64Array(prices.length).fill(Number.NaN), options);
    expect([none.rankIc.mean, none.positiveDays, none.quantiles[0].meanReturn, none.stocks]).toEqual([
      Number.NaN,
      Number.NaN,
      Number.NaN,
      0,
    ]);
  });

  it('names what it cannot take', () => {
    expect(() => tearSheet(bars, [1, 2], options)).toThrow('scores: found 2 values, expected 12 × 30');
    expect(() => tearSheet(bars, perfect, { ...options, last: 30 })).toThrow('period');
    expect(() => tearSheet(bars, perfect, { ...options, horizonDays: 0 })).toThrow('horizonDays: found 0');
    expect(() => tearSheet(bars, perfect, { ...options, quantiles: 1 })).toThrow('quantiles: found 1');
  });
});
