import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type BarMatrix, rulebookByName } from '../market/index.js';
import type { BacktestOptions } from './options.js';
import { CASH_ACCOUNT, randomActions, randomMarket, randomTargets } from './random-market.fixture.js';
import { runBacktest } from './run-backtest.js';

const SESSIONS = 60;

const scenario = fc.record({
  seed: fc.integer({ min: 0, max: 1e9 }),
  symbols: fc.integer({ min: 1, max: 12 }),
  capital: fc.constantFrom(3_000, 50_000, 1_000_000, 200_000_000),
  rulebook: fc.constantFrom('cn-a-share', 'cash-account', 'us-equity', 'frictionless'),
  model: fc.constantFrom('full' as const, 'flat' as const),
  maxVolumeShare: fc.constantFrom(undefined, 0.01, 0.2),
  fillPrice: fc.constantFrom('open' as const, 'vwap' as const, 'close' as const),
  remainder: fc.constantFrom('carry' as const, 'cancel' as const),
  impactCoefficient: fc.constantFrom(0, 0.8),
  actions: fc.boolean(),
});
type Scenario = typeof scenario extends fc.Arbitrary<infer T> ? T : never;

function optionsOf({ seed, symbols, capital, rulebook, model, ...rest }: Scenario): BacktestOptions {
  const { bars, instruments, dates } = randomMarket(seed, symbols, SESSIONS);
  return {
    bars,
    instruments,
    rulebook: rulebook === CASH_ACCOUNT.name ? CASH_ACCOUNT : rulebookByName(rulebook),
    costs: { model, impactCoefficient: rest.impactCoefficient },
    fillPrice: rest.fillPrice,
    remainder: rest.remainder,
    actions: rest.actions ? randomActions(seed, bars) : null,
    initialCapital: capital,
    from: dates[5],
    to: dates[SESSIONS - 1],
    policy: randomTargets(seed),
    ...(rest.maxVolumeShare === undefined ? {} : { maxVolumeShare: rest.maxVolumeShare }),
  };
}

const near = (found: number, expected: number, scale: number) =>
  expect(Math.abs(found - expected)).toBeLessThanOrEqual(1e-9 * scale);

/** Replays fills and events independently of the engine's own books and calls `check` after each session. */
function replay(
  options: BacktestOptions,
  check: (d: number, cash: number, shares: ReadonlyMap<string, number>, row: number) => void,
) {
  const result = runBacktest(options);
  const { fills, events, equity } = result;
  const { dates } = options.bars;
  let cash = options.initialCapital;
  const shares = new Map<string, number>();
  let fill = 0;
  let event = 0;
  for (let row = 0; row < equity.length; row++) {
    const date = equity.columns.date[row];
    for (; event < events.length && events.columns.date[event] === date; event++) {
      const e = events.columns;
      expect(shares.get(e.symbol[event]) ?? 0).toBe(e.shares_before[event]);
      shares.set(e.symbol[event], e.shares_after[event]);
      cash += e.cash[event];
    }
    for (; fill < fills.length && fills.columns.date[fill] === date; fill++) {
      const f = fills.columns;
      const sign = f.side[fill] === 'buy' ? 1 : -1;
      const held = (shares.get(f.symbol[fill]) ?? 0) + sign * f.shares[fill];
      expect(held).toBeGreaterThanOrEqual(0);
      shares.set(f.symbol[fill], held);
      cash -= sign * f.amount[fill];
      cash -= f.commission[fill] + f.stamp_duty[fill] + f.transfer_fee[fill] + f.spread[fill] + f.impact[fill];
    }
    check(dates.indexOf(date), cash, shares, row);
  }
  expect([fill, event]).toEqual([fills.length, events.length]);
  return result;
}

