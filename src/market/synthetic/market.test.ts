import { describe, expect, it } from 'vitest';
import { parseDay, sha256, weekdayOf } from '../../util/index.js';
import { actionFindings } from '../action-findings.js';
import { boardOf } from '../boards.js';
import { checkMarketTables } from '../check-tables.js';
import { exRightReference, freeShares, theoreticalReference } from '../corporate-actions.js';
import type { MarketTables } from '../types.js';
import { syntheticCalendar } from './calendar.js';
import { generateMarket } from './generate.js';
import { drawListings } from './listings.js';
import { limitTicks } from './price-step.js';

const DAYS = 700;
const SYMBOLS = 60;
const START = parseDay('2019-01-02');
const market = generateMarket({ kind: 'planted', symbols: SYMBOLS, days: DAYS, seed: 11, startDate: START });
const { bars, instruments, members, benchmarks } = market;

function hashOf({ bars: b, truth, members: m, benchmarks: n }: MarketTables): string {
  const columns = [b.dates, b.open, b.high, b.low, b.close, b.volume, b.amount!, b.adjFactor, b.suspended];
  return sha256(...columns, truth!.pBuy, truth!.pSell, truth!.expectedReturn, n[0].close, JSON.stringify(m));
}

/** Every cell with its session, and the cell of the last bar before it. */
function* barCells(): Generator<{ cell: number; s: number; d: number; before: number | null }> {
  for (let s = 0; s < SYMBOLS; s++) {
    let before: number | null = null;
    for (let d = 0; d < DAYS; d++) {
      const cell = s * DAYS + d;
      if (Number.isNaN(bars.close[cell])) continue;
      yield { cell, s, d, before };
      before = cell;
    }
  }
}

const ticks = (price: number) => Math.round(price * 100);

