import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createRng, parseDay } from '../util/index.js';
import { measuresByRegime } from './by-regime.js';
import { monthlyReturns } from './months.js';
import { annualise, performance } from './performance.js';
import { marketRegimes, regimeAfter } from './regimes.js';
import { relativePerformance } from './relative.js';
import { evaluateStrategy, holdRecord, simpleReturns } from './strategy.js';
import { trading } from './trading.js';
import type { StrategyRecord } from './types.js';

/** Made by bench/peers/evaluation_vectors.py with numpy. */
interface Vectors {
  returns: number[];
  valueAtRisk95: number;
  expectedShortfall95: number;
  volatility: number;
  totalReturn: number;
}
const peer = JSON.parse(readFileSync(new URL('./vectors/evaluation.json', import.meta.url), 'utf8')) as Vectors;

const record = (returns: readonly number[], rest: Partial<StrategyRecord> = {}): StrategyRecord => ({
  dates: Int32Array.from(returns, (_, i) => parseDay('2022-01-03') + i),
  returns: Float64Array.from(returns),
  turnover: null,
  costs: null,
  roundTrips: null,
  ...rest,
});

describe('performance', () => {
  it('agrees with numpy', () => {
    const found = performance(peer.returns);
    expect(found.volatility).toBeCloseTo(peer.volatility, 12);
    expect(found.valueAtRisk95).toBeCloseTo(peer.valueAtRisk95, 12);
    expect(found.expectedShortfall95).toBeCloseTo(peer.expectedShortfall95, 12);
    expect(found.totalReturn).toBeCloseTo(peer.totalReturn, 12);
  });

  it('annualises by (1 + R)^(252/n) − 1: the CSI 300 of 2022-2023, −30.5 % in 484 sessions, is −17.3 % a year', () => {
    expect(Math.round(annualise(-0.305, 484, 252) * 1000)).toBe(-173);
  });

  it('by hand: +10 %, −20 %, +5 %', () => {
    const found = performance([0.1, -0.2, 0.05]);
    expect(found.totalReturn).toBeCloseTo(1.1 * 0.8 * 1.05 - 1, 12);
    expect(found.annualisedReturn).toBeCloseTo(0.924 ** 84 - 1, 12);
    expect(found.maxDrawdown).toBeCloseTo(-0.2, 12);
    expect(found.maxDrawdownSessions).toBe(1);
    expect(found.calmar).toBeCloseTo(found.annualisedReturn / 0.2, 12);
    expect(found.winningSessions).toBeCloseTo(2 / 3, 12);
    expect(found.valueAtRisk95).toBeNaN();
  });

  it('has no Sharpe, Calmar, skew or tail where nothing moves, and nothing at all of no session', () => {
    const flat = performance([0, 0, 0]);
    for (const value of [flat.sharpe, flat.sortino, flat.calmar, flat.skew, flat.excessKurtosis]) {
      expect(value).toBeNaN();
    }
    const none = performance([]);
    for (const value of [none.totalReturn, none.annualisedReturn, none.maxDrawdown, none.winningSessions]) {
      expect(value).toBeNaN();
    }
  });
});

describe('relative to a benchmark', () => {
  it('of twice the benchmark has beta 2 and correlation 1', () => {
    const benchmark = [0.01, -0.02, 0.03, 0.01];
    const found = relativePerformance(
      benchmark.map((value) => 2 * value),
      benchmark,
    );
    expect(found.beta).toBeCloseTo(2, 12);
    expect(found.correlation).toBeCloseTo(1, 12);
  });

  it('is the Sharpe ratio of the difference', () => {
    const found = relativePerformance([0.02, 0.01], [0.01, 0.02]);
    expect(found.informationRatio).toBeCloseTo(0, 12);
    const better = relativePerformance([0.04, 0.01], [0.01, 0.02]);
    expect(better.informationRatio).toBeCloseTo((0.01 / (0.04 / Math.SQRT2)) * Math.sqrt(252), 10);
  });

  it('has no information ratio against itself', () => {
    expect(relativePerformance([0.01, 0.02], [0.01, 0.02]).informationRatio).toBeNaN();
  });
});

describe('trading', () => {
  const trip = (profit: number) => ({
    symbol: 'A',
    name: '',
    entryDate: 0,
    exitDate: 1,
    profit,
    return: profit / 100,
  });

  it('counts winners among closed trades, and what costs took', () => {
    const found = trading(
      record([0.009, -0.001], {
        turnover: Float64Array.of(0.5, 0.1),
        costs: Float64Array.of(0.001, 0.001),
        roundTrips: [trip(5), trip(-1), trip(2), trip(0)],
      }),
    )!;
    expect(found.winRate).toBe(0.5);
    expect(found.annualTurnover).toBeCloseTo(0.3 * 252, 10);
    expect(found.annualisedReturnBeforeCosts).toBeCloseTo(1.01 ** 126 - 1, 10);
    expect(found.costDrag).toBeCloseTo(1.01 ** 126 - (1.009 * 0.999) ** 126, 10);
    expect(found.totalCosts).toBeCloseTo(0.002, 12);
  });

  it('has no win rate without a closed trade, and is absent for what does not trade', () => {
    expect(trading(record([0.01], { roundTrips: [] }))!.winRate).toBeNaN();
    expect(trading(record([0.01]))).toBeNull();
  });
});

