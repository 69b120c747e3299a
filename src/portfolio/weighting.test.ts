import { describe, expect, it } from 'vitest';
import type { ForecastTable } from '../backtest/index.js';
import { applyLimits } from './apply-limits.js';
import { capitalisationWeighted, tradedValueProxy } from './capitalisation-weighted.js';
import { probabilityWeighted } from './probability-weighted.js';
import { ranked } from './ranked.js';
import { lowVolatility, meanReversion, momentum } from './ranking-signals.js';
import { barsOf, contextOf, historyOf, scripted, trade } from './test-market.fixture.js';
import { withLimits } from './with-limits.js';

const BARS = barsOf(
  ['A', 'B', 'C', 'D'].map((symbol, s) => ({
    symbol,
    close: [10, 10, 20, 20, 20],
    volume: [1, 1, 2, 4, 4].map((shares) => shares * (s + 1)),
  })),
);

const FORECASTS: ForecastTable = {
  length: 4,
  date: new Int32Array(4).fill(BARS.dates[3]),
  symbol: ['A', 'B', 'C', 'D'],
  pBuy: Float32Array.of(0.25, 0.5, 0.75, 0.125),
  pHold: Float32Array.of(0.5, 0.25, 0.25, 0.125),
  pSell: Float32Array.of(0.25, 0.25, 0, 0.75),
};

describe('weights', () => {
  it('are in proportion to P(buy) among the best', () => {
    const policy = probabilityWeighted({ forecasts: FORECASTS, k: 3, exposure: 0.75 });
    expect(policy.start()(contextOf(BARS, 2))).toBeNull();
    // 0.75 : 0.5 : 0.25.
    expect([...policy.start()(contextOf(BARS, 3))!.weights]).toEqual([
      ['C', 0.375],
      ['B', 0.25],
      ['A', 0.125],
    ]);
  });

  it('are in proportion to size, by the money traded where nothing else is known', () => {
    // Over two sessions: (20 · 2 + 20 · 4) / 2 = 60 times 3, 2 and 1.
    const history = historyOf(BARS);
    expect(history.tradedValue('C', 3, 2)).toBe(180);
    const policy = capitalisationWeighted({ forecasts: FORECASTS, k: 3, sizeOf: tradedValueProxy(history, 2) });
    const weights = policy.start()(contextOf(BARS, 3))!.weights;
    expect([...weights.keys()]).toEqual(['C', 'B', 'A']);
    expect([...weights.values()].map((weight) => Number(weight.toFixed(12)))).toEqual([
      0.5,
      Number((1 / 3).toFixed(12)),
      Number((1 / 6).toFixed(12)),
    ]);
  });

  it('leave out a name without a size', () => {
    const policy = capitalisationWeighted({
      forecasts: FORECASTS,
      k: 3,
      sizeOf: (symbol) => (symbol === 'C' ? Number.NaN : 2),
    });
    expect([...policy.start()(contextOf(BARS, 3))!.weights]).toEqual([
      ['B', 0.5],
      ['A', 0.5],
    ]);
  });
});

describe('applyLimits', () => {
  const limits = { maxWeight: 1, maxIndustryWeight: 1, industryOf: (symbol: string) => symbol.slice(0, 1) };
  const weights = (target: Record<string, number>, more: Partial<typeof limits>) =>
    Object.fromEntries(
      [...applyLimits(new Map(Object.entries(target)), { ...limits, ...more })].map(([symbol, weight]) => [
        symbol,
        Number(weight.toFixed(9)),
      ]),
    );

  it('leaves what is within the limits', () => {
    const target = { a1: 0.5, b1: 0.3 };
    expect(weights(target, {})).toEqual(target);
    expect(weights(target, { maxWeight: 0.5, maxIndustryWeight: 0.5 })).toEqual(target);
    expect(weights({}, { maxWeight: 0.5 })).toEqual({});
  });

  it('spreads what is above a position’s limit over the others in proportion', () => {
    // 0.2 from a1 over 0.3 : 0.1 gives 0.45 and 0.15, of which b1 is capped at 0.4 in turn.
    expect(weights({ a1: 0.6, b1: 0.3, c1: 0.1 }, { maxWeight: 0.4 })).toEqual({ a1: 0.4, b1: 0.4, c1: 0.2 });
    expect(weights({ a1: 0.6, b1: 0.2, c1: 0.2 }, { maxWeight: 0.4 })).toEqual({ a1: 0.4, b1: 0.3, c1: 0.3 });
  });

  it('scales an industry down to its limit and spreads the rest', () => {
    expect(weights({ a1: 0.4, a2: 0.2, b1: 0.2, c1: 0.2 }, { maxIndustryWeight: 0.45 })).toEqual({
      a1: 0.3,
      a2: 0.15,
      b1: 0.275,
      c1: 0.275,
    });
  });

  it('leaves in cash what finds no place, and keeps the proportions then', () => {
    expect(weights({ a1: 0.6, b1: 0.4 }, { maxWeight: 0.25 })).toEqual({ a1: 0.25, b1: 0.25 });
    expect(weights({ a1: 0.6, a2: 0.3, b1: 0.1 }, { maxIndustryWeight: 0.3 })).toEqual({ a1: 0.2, a2: 0.1, b1: 0.3 });
  });

  it('counts a name without an industry for none', () => {
    expect(weights({ a1: 0.5, a2: 0.5 }, { maxIndustryWeight: 0.1, industryOf: () => '' })).toEqual({
      a1: 0.5,
      a2: 0.5,
    });
  });
});