describe('synthetic market', () => {
  it('gives the same bits for the same seed, and others for another', () => {
    const small = { kind: 'planted', symbols: 5, days: 150 } as const;
    const first = hashOf(generateMarket({ ...small, seed: 3 }));
    expect(hashOf(generateMarket({ ...small, seed: 3 }))).toBe(first);
    expect(hashOf(generateMarket({ ...small, seed: 4 }))).not.toBe(first);
  });

  it('is what a market store takes', () => {
    expect(() => checkMarketTables(market)).not.toThrow();
    expect(bars.symbols).toEqual([...bars.symbols].sort());
    for (const { symbol, board } of instruments) expect(boardOf(symbol)).toBe(board);
    expect(new Set(instruments.map(({ name }) => name)).size).toBe(SYMBOLS);
    for (const { name } of instruments) expect(name).toMatch(/^\p{Script=Han}{4} [A-Z][a-z]+ [A-Z][a-z]+$/u);
  });

  it('has candles whose low and high enclose open and close, on the tick of 0.01', () => {
    for (const { cell } of barCells()) {
      const [open, high, low, close] = [bars.open, bars.high, bars.low, bars.close].map((column) => column[cell]);
      if (!(low > 0 && low <= Math.min(open, close) && high >= Math.max(open, close))) expect.fail(`candle ${cell}`);
      for (const price of [open, high, low, close]) if (price !== ticks(price) / 100) expect.fail(`tick ${cell}`);
      if (bars.suspended[cell] === 0) {
        const mean = bars.amount![cell] / bars.volume[cell];
        if (!(mean >= low - 0.01 && mean <= high + 0.01))
          expect.fail(`amount ${cell}: ${mean} not in ${low} … ${high}`);
      }
    }
  });

  it('stays within the price limits of board and date, measured from the ex-right reference price, and reaches them', () => {
    let touched = 0;
    for (const { cell, s, d, before } of barCells()) {
      if (before === null) continue;
      const reference = ticks((bars.close[before] * bars.adjFactor[before]) / bars.adjFactor[cell]);
      const limits = limitTicks(instruments[s].board, bars.dates[d], reference);
      if (ticks(bars.high[cell]) > limits.upper || ticks(bars.low[cell]) < limits.lower) expect.fail(`limits ${cell}`);
      if (ticks(bars.close[cell]) === limits.upper || ticks(bars.close[cell]) === limits.lower) touched++;
    }
    expect(touched).toBeGreaterThan(10);
    // 10.05 × 1.1 = 11.055 → 11.06 and 10.05 × 0.9 = 9.045 → 9.05, half up; ChiNext 20 % from 2020-08-24.
    expect(limitTicks('main', START, 1005)).toEqual({ lower: 905, upper: 1106 });
    expect(limitTicks('chinext', parseDay('2020-08-21'), 1000)).toEqual({ lower: 900, upper: 1100 });
    expect(limitTicks('chinext', parseDay('2020-08-24'), 1000)).toEqual({ lower: 800, upper: 1200 });
  });

  it('pays dividends and bonus shares: the factor only grows, and prices fall with it', () => {
    let exDays = 0;
    let bonuses = 0;
    for (const { cell, before } of barCells()) {
      if (before === null) continue;
      const ratio = bars.adjFactor[cell] / bars.adjFactor[before];
      if (!(ratio >= 1)) expect.fail(`factor ${cell}`);
      if (ratio > 1) exDays++;
      if (ratio > 1.25) bonuses++;
    }
    expect(exDays).toBeGreaterThan(SYMBOLS);
    expect(bonuses).toBeGreaterThan(3);
  });

  it('states every action behind its factor, and no other', () => {
    const { actions = [] } = market;
    const stated = new Map(actions.map((action) => [`${action.symbol} ${action.exDate}`, action]));
    expect(stated.size).toBe(actions.length);
    let changes = 0;
    let cashOnly = 0;
    let transfers = 0;
    for (const { cell, s, d, before } of barCells()) {
      const action = stated.get(`${bars.symbols[s]} ${bars.dates[d]}`);
      const ratio = before === null ? 1 : bars.adjFactor[cell] / bars.adjFactor[before];
      if ((ratio !== 1) !== (action !== undefined)) expect.fail(`factor × ${ratio}, ${JSON.stringify(action)}`);
      if (!action || before === null) continue;
      changes++;
      if (freeShares(action) === 0) cashOnly++;
      if (action.transfer > 0) transfers++;
      // The factor's reference is the exchange's to the tick; of the unrounded one it keeps within half a tick.
      const close = bars.close[before];
      expect(close / ratio).toBeCloseTo(exRightReference(close, action, 0.01), 9);
      expect(Math.abs(close / ratio - theoreticalReference(close, action))).toBeLessThanOrEqual(0.005 + 1e-9);
      expect([action.rights, action.rightsPrice]).toEqual([0, 0]);
      expect(bars.suspended[cell]).toBe(0);
    }
    expect(changes).toBe(actions.length);
    expect(changes).toBeGreaterThan(SYMBOLS);
    expect(cashOnly).toBeGreaterThan(10);
    expect(transfers).toBeGreaterThan(3);
    expect(actionFindings(market).map(({ count }) => count)).toEqual([0, 0, 0]);
  });

  it('suspends, lists later and delists', () => {
    let suspended = 0;
    for (const { cell, before } of barCells()) {
      if (bars.suspended[cell] === 0) continue;
      suspended++;
      const close = bars.close[cell];
      expect([bars.open[cell], bars.high[cell], bars.low[cell], bars.volume[cell], bars.amount![cell]]).toEqual([
        close,
        close,
        close,
        0,
        0,
      ]);
      expect(close).toBe(bars.close[before!]);
    }
    expect(suspended / (SYMBOLS * DAYS)).toBeGreaterThan(0.002);
    expect(suspended / (SYMBOLS * DAYS)).toBeLessThan(0.02);
    const late = instruments.filter(({ listDate }) => listDate! > bars.dates[0]);
    const gone = instruments.filter(({ delistDate }) => delistDate !== null);
    expect(late.length).toBeGreaterThan(0);
    expect(gone.length).toBeGreaterThan(0);
    for (const [s, { listDate, delistDate }] of instruments.entries()) {
      const listed = Array.from(bars.dates).filter((_, d) => !Number.isNaN(bars.close[s * DAYS + d]));
      expect(listed[0]).toBe(Math.max(listDate!, bars.dates[0]));
      expect(listed.at(-1)).toBe(delistDate ?? bars.dates[DAYS - 1]);
    }
  });

  it('delists what stays below par, and says so early enough', () => {
    const { bars: cheap, instruments: listed } = generateMarket({
      kind: 'planted',
      symbols: 12,
      days: 1500,
      seed: 1,
      strength: 3,
    });
    let ended = 0;
    for (let s = 0; s < 12; s++) {
      let below = 0;
      for (let d = 0; d < 1500; d++) {
        const close = cheap.close[s * 1500 + d];
        below = close < 1 ? below + 1 : 0;
        if (below !== 20) continue;
        ended++;
        expect(cheap.close[s * 1500 + d + 15]).toBeGreaterThan(0);
        expect(cheap.close[s * 1500 + d + 16]).toBeNaN();
        expect(listed[s].delistDate).toBe(cheap.dates[d + 15]);
      }
    }
    expect(ended).toBeGreaterThan(0);
  });

  it('keeps an index of the largest, with joiners and leavers, within their listings', () => {
    const rowOf = new Map(bars.symbols.map((symbol, s) => [symbol, s]));
    const count = new Int32Array(DAYS);
    for (const { symbol, from, to, index } of members) {
      expect(index).toBe('synthetic');
      const [first, last] = [bars.dates.indexOf(from), bars.dates.indexOf(to)];
      for (let d = first; d <= last; d++) {
        count[d]++;
        if (Number.isNaN(bars.close[rowOf.get(symbol)! * DAYS + d])) expect.fail(`${symbol} is a member without a bar`);
      }
    }
    expect(count[0]).toBe(48);
    expect(Math.max(...count)).toBe(48);
    expect(Math.min(...count)).toBeGreaterThan(42);
    expect(members.some(({ from }) => from > bars.dates[0])).toBe(true);
    expect(members.some(({ to }) => to < bars.dates[DAYS - 1])).toBe(true);
  });

  it('has a price index that moves as its members do', () => {
    const [index] = benchmarks;
    expect([index.index, index.kind, index.dates.length]).toEqual(['synthetic', 'price', DAYS]);
    const rowOf = new Map(bars.symbols.map((symbol, s) => [symbol, s]));
    const agree: number[] = [];
    for (let d = 1; d < DAYS; d++) {
      expect(index.low[d]).toBeLessThanOrEqual(Math.min(index.open[d], index.close[d]));
      expect(index.high[d]).toBeGreaterThanOrEqual(Math.max(index.open[d], index.close[d]));
      const returns = members
        .filter(({ from, to }) => from <= bars.dates[d] && bars.dates[d] <= to)
        .map(({ symbol }) => rowOf.get(symbol)! * DAYS + d)
        .map(
          (cell) => (bars.close[cell] * bars.adjFactor[cell]) / (bars.close[cell - 1] * bars.adjFactor[cell - 1]) - 1,
        );
      const mean = returns.reduce((a, b) => a + b, 0) / returns.length;
      agree.push(Math.sign(mean) === Math.sign(index.close[d] / index.close[d - 1] - 1) ? 1 : 0);
    }
    expect(agree.reduce((a, b) => a + b, 0) / agree.length).toBeGreaterThan(0.75);
  });

  it('has a calendar of weekdays without the long holidays', () => {
    const dates = syntheticCalendar(parseDay('2021-01-01'), 400);
    expect(dates.every((day, i) => weekdayOf(day) < 5 && (i === 0 || day > dates[i - 1]))).toBe(true);
    expect(dates[0]).toBe(parseDay('2021-01-04'));
    // SSE closed from 2021-02-11 to 2021-02-17 for the Spring Festival and from 2021-10-01 to 2021-10-07.
    for (const day of ['2021-02-11', '2021-02-17', '2021-10-01', '2021-10-07'])
      expect(dates).not.toContain(parseDay(day));
    for (const day of ['2021-02-10', '2021-02-18', '2021-09-30', '2021-10-08']) expect(dates).toContain(parseDay(day));
  });

  it('without its truth is the same market', () => {
    const options = { kind: 'planted', symbols: 5, days: 150, seed: 3 } as const;
    const [full, bare] = [generateMarket(options), generateMarket({ ...options, withTruth: false })];
    expect(bare.truth).toBeUndefined();
    expect(bare.bars).toEqual(full.bars);
    expect(bare.members).toEqual(full.members);
  });

  it('has codes of the board and a name of its own for each of 5,400 stocks', () => {
    const listings = drawListings(5400, syntheticCalendar(START, 300), 1).map(({ instrument }) => instrument);
    const symbols = listings.map(({ symbol }) => symbol);
    expect(new Set(symbols).size).toBe(5400);
    expect(symbols).toEqual([...symbols].sort());
    expect(new Set(listings.map(({ name }) => name)).size).toBe(5400);
    for (const { symbol, board } of listings) expect(boardOf(symbol)).toBe(board);
  });

  it('refuses what it cannot make, naming the option', () => {
    const good = { kind: 'null', symbols: 5, days: 100, seed: 1 } as const;
    expect(() => generateMarket({ ...good, symbols: 6001 })).toThrow('symbols: found 6001');
    expect(() => generateMarket({ ...good, symbols: 0 })).toThrow('symbols: found 0');
    expect(() => generateMarket({ ...good, days: 1.5 })).toThrow('days: found 1.5');
    expect(() => generateMarket({ ...good, kind: 'planted', strength: -1 })).toThrow('strength: found -1');
    expect(() => generateMarket({ ...good, windowDays: 6 })).toThrow('windowDays: found 6');
    expect(() => generateMarket({ ...good, kind: 'bull' as 'null' })).toThrow('kind: found "bull"');
  });
});