describe('periods', () => {
  it('compounds months, partial ones too', () => {
    const dates = Int32Array.of(parseDay('2021-12-31'), parseDay('2022-01-04'), parseDay('2022-01-05'));
    expect(monthlyReturns(dates, [0.01, 0.1, 0.1])).toEqual([
      { year: 2021, month: 12, return: expect.closeTo(0.01, 12), sessions: 1 },
      { year: 2022, month: 1, return: expect.closeTo(0.21, 12), sessions: 2 },
    ]);
  });

  it('holds an index from the last close before the period', () => {
    const dates = Int32Array.of(10, 11, 12, 13);
    const held = holdRecord(dates, [100, 110, 99, 50], 11, 12);
    expect([...held.dates]).toEqual([11, 12]);
    expect([...held.returns]).toEqual([expect.closeTo(0.1, 12), expect.closeTo(-0.1, 12)]);
    expect([...simpleReturns([110, 99], 100)]).toEqual([...held.returns]);
  });

  it('refuses a period without a close before it', () => {
    const dates = Int32Array.of(parseDay('2022-01-04'), parseDay('2022-01-05'));
    expect(() => holdRecord(dates, [1, 2], dates[0], dates[1])).toThrow(
      'benchmark: has closes 2022-01-04 to 2022-01-05, expected sessions from 2022-01-04 to 2022-01-05 and one before them',
    );
  });
});

describe('regimes', () => {
  // 60 flat sessions, then +6 % at once, later −12 %.
  const close = Float64Array.from({ length: 200 }, (_, i) => (i < 60 ? 100 : i < 130 ? 106 : 93.28));
  const dates = Int32Array.from(close, (_, i) => 1000 + i);

  it('follow the trailing return and are unknown before there is one', () => {
    const { states } = marketRegimes(dates, close);
    expect(states.slice(0, 60)).toEqual(new Array(60).fill(null));
    expect(states[60]).toBe('bull');
    expect(states[119]).toBe('bull');
    expect(states[120]).toBe('volatile');
    expect(states[130]).toBe('bear');
  });

  it('look back only: later closes change no earlier state', () => {
    const full = marketRegimes(dates, close);
    for (const cut of [61, 100, 131]) {
      expect(marketRegimes(dates.slice(0, cut), close.slice(0, cut)).states).toEqual(full.states.slice(0, cut));
    }
  });

  it('are those of the last session known', () => {
    const regimes = marketRegimes(dates, close);
    expect(regimeAfter(regimes, 999)).toBeNull();
    expect(regimeAfter(regimes, 1060)).toBe('bull');
    expect(regimeAfter(regimes, 5000)).toBe('volatile');
  });

  it('judge a return by the state known before it', () => {
    const strategy: StrategyRecord = { ...record([]), dates, returns: simpleReturns(close, 100) };
    const empty = new Float32Array();
    const found = measuresByRegime(
      {
        length: 0,
        date: new Int32Array(),
        pBuy: empty,
        pHold: empty,
        pSell: empty,
        label: new Uint8Array(),
        forwardReturn: empty,
      },
      5,
      strategy,
      strategy,
      marketRegimes(dates, close),
    );
    const of = (name: string) => found.find((row) => row.regime === name)!;
    // The jump of +6 % made the bull market; it is no return of it. The fall came in a volatile one.
    expect(of('bull').strategyReturn).toBeCloseTo(0, 12);
    expect(of('volatile').strategyReturn).toBeCloseTo(-0.12, 12);
    expect(of('bear').sessions).toBe(60);
    expect(of('bear').accuracy).toBeNaN();
  });
});

describe('strategy', () => {
  it('gathers all measures, with a seeded interval around the Sharpe ratio', () => {
    const rng = () => createRng(1, 'sharpe');
    const strategy = record(peer.returns);
    const benchmark = record(peer.returns.map((value) => value / 2));
    const found = evaluateStrategy(strategy, { benchmark, rng: rng() });
    expect(found.performance).toEqual(performance(peer.returns));
    expect(found.relative!.beta).toBeCloseTo(2, 10);
    expect(found.sharpeInterval!.low).toBeLessThan(found.performance.sharpe);
    expect(found.sharpeInterval!.high).toBeGreaterThan(found.performance.sharpe);
    expect(evaluateStrategy(strategy, { benchmark, rng: rng() })).toEqual(found);
    expect(evaluateStrategy(strategy, { benchmark: null })).toMatchObject({ relative: null, sharpeInterval: null });
  });
});

const index = new URL('../../../shared/data/csi300-qlib/', import.meta.url);
const present = existsSync(index);

describe.skipIf(!present)(`the CSI 300 itself${present ? '' : ' (skipped: no real data)'}`, () => {
  it('fell 30.5 % over 2022-2023, 17.3 % a year, with a drawdown of 33.3 %, in 484 sessions', () => {
    const calendar = readFileSync(new URL('calendars/day.txt', index), 'utf8').trim().split('\n');
    const bytes = readFileSync(new URL('features/sh000300/close.day.bin', index));
    const values = Float64Array.from({ length: bytes.length / 4 }, (_, i) => bytes.readFloatLE(4 * i));
    const dates = Int32Array.from(calendar.slice(values[0], values[0] + values.length - 1), (day) => parseDay(day));
    const held = holdRecord(dates, values.subarray(1), parseDay('2022-01-01'), parseDay('2023-12-31'));
    const found = performance(held.returns);
    expect(found.sessions).toBe(484);
    expect(Math.round(found.totalReturn * 1000)).toBe(-305);
    expect(Math.round(found.annualisedReturn * 1000)).toBe(-173);
    expect(Math.round(found.maxDrawdown * 1000)).toBe(-333);
  });
});
