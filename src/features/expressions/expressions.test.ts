import { describe, expect, it } from 'vitest';
import { codedBars, noisyAfter } from '../coded-bars.fixture.js';
import { buildPanel } from '../panel.js';
import { ALPHA158 } from './alpha158.js';
import { evaluateExpressions } from './evaluate.js';
import { alpha158Families, expressionFamilies } from './families.js';
import { lookbackOf } from './lookback.js';
import { parseExpression } from './parse.js';
import { formatExpression } from './print.js';
import { compile } from './program.js';

const canonical = (source: string) => formatExpression(parseExpression(source));

describe('the language', () => {
  it.each([
    ['Mean($close, 5)/$close-1', 'mean(close, 5) / close - 1'],
    ['open-(high-low)', 'open - (high - low)'],
    ['2^3^2', '2 ^ 3 ^ 2'],
    ['(2^3)^2', '(2 ^ 3) ^ 2'],
    ['-close^2', '-close ^ 2'],
    ['(-close)^2', '(-close) ^ 2'],
    ['Rank($close, 5)', 'ts_rank(close, 5)'],
    ['RANK(Close)', 'rank(close)'],
    ['not close > open and volume > 1e6', 'not(close > open) and volume > 1000000'],
    ['Gt($close, Ref($close, 1))', 'close > ref(close, 1)'],
    ['If(close > open, 1, -1)', 'if(close > open, 1, -1)'],
    ['close * -2', 'close * (-2)'],
  ])('reads %s', (source, expected) => {
    expect(canonical(source)).toBe(expected);
    expect(parseExpression(expected)).toEqual(parseExpression(source));
  });

  it.each([
    ['mean(close, 5', 'column 14: found the end, expected "," or ")"'],
    ['close close', 'column 7: found "close", expected an operator or the end'],
    ['mean(closing, 5)', 'column 6: found "closing", expected a field (open, high'],
    ['average(close, 5)', 'column 1: found "average", expected the name of a function'],
    ['mean(close)', 'column 1: found mean with 1 argument, expected 2'],
    ['mean(close, volume)', 'column 13: found an expression, expected a window, a whole number from 1'],
    ['mean(close, 2.5)', 'column 13: found 2.5, expected a window'],
    ['std(close, 1)', 'column 12: found 1, expected a window, a whole number from 2'],
    ['quantile(close, 5, 2)', 'column 20: found 2, expected a quantile'],
    ['close # 2', 'column 7: found "#"'],
    ['', 'column 1: found the end'],
    ['constructor(close)', 'found "constructor", expected the name of a function'],
    ['close 5', 'column 7: found "5", expected an operator or the end'],
    [`${'('.repeat(5000)}close`, 'nested'],
  ])('refuses %s', (source, message) => {
    expect(() => parseExpression(source)).toThrow(message);
    expect(() => parseExpression(source)).toThrow(expect.objectContaining({ code: 'EXPRESSION_INVALID' }));
  });

  it('refuses to look ahead', () => {
    for (const source of ['ref(close, -5)', 'Ref($close, -1) / $close', 'delta(close, -3)']) {
      expect(() => parseExpression(source)).toThrow(expect.objectContaining({ code: 'EXPRESSION_LOOKS_AHEAD' }));
    }
  });

  it('derives how far back a value looks', () => {
    const lookback = (source: string) => lookbackOf(parseExpression(source));
    expect(lookback('close')).toBe(1);
    expect(lookback('ref(close, 5)')).toBe(6);
    expect(lookback('mean(ref(close, 1), 20) / close')).toBe(21);
    expect(lookback('corr(close / ref(close, 1), volume, 60)')).toBe(61);
  });

  it('makes what expressions have in common once', () => {
    const { steps } = compile(['mean(close, 5) / close', 'close - Mean($close, 5)'].map(parseExpression));
    expect(steps.filter(({ kind }) => kind === 'window')).toHaveLength(1);
    expect(steps).toHaveLength(4);
  });
});

const DAYS = 90;
const bars = codedBars({
  symbols: 4,
  days: DAYS,
  withAmount: true,
  listedAt: [0, 20, 0, 0],
  suspended: [
    [0, 50],
    [0, 51],
  ],
});
const adjusted = (s: number, t: number) => bars.close[s * DAYS + t] * bars.adjFactor[s * DAYS + t];

/** Last n closes of stock 2, which traded every day. */
const window = (t: number, n: number) => Array.from({ length: n }, (_, i) => adjusted(2, t - n + 1 + i));
const mean = (x: readonly number[]) => x.reduce((sum, value) => sum + value, 0) / x.length;
const moment = (x: readonly number[], p: number) => mean(x.map((value) => (value - mean(x)) ** p));
const sampleVar = (x: readonly number[]) => (moment(x, 2) * x.length) / (x.length - 1);
const order = (x: readonly number[]) => [...x].sort((a, b) => a - b);
const time = (n: number) => Array.from({ length: n }, (_, i) => i + 1);
const covariance = (x: readonly number[], y: readonly number[]) =>
  x.reduce((sum, value, i) => sum + (value - mean(x)) * (y[i] - mean(y)), 0) / (x.length - 1);

