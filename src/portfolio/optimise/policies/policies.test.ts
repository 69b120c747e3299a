import { describe, expect, it } from 'vitest';
import type { ForecastTable, Holding, Policy, PolicyContext } from '../../../backtest/index.js';
import { createRng, parseDay } from '../../../util/index.js';
import { PriceHistory, type PriceTable } from '../../price-history.js';
import {
  blackLittermanPolicy,
  indexEnhancementPolicy,
  meanVariancePolicy,
  minimumVariancePolicy,
  type OptimisedOptions,
  riskParityPolicy,
  type WeighedPortfolio,
} from '../index.js';

const SESSIONS = 80;
const LOOKBACK = 40;
const SYMBOLS = Array.from({ length: 12 }, (_, i) => `S${String(i).padStart(2, '0')}`);
const DATES = Int32Array.from({ length: SESSIONS }, (_, d) => parseDay('2022-01-03') + d);
const industryOf = (symbol: string) => (Number(symbol.slice(1)) % 3 === 0 ? 'banks' : 'others');

/** A one-factor market; S11 lists in session 60. From session `noiseFrom` on, closes come from another seed. */
function prices(noiseFrom = SESSIONS): PriceTable {
  const close = new Float64Array(SYMBOLS.length * SESSIONS).fill(Number.NaN);
  for (const [s] of SYMBOLS.entries()) {
    let price = 10;
    for (let d = 0; d < SESSIONS; d++) {
      const seed = d < noiseFrom ? 1 : 2;
      const market = createRng(seed, 'market', d).normal();
      price *= Math.exp(0.01 * market * (0.5 + s / 10) + 0.01 * createRng(seed, 'own', s, d).normal());
      if (s < 11 || d >= 60) close[s * SESSIONS + d] = price;
    }
  }
  return {
    symbols: SYMBOLS,
    dates: DATES,
    open: close,
    close,
    volume: new Float64Array(close.length).fill(1e6),
    amount: null,
    adjFactor: new Float64Array(close.length).fill(1),
    flags: new Uint8Array(close.length),
  };
}

function forecasts(noiseFrom = SESSIONS): ForecastTable {
  const rows = Array.from(DATES).flatMap((date, d) =>
    SYMBOLS.map((symbol, s) => {
      const rng = createRng(d < noiseFrom ? 3 : 4, 'forecast', d, s);
      const buy = 0.8 * rng.uniform();
      return { date, symbol, buy, sell: (1 - buy) * rng.uniform() };
    }),
  );
  return {
    length: rows.length,
    date: Int32Array.from(rows, (row) => row.date),
    symbol: rows.map((row) => row.symbol),
    pBuy: Float32Array.from(rows, (row) => row.buy),
    pHold: Float32Array.from(rows, (row) => 1 - row.buy - row.sell),
    pSell: Float32Array.from(rows, (row) => row.sell),
  };
}

function contextAt(session: number, weights: ReadonlyMap<string, number> = new Map()): PolicyContext {
  const holdings = [...weights].map(
    ([symbol, weight]): Holding => ({ symbol, weight, shares: weight, price: 1, value: weight }),
  );
  return {
    session,
    date: DATES[session],
    nextDate: DATES[session] + 1,
    symbols: SYMBOLS,
    equity: 1,
    cash: 1 - holdings.reduce((sum, holding) => sum + holding.weight, 0),
    holdings,
    tradable: () => true,
  };
}

const BENCHMARK = new Map(SYMBOLS.map((symbol, s) => [symbol, (s + 1) / 78]));
const FACTORIES: Record<string, (options: OptimisedOptions) => Policy> = {
  'minimum variance': minimumVariancePolicy,
  'mean-variance': meanVariancePolicy,
  'risk parity': riskParityPolicy,
  'Black-Litterman': blackLittermanPolicy,
  'index enhancement': (options) => {
    const { maxIndustry: _, ...rest } = options;
    return indexEnhancementPolicy({ ...rest, benchmarkWeights: () => BENCHMARK, maxActive: 0.05, trackingError: 0.1 });
  },
};

