import { describe, expect, it } from 'vitest';
import type { MarketTables, SyntheticTruth } from '../types.js';
import { bayesAccuracy, bayesClass, bayesIc } from './bayes.js';
import { generateMarket } from './generate.js';
import { trailingVolatility } from './trailing-volatility.js';

const SYMBOLS = 60;
const DAYS = 900;
const HORIZON = 5;
const SEEDS = [1, 2];
/** Labels overlap by the horizon and share the market's days: sums over blocks of sessions are taken as independent. */
const BLOCK = 25;

interface Labelled {
  readonly truth: SyntheticTruth;
  readonly market: MarketTables;
  readonly rows: number[];
  readonly classes: Uint8Array;
  readonly forward: Float64Array;
}

/** The label rule of the features room, written out again so that the truth is judged by nothing of its own. */
function label(market: MarketTables): Labelled {
  const { bars } = market;
  const truth = market.truth!;
  const classes = new Uint8Array(SYMBOLS * DAYS).fill(255);
  const forward = new Float64Array(SYMBOLS * DAYS).fill(Number.NaN);
  const rows: number[] = [];
  const traded = (cell: number) => bars.close[cell] > 0 && bars.suspended[cell] === 0;
  for (let s = 0; s < SYMBOLS; s++) {
    const closes: number[] = [];
    for (let d = 0; d < DAYS; d++) {
      const cell = s * DAYS + d;
      if (!traded(cell)) continue;
      closes.push(bars.close[cell] * bars.adjFactor[cell]);
      const [entry, exit] = [cell + 1, cell + 1 + HORIZON];
      if (closes.length < 61 || d + 1 + HORIZON >= DAYS || !traded(entry) || !traded(exit)) continue;
      const returns = closes.slice(-60).map((close, i) => close / closes[closes.length - 61 + i] - 1);
      const mean = returns.reduce((a, b) => a + b) / 60;
      const sigma = Math.sqrt(returns.reduce((a, b) => a + (b - mean) ** 2, 0) / 59);
      forward[cell] = (bars.open[exit] * bars.adjFactor[exit]) / (bars.open[entry] * bars.adjFactor[entry]) - 1;
      const band = 0.5 * sigma * Math.sqrt(HORIZON);
      classes[cell] = forward[cell] > band ? 0 : forward[cell] < -band ? 2 : 1;
      rows.push(cell);
    }
  }
  return { truth, market, rows, classes, forward };
}

const make = (kind: 'null' | 'planted', seed: number) =>
  label(generateMarket({ kind, symbols: SYMBOLS, days: DAYS, seed }));
const planted = SEEDS.map((seed) => make('planted', seed));
const none = SEEDS.map((seed) => make('null', seed));

/** Mean of a value over the rows it is defined on, its standard error by blocks, and their ratio. */
function blockMean(sets: readonly Labelled[], value: (set: Labelled, row: number) => number) {
  const sums: { sum: number; count: number }[] = [];
  for (const set of sets) {
    const blocks = Array.from({ length: Math.ceil(DAYS / BLOCK) }, () => ({ sum: 0, count: 0 }));
    for (const row of set.rows) {
      const x = value(set, row);
      if (Number.isNaN(x)) continue;
      const block = blocks[Math.floor((row % DAYS) / BLOCK)];
      block.sum += x;
      block.count++;
    }
    sums.push(...blocks);
  }
  const count = sums.reduce((a, b) => a + b.count, 0);
  const mean = sums.reduce((a, b) => a + b.sum, 0) / count;
  const error = Math.sqrt(sums.reduce((a, b) => a + (b.sum - mean * b.count) ** 2, 0)) / count;
  return { count, mean, error };
}

const probabilities = (truth: SyntheticTruth, row: number) => [truth.pBuy[row], truth.pHold[row], truth.pSell[row]];
const right = (set: Labelled, row: number) => (bayesClass(set.truth, row) === set.classes[row] ? 1 : 0);
const bestChance = (set: Labelled, row: number) => Math.max(...probabilities(set.truth, row));

