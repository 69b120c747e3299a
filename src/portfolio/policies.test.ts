import { describe, expect, it } from 'vitest';
import type { ForecastTable, Holding, PolicyContext } from '../backtest/index.js';
import { createRng, type Day, formatDay, parseDay } from '../util/index.js';
import { equalWeightOnce } from './equal-weight-once.js';
import { limitTurnover } from './limit-turnover.js';
import { randomPortfolio } from './random-portfolio.js';
import { topK } from './top-k.js';

/** Sessions around the National Day closure of 2022: Friday 09-30, then Monday 10-10. */
const DATES = [
  '2022-09-28',
  '2022-09-29',
  '2022-09-30',
  '2022-10-10',
  '2022-10-11',
  '2022-10-12',
  '2022-10-13',
  '2022-10-14',
  '2022-10-17',
  '2022-10-31',
  '2022-11-01',
].map((text) => parseDay(text));

interface State {
  readonly holdings?: Readonly<Record<string, number>>;
  readonly untradable?: readonly string[];
}

function contextAt(session: number, { holdings = {}, untradable = [] }: State = {}): PolicyContext {
  const held = Object.entries(holdings).map(
    ([symbol, weight]): Holding => ({ symbol, weight, shares: weight * 100, price: 1, value: weight * 100 }),
  );
  return {
    session,
    date: DATES[session],
    nextDate: DATES[session + 1],
    symbols: ['A', 'B', 'C', 'D', 'E'],
    equity: 100,
    cash: 0,
    holdings: held,
    tradable: (symbol) => !untradable.includes(symbol),
  };
}

function forecasts(rows: readonly (readonly [Day, string, number, number])[]): ForecastTable {
  return {
    length: rows.length,
    date: Int32Array.from(rows, ([date]) => date),
    symbol: rows.map(([, symbol]) => symbol),
    pBuy: Float32Array.from(rows, ([, , buy]) => buy),
    pHold: Float32Array.from(rows, ([, , buy, sell]) => 1 - buy - sell),
    pSell: Float32Array.from(rows, ([, , , sell]) => sell),
  };
}

/** The same forecasts on every date: D best, then A and C equal, then B, then E without a value. */
const STEADY = forecasts(
  DATES.flatMap((date) => [
    [date, 'A', 0.5, 0.25] as const,
    [date, 'B', 0.6, 0.5] as const,
    [date, 'C', 0.375, 0.125] as const,
    [date, 'D', 0.75, 0] as const,
    [date, 'E', Number.NaN, 0] as const,
  ]),
);

describe('topK', () => {
  const weightsAt = (options: Partial<Parameters<typeof topK>[0]>, session: number, state?: State) => {
    const target = topK({ forecasts: STEADY, ...options }).start()(contextAt(session, state));
    return target === null ? null : [...target.weights];
  };

  it('takes the highest P(buy) − P(sell), ties by symbol, and leaves out who has no value', () => {
    expect(weightsAt({ k: 1 }, 0)).toEqual([['D', 1]]);
    expect(weightsAt({ k: 2 }, 0)).toEqual([
      ['D', 0.5],
      ['A', 0.5],
    ]);
    expect(weightsAt({ k: 3 }, 0)?.map(([symbol]) => symbol)).toEqual(['D', 'A', 'C']);
    expect(weightsAt({ k: 10, exposure: 0.5 }, 0)).toEqual(['D', 'A', 'C', 'B'].map((symbol) => [symbol, 0.05]));
  });

  it('does not ask for a name that did not trade, but keeps one', () => {
    expect(weightsAt({ k: 1 }, 0, { untradable: ['D'] })).toEqual([['A', 1]]);
    expect(weightsAt({ k: 1 }, 0, { untradable: ['D'], holdings: { D: 1 } })).toEqual([['D', 1]]);
  });

  it('rebalances at its closes only', () => {
    const signals = (rebalance: NonNullable<Parameters<typeof topK>[0]['rebalance']>) => {
      const step = topK({ forecasts: STEADY, rebalance }).start();
      return DATES.slice(0, -1).flatMap((date, session) =>
        step(contextAt(session)) === null ? [] : [formatDay(date)],
      );
    };
    // The first close asked always; then the last session of each week, which before the closure is 09-30.
    expect(signals('weekly')).toEqual(['2022-09-28', '2022-09-30', '2022-10-14', '2022-10-17']);
    expect(signals('monthly')).toEqual(['2022-09-28', '2022-09-30', '2022-10-31']);
    expect(signals(4)).toEqual(['2022-09-28', '2022-10-11', '2022-10-17']);
    expect(signals('daily').length).toBe(DATES.length - 1);
  });

  it('waits for the first day with forecasts and uses only those of the day', () => {
    const late = forecasts([
      [DATES[4], 'B', 0.9, 0],
      [DATES[7], 'C', 0.9, 0],
    ]);
    const step = topK({ forecasts: late, k: 1 }).start();
    const found = DATES.slice(0, -1).map((_, session) => step(contextAt(session))?.weights ?? null);
    expect(found.map((weights) => (weights === null ? '' : [...weights.keys()].join()))).toEqual([
      '',
      '',
      '',
      '',
      'B',
      '',
      '',
      'C',
      '',
      '',
    ]);
  });

  it('moves no further than its turnover allows, once there is a portfolio', () => {
    const step = topK({ forecasts: STEADY, k: 1, rebalance: 'daily', maxTurnover: 0.25 }).start();
    expect([...step(contextAt(0))!.weights]).toEqual([['D', 1]]);
    const second = step(contextAt(1, { holdings: { B: 1 } }));
    expect([...second!.weights]).toEqual([
      ['D', 0.25],
      ['B', 0.75],
    ]);
  });

  it('begins anew with every start', () => {
    const policy = topK({ forecasts: STEADY, rebalance: 'monthly' });
    expect(policy.start()(contextAt(0))).toEqual(policy.start()(contextAt(0)));
    expect(policy.start()(contextAt(0))).not.toBeNull();
  });

  it('refuses what it cannot use', () => {
    expect(() => topK({ forecasts: STEADY, k: 0 })).toThrow('portfolio.k: found 0, expected a whole number ≥ 1');
    expect(() => topK({ forecasts: STEADY, rebalance: 0.5 })).toThrow('portfolio.rebalance: found 0.5');
    expect(() => topK({ forecasts: STEADY, exposure: 1.5 })).toThrow('portfolio.exposure: found 1.5');
    const unsorted = forecasts([
      [DATES[1], 'B', 0.5, 0],
      [DATES[1], 'A', 0.5, 0],
    ]);
    expect(() => topK({ forecasts: unsorted })).toThrow(
      'forecasts, row 1: found A on 2022-09-29 after B on 2022-09-29',
    );
  });
});