/** Each statistic by its definition, window by window. */
const DEFINITIONS: Readonly<Record<string, (x: readonly number[]) => number>> = {
  'sum(close, 7)': (x) => 7 * mean(x),
  'mean(close, 7)': mean,
  'var(close, 7)': sampleVar,
  'std(close, 7)': (x) => Math.sqrt(sampleVar(x)),
  'skew(close, 7)': (x) => (Math.sqrt(42) / 5) * (moment(x, 3) / moment(x, 2) ** 1.5),
  'kurt(close, 7)': (x) => (6 / 20) * (8 * (moment(x, 4) / moment(x, 2) ** 2 - 3) + 6),
  'mad(close, 7)': (x) => mean(x.map((value) => Math.abs(value - mean(x)))),
  'max(close, 7)': (x) => Math.max(...x),
  'min(close, 7)': (x) => Math.min(...x),
  'idxmax(close, 7)': (x) => x.indexOf(Math.max(...x)) + 1,
  'idxmin(close, 7)': (x) => x.indexOf(Math.min(...x)) + 1,
  'med(close, 7)': (x) => order(x)[3],
  'quantile(close, 7, 0.75)': (x) => (order(x)[4] + order(x)[5]) / 2,
  'ts_rank(close, 7)': (x) => (order(x).indexOf(x[6]) + 1) / 7,
  'count(close, 7)': () => 7,
  'slope(close, 7)': (x) => covariance(time(7), x) / sampleVar(time(7)),
  'rsquare(close, 7)': (x) => covariance(time(7), x) ** 2 / sampleVar(time(7)) / sampleVar(x),
  'resi(close, 7)': (x) => x[6] - mean(x) - (3 * covariance(time(7), x)) / sampleVar(time(7)),
  'wma(close, 7)': (x) => x.reduce((sum, value, i) => sum + value * (i + 1), 0) / 28,
  'ref(close, 6)': (x) => x[0],
  'delta(close, 6)': (x) => x[6] - x[0],
  'corr(close, close ^ 2, 7)': (x) => {
    const y = x.map((value) => value ** 2);
    return covariance(x, y) / Math.sqrt(sampleVar(x) * sampleVar(y));
  },
  'cov(close, close ^ 2, 7)': (x) =>
    covariance(
      x,
      x.map((value) => value ** 2),
    ),
};