describe('truth of the synthetic market', () => {
  it('is a distribution on every row that has a label', () => {
    for (const { truth, rows } of [...planted, ...none]) {
      for (const row of rows) {
        const p = probabilities(truth, row);
        if (p.some((x) => !(x >= -1e-6 && x <= 1))) expect.fail(`row ${row}: ${p}`);
        if (Math.abs(p[0] + p[1] + p[2] - 1) > 1e-6) expect.fail(`row ${row}: ${p}`);
      }
    }
  });

  it.each([
    ['planted', planted],
    ['null', none],
  ] as const)('is calibrated in the %s market: classes come as often as it says', (_, sets) => {
    const scores: number[] = [];
    for (let k = 0; k < 3; k++) {
      for (let tenth = 0; tenth < 10; tenth++) {
        const { count, mean, error } = blockMean(sets, (set, row) => {
          const p = probabilities(set.truth, row)[k];
          return Math.min(9, Math.floor(p * 10)) === tenth ? Number(set.classes[row] === k) - p : Number.NaN;
        });
        if (count > 400) scores.push(mean / error);
      }
    }
    expect(scores.length).toBeGreaterThan(6);
    expect(Math.max(...scores.map(Math.abs))).toBeLessThan(3.5);
    // Mean square of standard scores: 1 when calibrated.
    expect(scores.reduce((a, b) => a + b * b, 0) / scores.length).toBeLessThan(2.2);
  });

  it.each([
    ['planted', planted],
    ['null', none],
  ] as const)('promises the accuracy that its own choice has in the %s market', (_, sets) => {
    const { mean, error } = blockMean(sets, (set, row) => right(set, row) - bestChance(set, row));
    expect(Math.abs(mean)).toBeLessThan(3 * error);
    expect(error).toBeLessThan(0.008);
  });

  it('is beaten by nothing: not by sharper or flatter odds, nor by rules that see the drift or the past', () => {
    const logLoss = (power: number) => (set: Labelled, row: number) => {
      const weights = probabilities(set.truth, row).map((p) => Math.max(p, 1e-4) ** power);
      return -Math.log(weights[set.classes[row]] / (weights[0] + weights[1] + weights[2]));
    };
    for (const power of [0.7, 1.4]) {
      const { mean, error } = blockMean(planted, (set, row) => logLoss(power)(set, row) - logLoss(1)(set, row));
      expect(mean).toBeGreaterThan(3 * error);
    }
    const rules: ((set: Labelled, row: number) => number)[] = [
      () => 1,
      (set, row) => (set.truth.expectedReturn[row] > 0 ? 0 : 2),
      (set, row) => (Math.abs(set.truth.expectedReturn[row]) < 0.02 ? 1 : set.truth.expectedReturn[row] > 0 ? 0 : 2),
      (set, row) => (momentum(set, row) > 0 ? 0 : 2),
      (set, row) => (momentum(set, row) > 0 ? 2 : 0),
    ];
    for (const rule of rules) {
      const { mean, error } = blockMean(
        planted,
        (set, row) => right(set, row) - Number(rule(set, row) === set.classes[row]),
      );
      expect(mean).toBeGreaterThan(-3 * error);
    }
  });

  it('knows the mean forward return of the planted market, whatever it is', () => {
    for (const [low, high] of [
      [-1, -0.03],
      [-0.03, -0.005],
      [-0.005, 0.005],
      [0.005, 0.03],
      [0.03, 1],
    ]) {
      const { mean, error, count } = blockMean(planted, (set, row) => {
        const expected = set.truth.expectedReturn[row];
        return expected >= low && expected < high ? set.forward[row] - expected : Number.NaN;
      });
      expect(count).toBeGreaterThan(1000);
      expect(Math.abs(mean)).toBeLessThan(3 * error);
    }
  });

  it('leaves room above the majority class when a signal is planted, and a signal worth finding', () => {
    for (const { truth, rows, classes, forward } of planted) {
      const bound = bayesAccuracy(truth, rows, classes);
      const shares = [0, 1, 2].map((k) => rows.filter((row) => classes[row] === k).length / rows.length);
      expect(bound).toBeGreaterThan(0.5);
      expect(bound).toBeLessThan(0.62);
      expect(bound - Math.max(...shares)).toBeGreaterThan(0.12);
      expect(bayesIc(truth, rows, forward, DAYS)).toBeGreaterThan(0.4);
    }
  });

  it('expects nothing in the null market, where neither momentum nor reversal earns anything', () => {
    for (const { truth, rows, forward } of none) {
      expect(rows.every((row) => truth.expectedReturn[row] === 0)).toBe(true);
      expect(bayesIc(truth, rows, forward, DAYS)).toBeNaN();
    }
    const mean = blockMean(none, (set, row) => set.forward[row]);
    expect(Math.abs(mean.mean)).toBeLessThan(3 * mean.error);
    const signals: ((set: Labelled, row: number) => number)[] = [
      momentum,
      ({ market: { bars } }, row) => bars.close[row] / bars.open[row] - 1,
      ({ market: { bars } }, row) => bars.high[row] + bars.low[row] - bars.open[row] - bars.close[row],
      ({ market: { bars } }, row) =>
        (bars.open[row] * bars.adjFactor[row]) / (bars.close[row - 1] * bars.adjFactor[row - 1]) - 1,
      // What is right in the planted market of the same seed is nothing here.
      (set, row) => planted[none.indexOf(set)].truth.expectedReturn[row],
      // A close at the limit must not foretell the next days.
      ({ market: { bars } }, row) => {
        const change = (bars.close[row] * bars.adjFactor[row]) / (bars.close[row - 1] * bars.adjFactor[row - 1]) - 1;
        return Math.abs(change) > 0.097 ? change : Number.NaN;
      },
    ];
    for (const signal of signals) {
      const { mean, error, count } = blockMean(none, (set, row) => Math.sign(signal(set, row)) * set.forward[row]);
      expect(count).toBeGreaterThan(60);
      expect(Math.abs(mean)).toBeLessThan(3 * error);
    }
  });

  it('lets volatility be foreseen in the null market: the bound lies above the majority class', () => {
    const { mean, error } = blockMean(none, (set, row) => bestChance(set, row) - set.truth.pHold[row]);
    expect(mean).toBeGreaterThan(3 * error);
    const widths = none[0].rows.map((row) => none[0].truth.pHold[row]).sort((a, b) => a - b);
    expect(widths[Math.floor(widths.length * 0.95)] - widths[Math.floor(widths.length * 0.05)]).toBeGreaterThan(0.1);
  });

  it('without strength the planted market is the null market', () => {
    const options = { symbols: 8, days: 200, seed: 5 };
    const still = generateMarket({ ...options, kind: 'planted', strength: 0 });
    const nothing = generateMarket({ ...options, kind: 'null' });
    expect(still.bars.close).toEqual(nothing.bars.close);
    expect(still.truth!.pBuy).toEqual(nothing.truth!.pBuy);
  });
});