const sum = (weights: Iterable<number>) => [...weights].reduce((total, weight) => total + weight, 0);
const distance = (a: ReadonlyMap<string, number>, b: ReadonlyMap<string, number>) =>
  sum(SYMBOLS.map((symbol) => Math.abs((a.get(symbol) ?? 0) - (b.get(symbol) ?? 0)))) / 2;

/** Daily targets over sessions [from, to), each held exactly until the next. */
function run(policy: Policy, from: number, to: number): Map<string, number>[] {
  const step = policy.start();
  let held: ReadonlyMap<string, number> = new Map();
  return Array.from({ length: to - from }, (_, i) => {
    held = step(contextAt(from + i, held))!.weights;
    return new Map(held);
  });
}

const base = { forecasts: forecasts(), lookback: LOOKBACK, rebalance: 'daily', industryOf } as const;

it.each([
  ['mean-variance', meanVariancePolicy],
  ['Black-Litterman', blackLittermanPolicy],
])('%s tells what it weighed, with the weights it then holds', (_, factory) => {
  const weighed: WeighedPortfolio[] = [];
  const record = (portfolio: WeighedPortfolio) => weighed.push(portfolio);
  const targets = run(factory({ ...base, history: new PriceHistory(prices()), k: 5, record }), 50, 53);
  expect(weighed.map(({ date }) => date)).toEqual([50, 51, 52].map((session) => DATES[session]));
  for (const [i, { symbols, weights, expectedReturns, covariance }] of weighed.entries()) {
    expect(expectedReturns).toHaveLength(symbols.length);
    expect(covariance).toHaveLength(symbols.length ** 2);
    expect(Math.max(...symbols.map((symbol, n) => Math.abs(weights[n] - (targets[i].get(symbol) ?? 0))))).toBeLessThan(
      1e-5,
    );
  }
});

describe.each(Object.entries(FACTORIES))('%s', (name, factory) => {
  const history = new PriceHistory(prices());

  it('invests the exposure in names with a full look-back', () => {
    for (const weights of run(factory({ ...base, history, k: 6, exposure: 0.9 }), 50, 56)) {
      expect(sum(weights.values())).toBeCloseTo(0.9, 4);
      expect(sum(weights.values())).toBeLessThanOrEqual(0.9 + 1e-12);
      expect(weights.has('S11')).toBe(false);
      expect(Math.min(...weights.values())).toBeGreaterThan(0);
    }
  });

  it('what comes later changes nothing before', () => {
    const cut = 60;
    const original = run(factory({ ...base, history, k: 6, maxTurnover: 0.2 }), 50, 70);
    const noisy = factory({
      ...base,
      forecasts: forecasts(cut),
      history: new PriceHistory(prices(cut)),
      k: 6,
      maxTurnover: 0.2,
    });
    const changed = run(noisy, 50, 70);
    expect(changed.slice(0, cut - 50)).toEqual(original.slice(0, cut - 50));
    expect(changed.slice(cut - 50)).not.toEqual(original.slice(cut - 50));
  });

  it('trades no more than the limit after the first portfolio', () => {
    const targets = run(factory({ ...base, history, k: 6, maxTurnover: 0.15 }), 50, 60);
    const traded = targets.slice(1).map((target, i) => distance(targets[i], target));
    expect(Math.max(...traded)).toBeLessThanOrEqual(0.15 + 1e-5);
    const free = run(factory({ ...base, history, k: 6 }), 50, 60);
    if (name !== 'index enhancement') {
      expect(Math.max(...free.slice(1).map((target, i) => distance(free[i], target)))).toBeGreaterThan(0.15);
    }
  });

  it('gives up names that are no longer chosen, also under a turnover limit', () => {
    const early = new Set(SYMBOLS.slice(0, 6));
    const score = (symbol: string, d: number) => (early.has(symbol) === d < 51 ? 0.6 : 0.1);
    const rows = Array.from(DATES).flatMap((date, d) =>
      SYMBOLS.map((symbol) => ({ date, symbol, p: score(symbol, d) })),
    );
    const switched: ForecastTable = {
      length: rows.length,
      date: Int32Array.from(rows, (row) => row.date),
      symbol: rows.map((row) => row.symbol),
      pBuy: Float32Array.from(rows, (row) => row.p),
      pHold: new Float32Array(rows.length).fill(0.2),
      pSell: Float32Array.from(rows, (row) => 0.8 - row.p),
    };
    const targets = run(factory({ ...base, forecasts: switched, history, k: 5, maxTurnover: 0.3 }), 50, 60);
    const ofEarly = (weights: ReadonlyMap<string, number>) =>
      sum([...weights].filter(([symbol]) => early.has(symbol)).map(([, weight]) => weight));
    if (name === 'index enhancement') expect(ofEarly(targets[9])).toBeLessThan(ofEarly(targets[0]));
    else {
      expect(ofEarly(targets[0])).toBeGreaterThan(0.99);
      expect(ofEarly(targets[9])).toBeLessThan(0.05);
    }
  });

  it('gives the same bits again', () => {
    const once = run(factory({ ...base, history, k: 6 }), 50, 53);
    expect(run(factory({ ...base, history, k: 6 }), 50, 53)).toEqual(once);
  });

  it('says nothing before there is a look-back', () => {
    expect(factory({ ...base, history }).start()(contextAt(LOOKBACK - 1))).toBeNull();
  });
});