describe('evaluation', () => {
  const sources = Object.keys(DEFINITIONS);
  const values = evaluateExpressions(bars, sources);

  it.each(sources.map((source, k) => ({ source, k })))('$source is its definition', ({ source, k }) => {
    for (let t = 6; t < DAYS; t++) {
      const expected = DEFINITIONS[source](window(t, 7));
      const found = values[k][2 * DAYS + t];
      expect(Math.abs(found - expected), `day ${t}`).toBeLessThanOrEqual(2e-7 * Math.max(1e-3, Math.abs(expected)));
    }
    if (!source.startsWith('count')) expect(values[k][2 * DAYS + 5]).toBeNaN();
  });

  it('runs over the days a stock traded, or over the calendar', () => {
    const [traded] = evaluateExpressions(bars, ['mean(close, 3)']);
    const [calendar] = evaluateExpressions(bars, ['mean(close, 3)'], { missing: 'calendar' });
    expect(traded[52]).toBe(Math.fround(mean([adjusted(0, 48), adjusted(0, 49), adjusted(0, 52)])));
    expect(calendar[52]).toBe(Math.fround(adjusted(0, 52)));
    for (const matrix of [traded, calendar]) {
      expect(matrix[50]).toBeNaN();
      expect(matrix[DAYS + 19]).toBeNaN();
    }
    expect(traded[DAYS + 21]).toBeNaN();
    expect(calendar[DAYS + 21]).toBeCloseTo(mean([adjusted(1, 20), adjusted(1, 21)]), 4);
  });

  it('an extreme that has left the window leaves nothing behind', () => {
    const wild = { ...bars, close: bars.close.slice() };
    wild.close[2 * DAYS + 30] = 1e14;
    const expressions = ['std(close, 5)', 'slope(close, 5)', 'mean(close, 5)', 'corr(close, volume, 5)'];
    const [plain, spoilt] = [bars, wild].map((one) => evaluateExpressions(one, expressions));
    for (const k of expressions.keys()) {
      const from = 2 * DAYS + 35;
      expect(spoilt[k].slice(from, 3 * DAYS)).toEqual(plain[k].slice(from, 3 * DAYS));
    }
  });

  it('has no correlation with a series that stands still', () => {
    const flat = { ...bars, volume: bars.volume.map(() => 1000), adjFactor: bars.adjFactor.map(() => 1.1) };
    const [corr, std] = evaluateExpressions(flat, ['corr(close, volume, 5)', 'std(volume, 5)']);
    expect(corr.every(Number.isNaN)).toBe(true);
    expect(std[10]).toBe(0);
  });

  it('fields are adjusted: price × factor, volume / factor, vwap = amount / volume × factor', () => {
    const [close, volume, vwap] = evaluateExpressions(bars, ['close', 'volume', 'vwap']);
    const cell = DAYS + 45;
    expect(close[cell]).toBe(Math.fround(bars.close[cell] * bars.adjFactor[cell]));
    expect(volume[cell]).toBe(Math.fround(bars.volume[cell] / bars.adjFactor[cell]));
    expect(vwap[cell]).toBeCloseTo(((bars.amount?.[cell] ?? 0) / bars.volume[cell]) * bars.adjFactor[cell], 4);
    expect(() => evaluateExpressions({ ...bars, amount: null }, ['vwap'])).toThrow('no traded amounts');
  });

  it('takes ranks and scores over the members of the day', () => {
    const universe = new Uint8Array(4 * DAYS).fill(1);
    universe.fill(0, 3 * DAYS);
    const [rank, z, nested] = evaluateExpressions(
      bars,
      ['rank(close)', 'zscore(close)', 'ts_rank(rank(-close), 2) + 0 * demean(scale(close))'],
      { universe },
    );
    const t = 60;
    const closes = [0, 1, 2].map((s) => adjusted(s, t));
    expect([0, 1, 2].map((s) => rank[s * DAYS + t])).toEqual([1 / 3, 2 / 3, 1].map(Math.fround));
    // Above all three: as if it came in fourth.
    expect(rank[3 * DAYS + t]).toBe(Math.fround(1));
    expect(z[DAYS + t]).toBeCloseTo((closes[1] - mean(closes)) / Math.sqrt(sampleVar(closes)), 5);
    expect(z[50]).toBeNaN();
    expect(rank[DAYS + 10]).toBeNaN();
    // Before the second is listed the first ranks 2/2 of the reversed order, then 3/3: a tie.
    expect(nested[10]).toBe(0.75);
  });

  it('knows nothing of the future', () => {
    const cut = 70;
    const everything = [...sources, 'rank(ema(close, 5))', ...ALPHA158.map(({ formula }) => formula)];
    for (const missing of ['traded', 'calendar'] as const) {
      const [honest, noisy] = [bars, noisyAfter(bars, cut)].map((one) =>
        evaluateExpressions(one, everything, { missing }),
      );
      for (const k of everything.keys()) {
        for (let s = 0; s < 4; s++) {
          const known = ({ [k]: matrix }: readonly Float32Array[]) => matrix.slice(s * DAYS, s * DAYS + cut);
          expect(known(noisy), everything[k]).toEqual(known(honest));
        }
      }
    }
  });
});

describe('columns of the panel', () => {
  it('stand after the built-in ones, with formula and lookback', () => {
    const families = expressionFamilies({
      reversal: 'Mean($close,5)/$close-1',
      place: 'rank(close)',
      paid: 'vwap / close',
    });
    const panel = buildPanel(bars, { featureSet: [], families });
    expect(panel.columns.map(({ name, formula, lookback }) => [name, formula, lookback])).toEqual([
      ['reversal', 'mean(close, 5) / close - 1', 5],
      ['paid', 'vwap / close', 1],
      ['place', 'rank(close)', 1],
    ]);
    const [expected] = evaluateExpressions(bars, ['mean(close, 5) / close - 1']);
    expect(Array.from({ length: 4 * DAYS }, (_, row) => panel.values[3 * row])).toEqual(Array.from(expected));
    const without = buildPanel({ ...bars, amount: null }, { featureSet: [], families });
    expect(without.columns.map(({ name }) => name)).toEqual(['reversal', 'place']);
    expect(() => expressionFamilies({ '2 x': 'close' })).toThrow('found the name "2 x"');
    expect(() => expressionFamilies({ KMID2: 'close' })).toThrow('found "KMID2", expected a name not yet taken');
    expect(() => expressionFamilies({ x: 'ref(close, -1)' })).toThrow(
      expect.objectContaining({
        code: 'EXPRESSION_LOOKS_AHEAD',
        message: expect.stringContaining('features.expressions.x: "ref(close, -1)", column 12: found -1'),
      }),
    );
  });

  it('Alpha158 is 158 of them, 157 without amounts', () => {
    const families = alpha158Families();
    expect(buildPanel(bars, { featureSet: [], families }).columns).toHaveLength(158);
    expect(buildPanel({ ...bars, amount: null }, { featureSet: [], families }).columns).toHaveLength(157);
  });
});
