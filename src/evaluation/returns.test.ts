import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseDay } from '../util/index.js';
import { halfYearReturns, monthlyReturns } from './months.js';
import { performance } from './performance.js';
import { relativePerformance } from './relative.js';

/** Made by bench/peers/returns_vectors.py with empyrical. */
interface Vectors {
  dates: string[];
  returns: number[];
  market: number[];
  sessionRate: number;
  sharpeOfExcess: number;
  sortinoOfExcess: number;
  beta: number;
  excessSharpe: number;
  months: number[];
  halves: number[];
}
const MEASURES = [
  ...(['totalReturn', 'logReturn', 'annualisedReturn', 'volatility', 'sharpe', 'sortino', 'calmar'] as const),
  ...(['maxDrawdown', 'tailRatio', 'valueAtRisk95', 'expectedShortfall95', 'skew', 'excessKurtosis'] as const),
];
const peer = JSON.parse(readFileSync(new URL('./vectors/returns.json', import.meta.url), 'utf8')) as Vectors &
  Record<(typeof MEASURES)[number], number>;

const same = (found: number, expected: number, what: string) =>
  expect(Math.abs(found - expected), what).toBeLessThanOrEqual(1e-8 * Math.abs(expected));

describe('measures of daily returns against empyrical', () => {
  const basis = { sessionsPerYear: 252, riskFree: (1 + peer.sessionRate) ** 252 - 1 };
  const dates = Int32Array.from(peer.dates, (text) => parseDay(text));

  it('return, risk and tails', () => {
    const found = performance(peer.returns);
    for (const measure of MEASURES) same(found[measure], peer[measure], measure);
  });

  it('above a risk-free rate', () => {
    const found = performance(peer.returns, basis);
    same(found.sharpe, peer.sharpeOfExcess, 'sharpe');
    same(found.sortino, peer.sortinoOfExcess, 'sortino');
  });

  it('beside a market', () => {
    const found = relativePerformance(peer.returns, peer.market);
    same(found.beta, peer.beta, 'beta');
    same(found.informationRatio, peer.excessSharpe, 'information ratio');
  });

  it('by month and half-year', () => {
    const months = monthlyReturns(dates, peer.returns);
    expect(months.length).toBe(peer.months.length);
    for (const [i, month] of months.entries()) same(month.return, peer.months[i], `month ${i}`);
    const halves = halfYearReturns(dates, peer.returns);
    for (const [i, half] of halves.entries()) same(half.return, peer.halves[i], `half ${i}`);
    expect(halves.map(({ year, half }) => `${year} ${half}`)).toEqual(['2021 1', '2021 2', '2022 1']);
    expect(halves.reduce((sum, { sessions }) => sum + sessions, 0)).toBe(peer.returns.length);
  });
});

describe('what returns do not define', () => {
  const of = (returns: number[]) => performance(returns);

  it('of no session is nothing but their number', () => {
    const { sessions, maxDrawdownSessions: _, ...rest } = of([]);
    expect(sessions).toBe(0);
    expect(Object.entries(rest).filter(([, value]) => !Number.isNaN(value))).toEqual([]);
  });

  it('of one session has no spread, and so no ratio', () => {
    const { volatility, sharpe, skew, excessKurtosis, valueAtRisk95, tailRatio, totalReturn } = of([0.01]);
    expect([volatility, sharpe, skew, excessKurtosis, valueAtRisk95, tailRatio]).toEqual(new Array(6).fill(Number.NaN));
    expect(totalReturn).toBeCloseTo(0.01, 12);
  });

  it('of a constant has no ratio of risk, whatever the constant', () => {
    for (const constant of [0, 0.001, -0.001]) {
      const { sharpe, skew, excessKurtosis, volatility, calmar, sortino, tailRatio } = of(new Array(40).fill(constant));
      expect(volatility).toBe(0);
      expect([sharpe, skew, excessKurtosis]).toEqual(new Array(3).fill(Number.NaN));
      if (constant >= 0) expect([calmar, sortino]).toEqual([Number.NaN, Number.NaN]);
      if (constant === 0) expect(tailRatio).toBeNaN();
    }
  });

  it('of a missing return shows', () => {
    const holed = of([0.01, Number.NaN, -0.02]);
    expect([holed.totalReturn, holed.sharpe, holed.maxDrawdown]).toEqual(new Array(3).fill(Number.NaN));
  });
});