describe('withLimits', () => {
  it('limits the turnover of what is held, not of the first portfolio', () => {
    const bars = barsOf(['A', 'B'].map((symbol) => ({ symbol, close: [10, 10, 10, 10, 10] })));
    const policy = withLimits(scripted({ 0: { A: 1 }, 2: { B: 1 } }), { maxTurnover: 0.25 });
    const { equity } = trade(bars, policy);
    expect([...equity.columns.turnover]).toEqual([0, 0.5, 0, 0.25, 0]);
  });

  it('refuses a limit that is none', () => {
    expect(() => withLimits(scripted({}), { maxWeight: 0 })).toThrow('portfolio.maxWeight: found 0');
    expect(() => withLimits(scripted({}), { maxIndustryWeight: 1.2 })).toThrow('portfolio.maxIndustryWeight');
  });
});

describe('ranking signals', () => {
  const close = [100, 110, 121, 60, 66, 72.6, 80];
  const bars = barsOf([
    { symbol: 'A', close, factor: [1, 1, 1, 2, 2, 2, 2] },
    { symbol: 'B', close: [100, 100, 100, 100, 100, 100, 100] },
    { symbol: 'C', close: [Number.NaN, Number.NaN, Number.NaN, Number.NaN, 50, 40, 44] },
  ]);
  const history = historyOf(bars);

  it('momentum is the adjusted return without its last sessions', () => {
    expect(momentum(history, { lookback: 4, skip: 2 })('A', 5)).toBeCloseTo(120 / 110 - 1, 14);
    expect(momentum(history, { lookback: 3, skip: 0 })('A', 5)).toBeCloseTo(145.2 / 121 - 1, 14);
    expect(momentum(history, { lookback: 4, skip: 2 })('C', 5)).toBeNaN();
    expect(momentum(history)('A', 6)).toBeNaN();
    expect(() => momentum(history, { lookback: 5, skip: 5 })).toThrow(
      'portfolio.strategies.momentum.skipDays: found 5',
    );
  });

  it('mean reversion wants what fell', () => {
    expect(meanReversion(history, { lookback: 1 })('C', 5)).toBeCloseTo(0.2, 14);
  });

  it('low volatility wants what moves least, but moves', () => {
    const signal = lowVolatility(history, { days: 2 });
    // Log returns ln 1.1 twice do not vary; ln 0.8 and ln 1.1 have the deviation of their difference over √2.
    expect(signal('C', 6)).toBeCloseTo(-Math.log(1.1 / 0.8) / Math.SQRT2, 12);
    expect(signal('B', 6)).toBeNaN();
  });

  it('rank the members of the day that trade, and wait for a first signal', () => {
    const universe = {
      symbols: bars.symbols,
      sessions: 7,
      mask: Uint8Array.of(1, 1, 1, 1, 1, 1, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1),
    };
    const policy = ranked({ name: 'test', signal: momentum(history, { lookback: 2, skip: 0 }), universe, k: 2 });
    expect(policy.start()(contextOf(bars, 1))).toBeNull();
    expect([...policy.start()(contextOf(bars, 4))!.weights]).toEqual([
      ['A', 0.5],
      ['B', 0.5],
    ]);
    expect([...policy.start()(contextOf(bars, 6))!.weights]).toEqual([
      ['B', 0.5],
      ['C', 0.5],
    ]);
  });
});
