import { describe, expect, it } from 'vitest';
import { rulebookByName } from '../market/index.js';
import { createRng } from '../util/index.js';
import { runBacktest } from './run-backtest.js';
import { scripted, statelessPolicy, testMarket, weekdays } from './test-market.fixture.js';

const frictionless = rulebookByName('frictionless');
const free = { model: 'flat', flatRate: 0 } as const;

function randomCloses(seed: number, label: string, sessions: number): number[] {
  const rng = createRng(seed, label);
  let price = 10;
  return Array.from({ length: sessions }, () => {
    price *= Math.exp(0.02 * rng.normal());
    return price;
  });
}

describe('in a market without rules', () => {
  const sessions = 300;
  const dates = weekdays('2020-01-02', sessions);
  const a = randomCloses(1, 'a', sessions);
  const b = randomCloses(1, 'b', sessions);
  const base = {
    rulebook: frictionless,
    costs: free,
    initialCapital: 1_000_000,
    from: dates[1],
    to: dates[sessions - 1],
  };

  it('buy and hold earns the price ratio', () => {
    const { bars, instruments } = testMarket([{ symbol: 'A', close: a }], dates);
    const result = runBacktest({ ...base, bars, instruments, policy: scripted({ 0: { A: 1 } }) });
    const { equity } = result.equity.columns;
    expect(result.equity.length).toBe(sessions);
    for (let d = 0; d < sessions; d++) expect(Math.abs(equity[d] / 1e6 / (a[d] / a[0]) - 1)).toBeLessThan(1e-12);
  });

  it('buy and hold earns the total return through splits and dividends', () => {
    // Raw prices fall by the ratio at each action; adjusted prices are those of A.
    const factor = a.map((_, d) => 1.5 ** Math.floor(d / 50) * 1.003 ** Math.floor(d / 17));
    const raw = a.map((price, d) => price / factor[d]);
    const open = a.map((_, d) => a[Math.max(0, d - 1)] / factor[d]);
    const { bars, instruments } = testMarket([{ symbol: 'A', close: raw, open, factor }], dates);
    const result = runBacktest({ ...base, bars, instruments, policy: scripted({ 0: { A: 1 } }) });
    const { equity, cash } = result.equity.columns;
    for (let d = 0; d < sessions; d++) expect(Math.abs(equity[d] / 1e6 / (a[d] / a[0]) - 1)).toBeLessThan(1e-12);
    expect(Math.max(...cash.subarray(1))).toBeLessThan(1e-6);
  });

  it('a constant mix of two assets compounds the mean of their returns', () => {
    // Opens equal the close before, so that a rebalancing signalled at a close fills at that very price.
    const { bars, instruments } = testMarket(
      [
        { symbol: 'A', close: a },
        { symbol: 'B', close: b },
      ],
      dates,
    );
    const policy = statelessPolicy(() => ({ A: 0.3, B: 0.5 }));
    const { equity } = runBacktest({ ...base, bars, instruments, policy }).equity.columns;
    let expected = 1e6;
    for (let d = 1; d < sessions; d++) {
      expected *= 1 + 0.3 * (a[d] / a[d - 1] - 1) + 0.5 * (b[d] / b[d - 1] - 1);
      expect(Math.abs(equity[d] / expected - 1)).toBeLessThan(1e-12);
    }
  });

  it('a flat cost takes its rate of each amount: half and half, exchanged once', () => {
    const { bars, instruments } = testMarket(
      [
        { symbol: 'A', close: [10, 10, 10, 10] },
        { symbol: 'B', close: [5, 5, 5, 5] },
      ],
      weekdays('2020-01-02', 4),
    );
    const result = runBacktest({
      ...base,
      to: weekdays('2020-01-02', 4)[3],
      bars,
      instruments,
      costs: { model: 'flat', flatRate: 0.0005 },
      policy: scripted({ 0: { A: 0.5 }, 1: { B: 0.5 } }),
    });
    // Buy 500,000: 250. Then equity 999,750: sell 500,000 (250), buy half of it, 499,875: 249.9375.
    expect(Array.from(result.equity.columns.costs)).toEqual([0, 250, 250 + 249.9375, 0]);
    expect(result.equity.columns.equity[3]).toBeCloseTo(1e6 - 250 - 250 - 249.9375, 9);
    expect(result.equity.columns.turnover[1]).toBe(0.25);
  });
});

describe('the moment of the fill', () => {
  it('is the next open: who wins at the close of the signal loses', () => {
    // Even sessions 10.2 → 10.0 (signal to buy), odd sessions 10.5 → 10.2 (signal to sell). At the closes of the signals
    // one buys at 10.0 and sells at 10.2; at the next opens one buys at 10.5 and sells at 10.2.
    const sessions = 9;
    const dates = weekdays('2022-01-03', sessions);
    const alternating = (even: number, odd: number) => Array.from(dates, (_, d) => (d % 2 === 0 ? even : odd));
    const { bars, instruments } = testMarket(
      [{ symbol: 'A', open: alternating(10.2, 10.5), close: alternating(10, 10.2) }],
      dates,
    );
    const policy = statelessPolicy(({ session }): Record<string, number> => (session % 2 === 0 ? { A: 1 } : {}));
    const options = { rulebook: frictionless, costs: free, initialCapital: 1e6, from: dates[1], to: dates[8] };
    const result = runBacktest({ ...options, bars, instruments, policy });
    const { equity } = result.equity.columns;
    expect((10.2 / 10) ** 4).toBeGreaterThan(1);
    expect(equity[8] / 1e6).toBeCloseTo((10.2 / 10.5) ** 4, 12);
    expect(Array.from(result.fills.columns.price)).toEqual([10.5, 10.2, 10.5, 10.2, 10.5, 10.2, 10.5, 10.2]);
    const { signal_date, trade_date } = result.orders.columns;
    for (let i = 0; i < result.orders.length; i++) {
      expect(trade_date[i]).toBe(dates[dates.indexOf(signal_date[i]) + 1]);
    }
  });
});
