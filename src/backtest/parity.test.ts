import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { rulebookByName } from '../market/index.js';
import { runBacktest } from './run-backtest.js';
import { MOMENTUM_STRATEGY, sweepBacktests } from './sweep/sweep-backtests.js';
import { scripted, testMarket, weekdays } from './test-market.fixture.js';

interface Vectors {
  readonly source: string;
  readonly close: number[][];
  readonly cases: readonly {
    readonly name: string;
    readonly weights: Readonly<Record<string, number[]>>;
    readonly equity: number[];
  }[];
}

// Made by bench/peers/vectorbt_backtest.py: target percentages of an engine that shares nothing with ours.
const vectors = JSON.parse(readFileSync(new URL('./vectors/vectorbt.json', import.meta.url), 'utf8')) as Vectors;
const dates = weekdays('2022-01-03', vectors.close[0].length);
const symbols = vectors.close.map((_, s) => `S${s}`);
// The opens of the fixture are the closes before, at which vectorbt is told to trade.
const { bars, instruments } = testMarket(
  vectors.close.map((close, s) => ({ symbol: symbols[s], close })),
  dates,
);
const options = {
  bars,
  instruments,
  rulebook: rulebookByName('frictionless'),
  costs: { model: 'flat', flatRate: 0 },
  initialCapital: 1e6,
  from: dates[1],
  to: dates[dates.length - 1],
} as const;

function expectEqual(found: ArrayLike<number>, expected: readonly number[]): void {
  expect(found.length).toBe(expected.length);
  for (const [d, value] of expected.entries()) expect(Math.abs(found[d] / value - 1)).toBeLessThan(1e-9);
}

describe(`without rules and costs, the equity of ${vectors.source}`, () => {
  for (const { name, weights, equity } of vectors.cases) {
    it(name, () => {
      const plan = Object.fromEntries(
        Object.entries(weights).map(([d, row]) => [
          Number(d),
          Object.fromEntries(row.flatMap((weight, s) => (weight > 0 ? [[symbols[s], weight] as const] : []))),
        ]),
      );
      expectEqual(runBacktest({ ...options, policy: scripted(plan) }).equity.columns.equity, equity);
    });
  }

  it('momentum, by the sweep', async () => {
    const parameterSets = [{ lookback: 5, k: 2, rebalance: 4 }];
    const [result] = await sweepBacktests({ ...options, strategy: MOMENTUM_STRATEGY, parameterSets, workers: 1 });
    expectEqual(result.equity, vectors.cases.find(({ name }) => name === 'momentum')!.equity);
    expect(new Set(vectors.cases.map(({ equity }) => equity.at(-1))).size).toBe(vectors.cases.length);
  });
});