describe('for any market and any targets', () => {
  it('cash is never negative and is the sum of what moved it', () => {
    fc.assert(
      fc.property(scenario, (s) => {
        const options = optionsOf(s);
        const { columns } = runBacktest(options).equity;
        replay(options, (_d, cash, _shares, row) => {
          expect(columns.cash[row]).toBeGreaterThanOrEqual(0);
          near(columns.cash[row], cash, s.capital);
        });
      }),
      { numRuns: 60, seed: 20220104 },
    );
  });

  it('shares are conserved through fills, actions and delistings; equity is cash plus positions', () => {
    fc.assert(
      fc.property(scenario, (s) => {
        const options = optionsOf(s);
        const result = runBacktest(options);
        const { cash, positions_value, equity, positions } = result.equity.columns;
        let last: ReadonlyMap<string, number> = new Map();
        replay(options, (d, _cash, shares, row) => {
          expect(equity[row]).toBe(cash[row] + positions_value[row]);
          const held = [...shares].filter(([, count]) => count > 0);
          expect(positions[row]).toBe(held.length);
          last = shares;
          // Through actions the value of what does not trade has its own tests; here, what trades is worth its close.
          if (s.actions && held.some(([symbol]) => !tradesOn(options.bars, symbol, d))) return;
          near(
            positions_value[row],
            held.reduce((sum, [symbol, n]) => sum + n * valuation(options.bars, symbol, d), 0),
            equity[row],
          );
        });
        const final = result.positions.columns;
        const ended = final.symbol.map((symbol, i) => [symbol, final.shares[i]]);
        expect(ended).toEqual([...last].filter(([, count]) => count > 0).sort(([a], [b]) => (a < b ? -1 : 1)));
      }),
      { numRuns: 60, seed: 20220104 },
    );
  });

  it('the costs of a session are the charges of its fills', () => {
    fc.assert(
      fc.property(scenario, (s) => {
        const { fills, equity } = runBacktest(optionsOf(s));
        const bySession = new Map<number, number>();
        for (let i = 0; i < fills.length; i++) {
          const { date, commission, stamp_duty, transfer_fee, spread, impact } = fills.columns;
          const sum = commission[i] + stamp_duty[i] + transfer_fee[i] + spread[i] + impact[i];
          bySession.set(date[i], (bySession.get(date[i]) ?? 0) + sum);
        }
        for (let row = 0; row < equity.length; row++) {
          near(equity.columns.costs[row], bySession.get(equity.columns.date[row]) ?? 0, s.capital);
        }
      }),
      { numRuns: 40, seed: 20220104 },
    );
  });

  it('tax on dividends is cash that left, at most a fifth of the income, and none without actions', () => {
    let taxed = 0;
    fc.assert(
      fc.property(scenario, (s) => {
        const { events } = runBacktest(optionsOf({ ...s, rulebook: 'cn-a-share', model: 'full' }));
        const { kind, cash, shares_before, shares_after } = events.columns;
        let paid = 0;
        let income = 0;
        for (let i = 0; i < events.length; i++) {
          if (kind[i] === 'dividend') income += cash[i];
          // The most that a bonus issue of nine tenths counts for: CNY 0.9 a share.
          if (kind[i] === 'bonus') income += 0.9 * shares_before[i];
          if (kind[i] !== 'dividend-tax') continue;
          expect(cash[i]).toBeLessThan(0);
          expect(shares_after[i]).toBe(shares_before[i]);
          paid -= cash[i];
          taxed++;
        }
        expect(paid).toBeLessThanOrEqual(0.2 * income * (1 + 1e-9));
        if (!s.actions) expect(paid).toBe(0);
      }),
      { numRuns: 60, seed: 20220104 },
    );
    expect(taxed).toBeGreaterThan(20);
  });

  it('fills lie within the range of the session, inside the limits, in sound and trading bars', () => {
    let limitCases = 0;
    fc.assert(
      fc.property(scenario, (s) => {
        const options = optionsOf(s);
        const { bars } = options;
        const { fills, orders } = runBacktest(options);
        for (let i = 0; i < fills.length; i++) {
          const { symbol, date, price, side, shares } = fills.columns;
          const d = bars.dates.indexOf(date[i]);
          const cell = bars.symbols.indexOf(symbol[i]) * bars.dates.length + d;
          if (s.fillPrice !== 'vwap') expect(price[i]).toBe(bars[s.fillPrice][cell]);
          expect(price[i]).toBeGreaterThanOrEqual(bars.low[cell]);
          expect(price[i]).toBeLessThanOrEqual(bars.high[cell]);
          expect(bars.suspended[cell] + (bars.flags[cell] & 1)).toBe(0);
          expect(bars.volume[cell]).toBeGreaterThan(0);
          expect(shares[i]).toBeGreaterThan(0);
          if (s.rulebook !== 'cn-a-share' || s.actions) continue;
          // The widest limit of any board; the exact one has its own property (price-limits.test.ts).
          const reference = valuation(bars, symbol[i], d - 1) * ratioAt(bars, symbol[i], d);
          if (side[i] === 'buy') expect(price[i]).toBeLessThan(reference * 1.3 + 0.011);
          else expect(price[i]).toBeGreaterThan(reference * 0.7 - 0.011);
        }
        limitCases += orders.columns.reason.filter((reason) => reason.startsWith('limit-')).length;
      }),
      { numRuns: 60, seed: 20220104 },
    );
    expect(limitCases).toBeGreaterThan(0);
  });

  it('no share bought in a session is sold in it', () => {
    fc.assert(
      fc.property(scenario, (s) => {
        const { fills } = runBacktest(optionsOf(s));
        const { date, symbol, side } = fills.columns;
        const keys = (wanted: string) =>
          new Set(symbol.flatMap((name, i) => (side[i] === wanted ? [`${name} ${date[i]}`] : [])));
        const sold = keys('sell');
        for (const key of keys('buy')) expect(sold).not.toContain(key);
      }),
      { numRuns: 30, seed: 20220104 },
    );
  });

  it('every order is accounted for: filled, rejected, cancelled and carried are what was requested', () => {
    const events = new Map<string, number>();
    fc.assert(
      fc.property(scenario, (s) => {
        const { orders, fills, orderTrail, equity } = runBacktest(optionsOf(s));
        const o = orders.columns;
        const filled = new Float64Array(orders.length);
        for (let i = 0; i < fills.length; i++) filled[fills.columns.order_id[i]] += fills.columns.shares[i];
        const closing = new Map<number, { event: string; shares: number; date: number }>();
        for (let i = 0; i < orderTrail.length; i++) {
          const { order_id, event, shares, date } = orderTrail.columns;
          expect(closing.get(order_id[i])?.event ?? 'carried').toBe('carried');
          closing.set(order_id[i], { event: event[i], shares: shares[i], date: date[i] });
          events.set(event[i], (events.get(event[i]) ?? 0) + 1);
        }
        for (let i = 0; i < orders.length; i++) {
          near(o.shares_filled[i], filled[i], 1 + filled[i]);
          const whole = o.shares_rejected[i] + o.shares_cancelled[i] + o.shares_carried[i] + o.shares_filled[i];
          if (!Number.isNaN(o.shares_requested[i])) near(whole, o.shares_requested[i], 1 + o.shares_requested[i]);
          const trail = closing.get(i);
          expect(o.shares_cancelled[i]).toBe(trail?.event === 'cancelled' ? trail.shares : 0);
          if (o.status[i] === 'working') {
            expect([trail?.event, trail?.shares]).toEqual(['carried', o.shares_carried[i]]);
            expect(trail?.date).toBe(equity.columns.date[equity.length - 1]);
          } else expect(o.shares_carried[i]).toBe(0);
          expect(o.status[i] === 'rejected').toBe(filled[i] === 0 && o.shares_cancelled[i] + o.shares_carried[i] === 0);
          if (o.status[i] !== 'filled') expect(o.reason[i]).not.toBe('');
        }
      }),
      { numRuns: 80, seed: 20220104 },
    );
    expect(events.get('carried')).toBeGreaterThan(0);
    expect(events.get('cancelled')).toBeGreaterThan(0);
  });

  it('proceeds are not spent before they settle', () => {
    fc.assert(
      fc.property(scenario, (s) => {
        const options = optionsOf({ ...s, rulebook: 'cash-account' });
        const { fills, equity } = runBacktest(options);
        const f = fills.columns;
        const rowOf = new Map(Array.from(equity.columns.date, (date, row) => [date, row]));
        const recent = (i: number) => {
          let cash = 0;
          for (let j = 0; j < fills.length; j++) {
            const age = rowOf.get(f.date[i])! - rowOf.get(f.date[j])!;
            if (f.side[j] !== 'sell' || age < 0 || age > 1) continue;
            cash += f.amount[j] - f.commission[j] - f.stamp_duty[j] - f.transfer_fee[j] - f.spread[j] - f.impact[j];
          }
          return cash;
        };
        // Sales of a session come first, so after its purchases at least their proceeds are still there.
        const bought = new Set(Array.from(f.date).filter((_, i) => f.side[i] === 'buy'));
        for (const date of bought) {
          const i = f.date.lastIndexOf(date);
          expect(equity.columns.cash[rowOf.get(date)!]).toBeGreaterThanOrEqual(recent(i) - 1e-9 * s.capital);
        }
      }),
      { numRuns: 30, seed: 20220104 },
    );
  });

  it('the same inputs give the same bits', () => {
    fc.assert(
      fc.property(scenario, (s) => {
        expect(runBacktest(optionsOf(s))).toEqual(runBacktest(optionsOf(s)));
      }),
      { numRuns: 10, seed: 20220104 },
    );
  });
});

