import { describe, expect, it } from 'vitest';
import { createRng } from '../../util/index.js';
import { codedBars, noisyAfter } from '../coded-bars.fixture.js';
import { buildPanel } from '../panel.js';
import { evaluateExpressions } from './evaluate.js';
import { expressionFamilies } from './families.js';
import { parseExpression } from './parse.js';
import { formatExpression } from './print.js';

const [SYMBOLS, DAYS] = [9, 40];
const rng = createRng(4, 'neutralize');
const base = codedBars({ symbols: SYMBOLS, days: DAYS, withAmount: true, suspended: [[2, 30]] });
const bars = {
  ...base,
  close: base.close.map((x) => x * Math.exp(0.1 * rng.normal())),
  volume: base.volume.map((x) => Math.ceil(x * Math.exp(rng.normal()))),
};
/** Three of one industry, five of another, the last of none. */
const industries = new Map(bars.symbols.slice(0, 8).map((symbol, s) => [symbol, s < 3 ? 'banks' : 'mines']));
const groups = [
  [0, 1, 2],
  [3, 4, 5, 6, 7],
];
const [x, y] = evaluateExpressions(bars, ['close', 'log(volume)']);
const at = (matrix: Float32Array, s: number, t: number) => matrix[s * DAYS + t];
const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
const there = (group: readonly number[], t: number) => group.filter((s) => !Number.isNaN(at(x, s, t)));
const DAY = 30;

describe('cross-sections by industry', () => {
  it('are read and printed, and refused elsewhere', () => {
    for (const text of [
      'neutralize(close, industry)',
      'neutralize(close, industry, log(volume))',
      'neutralize(close, open)',
      'rank(close, industry)',
      'winsorize(close, 0.05, industry)',
      'zscore(winsorize(close, 0.01))',
    ]) {
      expect(formatExpression(parseExpression(text))).toBe(text);
    }
    expect(formatExpression(parseExpression('Neutralise(close, Industry)'))).toBe('neutralize(close, industry)');
    for (const [text, message] of [
      ['industry', 'column 1: found "industry", expected a field'],
      ['mean(industry, 5)', 'column 6: found "industry", expected a series; cross-sections alone take groups'],
      ['close + industry', 'column 9: found "industry", expected a field'],
      ['neutralize(close)', 'column 1: found neutralize with other arguments, expected neutralize(x, industry) or'],
      ['winsorize(close, 0.5)', 'expected winsorize(x, q) or winsorize(x, q, industry)'],
      ['demean(close, open)', 'expected demean(x) or demean(x, industry)'],
    ]) {
      expect(() => parseExpression(text)).toThrow(message);
    }
  });

  it('demean(x, industry) and neutralize(x, industry) leave what is above the industry’s mean', () => {
    const [demeaned, neutral, ranked] = evaluateExpressions(
      bars,
      ['demean(close, industry)', 'neutralize(close, industry)', 'rank(close, industry)'],
      { industries },
    );
    for (const group of groups) {
      const members = there(group, DAY);
      expect(members).toHaveLength(group.includes(2) ? 2 : 5);
      const values = members.map((s) => at(x, s, DAY));
      for (const [i, s] of members.entries()) {
        expect(at(demeaned, s, DAY)).toBeCloseTo(values[i] - mean(values), 4);
        expect(at(neutral, s, DAY)).toBeCloseTo(values[i] - mean(values), 4);
        const rank = values.filter((value) => value <= values[i]).length / values.length;
        expect(at(ranked, s, DAY)).toBe(Math.fround(rank));
      }
    }
    for (const matrix of [demeaned, neutral, ranked]) expect(at(matrix, 8, DAY)).toBeNaN();
    expect(at(neutral, 2, DAY)).toBeNaN();
  });

  it('neutralize(x, industry, y) is the residual of least squares: at right angles to industries and y', () => {
    const [residual] = evaluateExpressions(bars, ['neutralize(close, industry, log(volume))'], { industries });
    let product = 0;
    const slopes: number[] = [];
    for (const group of groups) {
      const members = there(group, DAY);
      expect(mean(members.map((s) => at(residual, s, DAY)))).toBeCloseTo(0, 4);
      for (const s of members) product += at(residual, s, DAY) * at(y, s, DAY);
      // What was taken away is one multiple of y beside the industry's constant.
      const fitted = (s: number) => at(x, s, DAY) - at(residual, s, DAY);
      const [first, ...others] = members;
      for (const s of others) slopes.push((fitted(s) - fitted(first)) / (at(y, s, DAY) - at(y, first, DAY)));
    }
    expect(product).toBeCloseTo(0, 3);
    for (const slope of slopes) expect(slope).toBeCloseTo(slopes[0], 2);
    expect(Math.abs(slopes[0])).toBeGreaterThan(0.05);
  });

  it('neutralize(x, y) has an intercept, and a y that stands still takes the mean alone', () => {
    const [residual, still] = evaluateExpressions(bars, ['neutralize(2 * open + 3, open)', 'neutralize(close, 1)']);
    const [demeaned] = evaluateExpressions(bars, ['demean(close)']);
    for (let s = 0; s < SYMBOLS; s++) {
      if (s === 2) continue;
      expect(at(residual, s, DAY)).toBeCloseTo(0, 4);
      expect(at(still, s, DAY)).toBeCloseTo(at(demeaned, s, DAY), 5);
    }
  });

  it('winsorize moves what lies beyond the quantiles of the members to them', () => {
    const universe = new Uint8Array(SYMBOLS * DAYS).fill(1);
    universe.fill(0, 8 * DAYS);
    const [clipped] = evaluateExpressions(bars, ['winsorize(close, 0.25)'], { universe });
    // Seven members on the day: type 7 stands at 1.5 and 4.5.
    const sorted = [0, 1, 3, 4, 5, 6, 7].map((s) => at(x, s, DAY)).sort((a, b) => a - b);
    const [low, high] = [(sorted[1] + sorted[2]) / 2, (sorted[4] + sorted[5]) / 2];
    for (const s of [0, 1, 3, 4, 5, 6, 7, 8]) {
      expect(at(clipped, s, DAY)).toBeCloseTo(Math.min(high, Math.max(low, at(x, s, DAY))), 4);
    }
  });

  it('know nothing of the future, and say where there are no industries', () => {
    const texts = ['neutralize(close, industry, log(volume))', 'winsorize(zscore(close, industry), 0.1)'];
    const [honest, noisy] = [bars, noisyAfter(bars, 20)].map((one) => evaluateExpressions(one, texts, { industries }));
    for (const k of texts.keys()) {
      for (let s = 0; s < SYMBOLS; s++) {
        const known = (matrix: Float32Array) => matrix.slice(s * DAYS, s * DAYS + 20);
        expect(known(noisy[k])).toEqual(known(honest[k]));
      }
    }
    expect(() => evaluateExpressions(bars, texts)).toThrow('the source has no industries');
    const families = expressionFamilies({ own: texts[0], plain: 'rank(close)' });
    const names = (options: { industries?: ReadonlyMap<string, string> }) =>
      buildPanel(bars, { featureSet: [], families, tables: options }).columns.map(({ name }) => name);
    expect(names({ industries })).toEqual(['own', 'plain']);
    expect(names({})).toEqual(['plain']);
  });
});