describe('limits of names and industries', () => {
  const history = new PriceHistory(prices());
  for (const name of ['minimum variance', 'mean-variance', 'risk parity', 'Black-Litterman']) {
    it(`${name}: caps hold, and what they leave no room for stays in cash`, () => {
      for (const weights of run(
        FACTORIES[name]({ ...base, history, k: 8, maxWeight: 0.2, maxIndustry: 0.45 }),
        50,
        55,
      )) {
        expect(Math.max(...weights.values())).toBeLessThanOrEqual(0.2 + 1e-9);
        const banks = sum([...weights].filter(([symbol]) => industryOf(symbol) === 'banks').map(([, w]) => w));
        expect(banks).toBeLessThanOrEqual(0.45 + 1e-8);
        expect(sum(weights.values()) - banks).toBeLessThanOrEqual(0.45 + 1e-8);
      }
      const [capped] = run(FACTORIES[name]({ ...base, history, k: 4, maxWeight: 0.1 }), 50, 51);
      expect(sum(capped.values())).toBeCloseTo(0.4, 5);
    });
  }

  it('index enhancement stays neutral in industries and within its active limit', () => {
    const [weights] = run(FACTORIES['index enhancement']({ ...base, history }), 50, 51);
    // S11 has no look-back yet: the benchmark is the other eleven names.
    const benchmark = new Map(SYMBOLS.slice(0, 11).map((symbol, s) => [symbol, (s + 1) / 66]));
    const away = SYMBOLS.map((symbol) => [symbol, (weights.get(symbol) ?? 0) - (benchmark.get(symbol) ?? 0)] as const);
    expect(Math.max(...away.map(([, active]) => Math.abs(active)))).toBeLessThanOrEqual(0.05 + 2e-6);
    expect(Math.max(...away.map(([, active]) => Math.abs(active)))).toBeGreaterThan(0.01);
    expect(Math.abs(sum(away.filter(([s]) => industryOf(s) === 'banks').map(([, active]) => active)))).toBeLessThan(
      5e-6,
    );
  });

  it('names a bad option', () => {
    expect(() => minimumVariancePolicy({ ...base, history, lookback: 1 })).toThrow('portfolio.lookback: found 1');
    expect(() => meanVariancePolicy({ ...base, history, riskAversion: 0 })).toThrow('portfolio.riskAversion: found 0');
    const { industryOf: _, ...blind } = base;
    expect(() => riskParityPolicy({ ...blind, history, maxIndustry: 0.2 })).toThrow('portfolio.maxIndustry: found 0.2');
  });
});