describe('limitTurnover', () => {
  it('goes the same fraction of the way for every name', () => {
    const current = new Map([
      ['A', 0.5],
      ['B', 0.5],
    ]);
    const target = new Map([
      ['B', 0.5],
      ['C', 0.5],
    ]);
    // (0.5 sold + 0.5 bought) / 2 = 0.5.
    expect(limitTurnover(current, target, 0.5)).toEqual(target);
    expect(limitTurnover(current, target, 0.125)).toEqual(
      new Map([
        ['B', 0.5],
        ['C', 0.125],
        ['A', 0.375],
      ]),
    );
  });
});

describe('equalWeightOnce', () => {
  it('buys once what trades, and never again', () => {
    const step = equalWeightOnce({ symbols: ['C', 'A', 'B', 'A'] }).start();
    expect([...step(contextAt(0, { untradable: ['B'] }))!.weights]).toEqual([
      ['A', 0.5],
      ['C', 0.5],
    ]);
    expect(step(contextAt(1))).toBeNull();
  });
});

describe('randomPortfolio', () => {
  const policy = (seed: number, replaceShare?: number) =>
    randomPortfolio({
      createStream: () => createRng(seed, 'placebo'),
      forecasts: STEADY,
      k: 2,
      rebalance: 'daily',
      ...(replaceShare === undefined ? {} : { replaceShare }),
    });
  const names = (seed: number, replaceShare?: number) => {
    const step = policy(seed, replaceShare).start();
    return Array.from({ length: 10 }, (_, session) => [...step(contextAt(session))!.weights.keys()]);
  };

  it('draws k different names, the same ones for the same stream', () => {
    expect(names(1)).toEqual(names(1));
    expect(names(1)).not.toEqual(names(2));
    for (const drawn of names(1)) expect(new Set(drawn).size).toBe(2);
  });

  it.each([
    [0, 2],
    [0.5, 1],
    [1, 0],
  ])('exchanges exactly its share of the names, %d, so that it trades as much as a model', (replaceShare, kept) => {
    const drawn = names(3, replaceShare);
    for (let i = 1; i < drawn.length; i++) {
      expect(drawn[i].filter((name) => drawn[i - 1].includes(name))).toHaveLength(kept);
    }
  });

  it('draws every name equally often', () => {
    const counts = new Map<string, number>();
    const step = policy(7).start();
    for (let i = 0; i < 5000; i++) {
      for (const name of step(contextAt(i % 10))!.weights.keys()) counts.set(name, (counts.get(name) ?? 0) + 1);
    }
    // Binomial(5000, 2/5): mean 2000, standard deviation 35; four of them.
    expect(counts.size).toBe(5);
    for (const count of counts.values()) expect(Math.abs(count - 2000)).toBeLessThan(140);
  });
});
