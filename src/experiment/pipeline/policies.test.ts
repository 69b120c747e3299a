import { describe, expect, it } from 'vitest';
import { type BacktestResult, type ForecastTable, type Policy, runBacktest } from '../../backtest/index.js';
import {
  generateMarket,
  rulebookByName,
  SYNTHETIC_INDEX,
  universeMask,
  type ValuationTable,
  valuationsSchema,
} from '../../market/index.js';
import { makeTable } from '../../tables/index.js';
import { createRng } from '../../util/index.js';
import { parseConfig } from '../config/load.js';
import { policyDesk, runPolicy } from './policies.js';

const tables = generateMarket({ kind: 'null', symbols: 24, days: 420, seed: 8 });
const { bars, instruments } = tables;
const market = {
  bars,
  instruments,
  universe: universeMask(tables.members, SYNTHETIC_INDEX, bars),
  benchmark: tables.benchmarks[0],
};
const FROM = 330;
const CUT = 380;

/** Random forecasts of every member from the first close on. */
const forecasts: ForecastTable = (() => {
  const rng = createRng(3, 'forecasts');
  const days = bars.dates.length;
  const order = bars.symbols.map((symbol, s) => ({ symbol, s })).sort((a, b) => (a.symbol < b.symbol ? -1 : 1));
  const rows: { date: number; symbol: string; p: number[] }[] = [];
  for (let d = FROM - 1; d < days; d++) {
    for (const { symbol, s } of order) {
      if (market.universe[s * days + d] !== 1) continue;
      const raw = [rng.uniform(), rng.uniform(), rng.uniform()];
      const sum = raw[0] + raw[1] + raw[2];
      rows.push({ date: bars.dates[d], symbol, p: raw.map((value) => value / sum) });
    }
  }
  return {
    length: rows.length,
    date: Int32Array.from(rows, ({ date }) => date),
    symbol: rows.map(({ symbol }) => symbol),
    pBuy: Float32Array.from(rows, ({ p }) => p[0]),
    pHold: Float32Array.from(rows, ({ p }) => p[1]),
    pSell: Float32Array.from(rows, ({ p }) => p[2]),
  };
})();

const configOf = (portfolio: Record<string, unknown>, risk: Record<string, unknown> = {}) =>
  parseConfig(
    {
      market: { store: 'store', index: SYNTHETIC_INDEX },
      split: {
        train: ['2016-01-04', '2016-12-30'],
        validate: ['2017-01-02', '2017-05-31'],
        test: ['2017-06-01', '2017-10-31'],
      },
      portfolio: { k: 8, ...portfolio },
      risk,
    },
    'test',
  );

const trade = (policy: Policy, seen = bars): BacktestResult =>
  runBacktest({
    bars: seen,
    instruments,
    rulebook: rulebookByName('frictionless'),
    costs: { model: 'flat' },
    initialCapital: 1e7,
    from: bars.dates[FROM],
    to: bars.dates[bars.dates.length - 1],
    policy,
  });

const held = ({ positions }: BacktestResult) => [...positions.columns.weight];

/** Every stock's book ratio is its row, from the first session on. */
function ratios(): ValuationTable {
  const length = bars.symbols.length;
  const none = new Float64Array(length).fill(Number.NaN);
  return makeTable(valuationsSchema, {
    symbol: [...bars.symbols],
    date: new Int32Array(length).fill(bars.dates[FROM - 1]),
    turnover: none,
    pe_ttm: none,
    pb: Float64Array.from(bars.symbols, (_, s) => s + 1),
    ps_ttm: none,
    pcf_ttm: none,
  });
}

