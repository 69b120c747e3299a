import { describe, expect, it } from 'vitest';
import { maximumUtility } from '../../portfolio/index.js';
import { measureFrontier } from './measure-frontier.js';

const YEAR = 252;
const symbols = ['A', 'B', 'C'];
const expectedReturns = Float64Array.of(0.0002, 0.0005, 0.001);
// Deviations of 1, 2 and 3 % a day, correlations of one half.
const deviations = [0.01, 0.02, 0.03];
const covariance = Float64Array.from({ length: 9 }, (_, cell) => {
  const [i, j] = [Math.floor(cell / 3), cell % 3];
  return deviations[i] * deviations[j] * (i === j ? 1 : 0.5);
});
const limits = { budget: 1, upper: Float64Array.of(1, 1, 0.6) };

describe('the frontier a report shows', () => {
  it('is a year’s, goes up to the boldest portfolio that the limits allow, and holds the one chosen', () => {
    const { weights } = maximumUtility({ expectedReturns, covariance, limits }, 3);
    const report = measureFrontier({ date: 19_000, symbols, expectedReturns, covariance, limits, weights }, YEAR)!;
    expect(report.date).toBe(19_000);
    expect(report.assets).toHaveLength(3);
    expect(report.assets[2].expectedReturn).toBeCloseTo(0.252, 12);
    expect(report.assets[2].volatility).toBeCloseTo(0.03 * Math.sqrt(YEAR), 12);
    // With at most 60 % in C, the most is 0.6 · 0.1 % + 0.4 · 0.05 % a day.
    expect(report.frontier.at(-1)!.expectedReturn).toBeCloseTo(YEAR * (0.6 * 0.001 + 0.4 * 0.0005), 6);
    const returns = report.frontier.map((point) => point.expectedReturn);
    const risks = report.frontier.map((point) => point.volatility);
    expect(returns).toEqual([...returns].sort((a, b) => a - b));
    expect(risks).toEqual([...risks].sort((a, b) => a - b));
    // The best trade-off for any aversion lies on the frontier: between its neighbours, no more risk than the chord.
    const above = returns.findIndex((value) => value >= report.chosen.expectedReturn);
    const share = (report.chosen.expectedReturn - returns[above - 1]) / (returns[above] - returns[above - 1]);
    const chord = risks[above - 1] + share * (risks[above] - risks[above - 1]);
    expect(report.chosen.volatility).toBeLessThanOrEqual(chord + 1e-9);
    expect(report.chosen.volatility).toBeGreaterThan(0.99 * chord);
  });

  it('leaves out the limit on turnover, under which the portfolio chosen may lie inside', () => {
    const weights = Float64Array.of(0.9, 0.1, 0);
    const held = { ...limits, turnover: { previous: Float64Array.of(1, 0, 0), limit: 0.1 } };
    const base = { date: 1, symbols, expectedReturns, covariance, weights };
    const [free, tied] = [limits, held].map((own) => measureFrontier({ ...base, limits: own }, YEAR)!);
    expect(tied.frontier).toEqual(free.frontier);
    expect(tied.chosen.expectedReturn).toBeCloseTo(YEAR * (0.9 * 0.0002 + 0.1 * 0.0005), 12);
  });

  it('is none where nothing was weighed', () => {
    expect(measureFrontier(undefined, YEAR)).toBeNull();
  });
});