function tradesOn(bars: BarMatrix, symbol: string, d: number): boolean {
  const cell = bars.symbols.indexOf(symbol) * bars.dates.length + d;
  const { close, flags, suspended, volume } = bars;
  return close[cell] > 0 && (flags[cell] & 1) === 0 && suspended[cell] === 0 && volume[cell] > 0;
}

/** Last good close at or before session d, carried through the factor to d: an independent reading of the rule. */
function valuation(bars: BarMatrix, symbol: string, d: number): number {
  const row = bars.symbols.indexOf(symbol) * bars.dates.length;
  let factorNow = Number.NaN;
  for (let past = d; past >= 0; past--) {
    const cell = row + past;
    const sound = bars.close[cell] > 0 && (bars.flags[cell] & 1) === 0;
    if (sound && Number.isNaN(factorNow)) factorNow = bars.adjFactor[cell];
    if (sound && bars.suspended[cell] === 0 && bars.volume[cell] > 0) {
      return (bars.close[cell] * bars.adjFactor[cell]) / factorNow;
    }
  }
  return Number.NaN;
}

/** Ex-right reference over the last close at session d, whose bar is sound. */
function ratioAt(bars: BarMatrix, symbol: string, d: number): number {
  const row = bars.symbols.indexOf(symbol) * bars.dates.length;
  for (let past = d - 1; past >= 0; past--) {
    const cell = row + past;
    if (bars.close[cell] > 0 && (bars.flags[cell] & 1) === 0) return bars.adjFactor[cell] / bars.adjFactor[row + d];
  }
  return Number.NaN;
}
