import { describe, expect, it } from 'vitest';
import { createRng } from '../util/index.js';
import { bootstrapInterval, bootstrapMean, stationaryIndices } from './bootstrap.js';
import { drawdowns, maxDrawdown, netValues } from './drawdown.js';
import { mean, standardDeviation } from './moments.js';
import { sharpeRatio, sortinoRatio } from './sharpe.js';

const basis = { sessionsPerYear: 252, riskFree: 0 };

describe('drawdown', () => {
  it('is measured from the last close before the period', () => {
    // A first session of −10 % is a drawdown of 10 %, though no close of the period lies above it.
    expect(maxDrawdown([-0.1, 0.05])).toEqual({ depth: expect.closeTo(-0.1, 12), peak: -1, trough: 0, recovery: null });
  });

  it('finds peak, trough and recovery by hand: 1 → 1.2 → 0.9 → 1.08 → 1.35', () => {
    const returns = [0.2, -0.25, 0.2, 0.25];
    expect([...netValues(returns)]).toEqual([1.2, 0.9, 1.08, 1.35].map((v) => expect.closeTo(v, 12)));
    expect([...drawdowns(returns)]).toEqual([0, -0.25, -0.1, 0].map((v) => expect.closeTo(v, 12)));
    expect(maxDrawdown(returns)).toEqual({ depth: expect.closeTo(-0.25, 12), peak: 0, trough: 1, recovery: 3 });
  });

  it('is 0 for a series that only rises and NaN for none', () => {
    expect(maxDrawdown([0.01, 0.02]).depth).toBe(0);
    expect(maxDrawdown([]).depth).toBeNaN();
    expect(maxDrawdown([0.01, Number.NaN]).depth).toBeNaN();
  });
});

describe('Sharpe and Sortino', () => {
  it('by hand: returns of +3 % and −1 %', () => {
    // Mean 1 %, deviation √(2·0.02²/1) = 2.8284 %, downside √(0.01²/2) = 0.70711 %.
    expect(sharpeRatio([0.03, -0.01], basis)).toBeCloseTo((0.01 / 0.0282842712474619) * Math.sqrt(252), 10);
    expect(sortinoRatio([0.03, -0.01], basis)).toBeCloseTo((0.01 / 0.00707106781186548) * Math.sqrt(252), 10);
  });

  it('takes the risk-free rate of one session off', () => {
    const riskFree = 1.0001 ** 252 - 1;
    const above = sharpeRatio([0.0301, -0.0099], { sessionsPerYear: 252, riskFree });
    expect(above).toBeCloseTo(sharpeRatio([0.03, -0.01], basis), 8);
  });

  it('does not exist without variation, or without a loss', () => {
    expect(sharpeRatio([0, 0, 0], basis)).toBeNaN();
    expect(sharpeRatio([0.1], basis)).toBeNaN();
    expect(sortinoRatio([0.01, 0.02], basis)).toBeNaN();
  });
});

describe('stationary bootstrap', () => {
  it('draws blocks of the mean length asked for, wrapping around', () => {
    const n = 20_000;
    const indices = stationaryIndices(n, 10, createRng(1, 'blocks'));
    let starts = 1;
    for (let i = 1; i < n; i++) if (indices[i] !== (indices[i - 1] + 1) % n) starts++;
    // The number of starts is binomial(n, 1/10): standard deviation 42.
    expect(Math.abs(starts - n / 10)).toBeLessThan(4 * 42.4);
  });

  it('recovers the standard error of independent values, and a wider one for dependent ones', () => {
    const rng = createRng(2, 'values');
    const independent = Float64Array.from({ length: 1000 }, () => rng.normal());
    const persistent = new Float64Array(1000);
    for (let i = 1; i < 1000; i++) persistent[i] = 0.8 * persistent[i - 1] + 0.6 * independent[i];
    const options = { replications: 2000, level: 0.95 };
    const width = (values: Float64Array, meanBlock: number) => {
      const interval = bootstrapMean(values, { ...options, meanBlock, rng: createRng(3) });
      expect(interval.estimate).toBe(mean(values));
      return interval.high - interval.low;
    };
    const expected = (2 * 1.96 * standardDeviation(independent)) / Math.sqrt(1000);
    expect(width(independent, 1) / expected).toBeGreaterThan(0.9);
    expect(width(independent, 1) / expected).toBeLessThan(1.1);
    expect(width(persistent, 40) / width(persistent, 1)).toBeGreaterThan(2);
  });

  it('gives the same bits from the same seed', () => {
    const values = [0.01, -0.02, 0.03, 0.005, -0.01];
    const run = () => bootstrapMean(values, { rng: createRng(7), replications: 50, meanBlock: 2, level: 0.9 });
    expect(run()).toEqual(run());
  });

  it('has no interval around what does not exist', () => {
    const interval = bootstrapInterval([0, 0, 0], (s) => sharpeRatio(s, basis), {
      rng: createRng(1),
      replications: 20,
      meanBlock: 1,
      level: 0.95,
    });
    expect(interval.estimate).toBeNaN();
    expect(interval.low).toBeNaN();
  });
});