/** Return of the last ten sessions. */
function momentum({ market: { bars } }: Labelled, row: number): number {
  return (bars.close[row] * bars.adjFactor[row]) / (bars.close[row - 10] * bars.adjFactor[row - 10]) - 1;
}

describe('figures of the best possible forecaster', () => {
  const truth: SyntheticTruth = {
    ...planted[0].truth,
    pBuy: Float32Array.of(0.5, 0.2, Number.NaN, 0.25),
    pHold: Float32Array.of(0.25, 0.3, Number.NaN, 0.5),
    pSell: Float32Array.of(0.25, 0.5, Number.NaN, 0.25),
    expectedReturn: Float32Array.of(1, -1, 0, 0),
  };

  it('are means of the largest chance over the rows that have one', () => {
    expect(bayesAccuracy(truth, [0, 1, 2, 3])).toBeCloseTo(0.5, 6);
    expect(bayesAccuracy(truth, [0, 1, 3], Uint8Array.of(0, 255, 255, 255))).toBe(0.5);
    expect(bayesAccuracy(truth, [2])).toBeNaN();
    expect([0, 1, 2, 3].map((row) => bayesClass(truth, row))).toEqual([0, 2, 255, 1]);
  });

  it('correlate expectation and outcome across the stocks of a session', () => {
    // Two sessions of two stocks: rows 0 and 2 rise together, rows 1 and 3 against each other.
    expect(bayesIc(truth, [0, 1, 2, 3], [3, 5, 1, 9], 2, 2)).toBeCloseTo((1 + 1) / 2, 12);
    expect(bayesIc(truth, [0, 1, 2, 3], [3, 9, 1, 5], 2, 2)).toBeCloseTo((1 - 1) / 2, 12);
    expect(bayesIc(truth, [0, 2], [3, 1], 2, 3)).toBeNaN();
  });

  it('measure volatility over traded days alone', () => {
    const column = (...values: number[]) => Float64Array.from(values);
    const close = column(10, 11, 11, 12.1, 10.89);
    const bars = {
      ...planted[0].market.bars,
      amount: column(),
      close,
      adjFactor: column(1, 1, 1, 1, 1),
      suspended: Uint8Array.of(0, 0, 1, 0, 0),
    };
    // Returns 0.1, 0.1, −0.1 of the traded days: deviations 0 and √0.02 of the last two.
    const result = trailingVolatility(bars, 0, 5, 2);
    expect(Array.from(result.subarray(0, 3))).toEqual([Number.NaN, Number.NaN, Number.NaN]);
    expect(result[3]).toBeCloseTo(0, 12);
    expect(result[4]).toBeCloseTo(Math.sqrt(0.02), 12);
  });
});