describe('policies of a configuration', () => {
  it('compare with value where there are daily ratios, and only there', () => {
    const config = configOf({ strategies: { value: { staleDays: 1000 } } });
    const strategyOf = (valuations: ValuationTable | null) =>
      policyDesk({ ...market, valuations }, config).strategies.find(({ id }) => id === 'value');
    expect(strategyOf(null)).toBeUndefined();
    const off = configOf({ strategies: { value: false } });
    expect(policyDesk({ ...market, valuations: ratios() }, off).strategies.map(({ id }) => id)).not.toContain('value');
    const { positions } = trade(strategyOf(ratios())!.policy);
    const { symbol } = positions.columns;
    // The cheapest eight of the universe stand in the first rows.
    const rank = (name: string) => bars.symbols.indexOf(name);
    expect(symbol.length).toBeGreaterThan(4);
    const members = bars.symbols.filter((_, s) => market.universe[(s + 1) * bars.dates.length - 1] === 1);
    expect(Math.max(...symbol.map(rank))).toBeLessThan(rank(members[14]));
  });

  it.each([
    'top-k',
    'probability-weighted',
    'capitalisation-weighted',
    'minimum-variance',
    'mean-variance',
    'risk-parity',
    'black-litterman',
    'index-enhancement',
  ])('%s trades within its limits, and is the same bits twice', (policy) => {
    const maxWeight = 0.3;
    const config = configOf({ policy, capitalisation: 'traded-value', maxWeight, optimiser: { lookbackDays: 60 } });
    const result = trade(runPolicy(market, config, forecasts));
    expect(held(result).length).toBeGreaterThan(1);
    // Prices move a holding past its limit until the next rebalancing.
    expect(Math.max(...held(result))).toBeLessThan(maxWeight * 1.2);
    expect(trade(runPolicy(market, config, forecasts)).equity.columns).toEqual(result.equity.columns);
  });

  const later = (() => {
    const rng = createRng(17, 'noise');
    const days = bars.dates.length;
    const changed = (values: Float64Array) =>
      values.map((value, cell) => (cell % days > CUT ? value * (0.5 + rng.uniform()) : value));
    const { open, close, volume, amount } = bars;
    return {
      ...market,
      bars: {
        ...bars,
        open: changed(open),
        close: changed(close),
        volume: changed(volume),
        amount: amount && changed(amount),
      },
      benchmark: {
        ...market.benchmark,
        close: market.benchmark.close.map((value, d) =>
          market.benchmark.dates[d] > bars.dates[CUT] ? 2 * value : value,
        ),
      },
    };
  })();
  const RISK = { stopLoss: { multiple: 0.5 }, marketState: {}, correlation: {}, drawdown: {}, volatilityTarget: {} };

  it.each([
    'capitalisation-weighted',
    'minimum-variance',
    'black-litterman',
    'momentum',
    'mean-reversion',
    'low-volatility',
  ])('%s under every control knows nothing of later bars', (name) => {
    const isStrategy = ['momentum', 'mean-reversion', 'low-volatility'].includes(name);
    const config = configOf(
      {
        policy: isStrategy ? 'top-k' : name,
        capitalisation: 'traded-value',
        maxTurnover: 0.4,
        rebalance: 3,
        optimiser: { lookbackDays: 60 },
      },
      RISK,
    );
    const targets = (seen: typeof market) => {
      const desk = policyDesk(seen, config);
      const strategy = desk.strategies.find(({ id }) => id === name);
      const inner = strategy ? strategy.policy : desk.fromForecasts(forecasts);
      const step = desk.controlled(inner).start();
      const found: string[] = [];
      const spying: Policy = {
        name,
        start: () => (context) => {
          const target = step(context);
          found.push(`${context.date} ${JSON.stringify(target && [...target.weights])}`);
          return target;
        },
      };
      trade(spying, seen.bars);
      return found;
    };
    const [original, noisy] = [targets(market), targets(later)];
    const upTo = CUT - FROM + 2;
    expect(noisy.slice(0, upTo)).toEqual(original.slice(0, upTo));
    expect(noisy.slice(upTo)).not.toEqual(original.slice(upTo));
    expect(original.slice(0, upTo).filter((line) => !line.endsWith('null')).length).toBeGreaterThan(5);
  });

  it('differ from one another', () => {
    const finals = ['top-k', 'probability-weighted', 'minimum-variance', 'risk-parity'].map((policy) => {
      const { equity } = trade(runPolicy(market, configOf({ policy, optimiser: { lookbackDays: 60 } }), forecasts));
      return equity.columns.equity[equity.length - 1];
    });
    expect(new Set(finals).size).toBe(finals.length);
  });

  it('limit every industry', () => {
    const config = configOf({ maxIndustryWeight: 0.2 });
    const weights = runPolicy(market, config, forecasts).start()({
      session: FROM,
      date: bars.dates[FROM],
      nextDate: bars.dates[FROM + 1],
      symbols: bars.symbols,
      equity: 100,
      cash: 100,
      holdings: [],
      tradable: () => true,
    })!.weights;
    const industries = new Map<string, number>();
    for (const [symbol, weight] of weights) {
      const { industry } = instruments.find((one) => one.symbol === symbol)!;
      expect(industry).not.toBe('');
      industries.set(industry, (industries.get(industry) ?? 0) + weight);
    }
    expect(Math.max(...industries.values())).toBeLessThanOrEqual(0.2 + 1e-9);
    const nameless = { ...market, instruments: instruments.map((one) => ({ ...one, industry: '' })) };
    expect(() => policyDesk(nameless, config)).toThrow(
      'portfolio.maxIndustryWeight: found 0.2, but the market store has no industries; expected null',
    );
  });

  it('put limits and controls over the strategies without a model too', () => {
    const desk = policyDesk(
      market,
      configOf({ strategies: { meanReversion: false } }, { drawdown: {}, marketState: {} }),
    );
    expect(desk.controls).toEqual(['market-state', 'drawdown']);
    expect(desk.strategies.map(({ id }) => id)).toEqual(['momentum', 'low-volatility']);
    const days: number[] = [];
    trade(desk.controlled(desk.strategies[0].policy, { record: ({ byControl }) => days.push(byControl.length) }));
    expect(new Set(days)).toEqual(new Set([2]));
    const one: number[] = [];
    const record = ({ byControl }: { readonly byControl: readonly unknown[] }) => one.push(byControl.length);
    trade(desk.controlled(desk.strategies[0].policy, { without: ['drawdown'], record }));
    expect(new Set(one)).toEqual(new Set([1]));
  });
});
