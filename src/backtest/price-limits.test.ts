import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Board, type CorporateAction, rulebookByName } from '../market/index.js';
import { type Day, parseDay, weekdayOf } from '../util/index.js';
import { runBacktest } from './run-backtest.js';
import { scripted, type TestBars, testMarket } from './test-market.fixture.js';

/** A share on a day, and the limit in per cent that the exchanges' rules give it; null is none. */
interface Regime {
  readonly board: Board;
  readonly day: string;
  readonly st?: true;
  /** Sessions since its listing, the first counted as 1, and the exchange's weekdays between; old where absent. */
  readonly session?: number;
  readonly limit: number | null;
}

/** SSE, SZSE and BSE Trading Rules, on either side of each change; 2020-08-24, 2019-07-22 and 2023-04-10 are Mondays. */
const REGIMES: readonly Regime[] = [
  { board: 'main', day: '1996-12-13', limit: null },
  { board: 'main', day: '1996-12-16', limit: 10 },
  { board: 'main', day: '2022-06-01', limit: 10 },
  { board: 'main', day: '1998-04-21', st: true, limit: 10 },
  { board: 'main', day: '1998-04-22', st: true, limit: 5 },
  { board: 'main', day: '2023-06-01', st: true, limit: 5 },
  { board: 'chinext', day: '2020-08-21', limit: 10 },
  { board: 'chinext', day: '2020-08-24', limit: 20 },
  { board: 'chinext', day: '2020-08-21', st: true, limit: 5 },
  { board: 'chinext', day: '2020-08-24', st: true, limit: 20 },
  { board: 'star', day: '2022-06-01', limit: 20 },
  { board: 'star', day: '2022-06-01', st: true, limit: 20 },
  { board: 'bse', day: '2022-06-01', limit: 30 },
  { board: 'star', day: '2022-06-01', session: 2, limit: null },
  { board: 'star', day: '2022-06-01', session: 5, limit: null },
  { board: 'star', day: '2022-06-01', session: 6, limit: 20 },
  { board: 'chinext', day: '2020-08-28', session: 5, limit: null },
  { board: 'chinext', day: '2020-08-31', session: 6, limit: 20 },
  // Listed on Friday, 21 August 2020, under the old rules: no free sessions, and the new limit from Monday on.
  { board: 'chinext', day: '2020-08-24', session: 2, limit: 20 },
  { board: 'chinext', day: '2020-08-21', session: 2, limit: 10 },
  { board: 'main', day: '2023-04-14', session: 5, limit: null },
  { board: 'main', day: '2023-04-17', session: 6, limit: 10 },
  // Listed on Friday, 7 April 2023, before the rules of that year.
  { board: 'main', day: '2023-04-10', session: 2, limit: 10 },
  { board: 'main', day: '2018-06-12', session: 2, limit: 10 },
  { board: 'main', day: '2013-06-04', session: 2, limit: 10 },
  { board: 'bse', day: '2022-06-01', session: 2, limit: 30 },
];

/** `count` weekdays that end with a day. */
function weekdaysTo(day: Day, count: number): Int32Array {
  const days: Day[] = [];
  for (let at = day; days.length < count; at--) if (weekdayOf(at) < 5) days.unshift(at);
  return Int32Array.from(days);
}

/** numerator / denominator rounded half up, in whole numbers throughout. */
const halfUp = (numerator: number, denominator: number) =>
  Number((2n * BigInt(numerator) + BigInt(denominator)) / (2n * BigInt(denominator)));

const scenario = fc.record({
  regime: fc.constantFrom(...REGIMES),
  /** The last close, in ticks of CNY 0.01: all endings, small prices too. */
  close: fc.oneof(fc.integer({ min: 20, max: 300 }), fc.integer({ min: 300, max: 30_000 })),
  /** Bonus shares for ten, and cash a share as hundredths of the close; told by actions or by the factor alone. */
  exDay: fc.option(
    fc.record({
      bonus: fc.integer({ min: 0, max: 12 }),
      cash: fc.integer({ min: 0, max: 20 }),
      told: fc.constantFrom('actions' as const, 'factor' as const),
    }),
  ),
  side: fc.constantFrom('buy' as const, 'sell' as const),
  edge: fc.constantFrom('upper' as const, 'lower' as const),
  offset: fc.constantFrom(-1, 0, 1),
  fillPrice: fc.constantFrom('open' as const, 'close' as const, 'vwap' as const),
});
type Scenario = typeof scenario extends fc.Arbitrary<infer T> ? T : never;

/** Cash of the ex-day in ticks a share, and the reference price of the session as a fraction of whole numbers, in ticks. */
function referenceOf({ close, exDay }: Scenario): { cash: number; over: number; under: number } {
  const cash = exDay === null ? 0 : Math.floor((close * exDay.cash) / 100);
  return exDay === null
    ? { cash, over: close, under: 1 }
    : { cash, over: 10 * (close - cash), under: 10 + exDay.bonus };
}

/** The limits of the session in ticks, from the rounded reference, by integers alone. */
function limitsOf(s: Scenario): { upper: number; lower: number } {
  const { over, under } = referenceOf(s);
  const reference = halfUp(over, under);
  // Where there is no limit, prices around that of the board's usual one.
  const limit = s.regime.limit ?? 20;
  return { upper: halfUp(reference * (100 + limit), 100), lower: halfUp(reference * (100 - limit), 100) };
}

/** Why the order of a session at `price` ticks is not filled: '' where it is. */
function fateOf(s: Scenario, price: number): { reason: string; paid: number[] } {
  const { regime, close, exDay, side, fillPrice } = s;
  const listed = regime.session ?? 0;
  const dates = weekdaysTo(parseDay(regime.day), Math.max(2, listed + 1));
  const last = dates.length - 1;
  const first = last + 1 - listed;
  const { cash, over, under } = referenceOf(s);
  const old = close / 100;
  const prices = Array.from(dates, (_, d) => (listed > 0 && d < first ? Number.NaN : d === last ? price / 100 : old));
  const row: TestBars = {
    symbol: 'A',
    open: prices,
    close: prices,
    board: regime.board,
    st: regime.st ? [last] : [],
    factor: Array.from(dates, (_, d) => (d === last ? (close * under) / over : 1)),
    listDate: listed > 0 ? dates[first] : null,
  };
  const { bars, instruments } = testMarket([row, { symbol: 'B', close: prices.map(() => 1) }], dates);
  const action: CorporateAction = {
    symbol: 'A',
    exDate: dates[last],
    cash: cash / 100,
    bonus: (exDay?.bonus ?? 0) / 10,
    transfer: 0,
    rights: 0,
    rightsPrice: 0,
  };
  const result = runBacktest({
    bars,
    instruments,
    rulebook: rulebookByName('cn-a-share'),
    costs: { model: 'flat', flatRate: 0 },
    initialCapital: 1e9,
    initialHoldings: side === 'sell' ? [{ symbol: 'A', shares: 1000 }] : [],
    from: dates[last],
    to: dates[last],
    policy: scripted({ [last - 1]: side === 'buy' ? { A: 0.5 } : {} }),
    fillPrice,
    ...(exDay?.told === 'actions' ? { actions: [action] } : {}),
  });
  expect(result.orders.columns.side).toEqual([side]);
  return { reason: result.orders.columns.reason[0], paid: Array.from(result.fills.columns.price) };
}

describe('a price limit, for any price, reference and regime', () => {
  it('stops purchases at it and above, sales at it and below, and nothing one tick inside', () => {
    const seen = new Map<string, number>();
    fc.assert(
      fc.property(scenario, (s) => {
        const limits = limitsOf(s);
        const price = limits[s.edge] + s.offset;
        fc.pre(price > 0);
        const met = s.regime.limit !== null && (s.side === 'buy' ? price >= limits.upper : price <= limits.lower);
        const expected = met ? (s.side === 'buy' ? 'limit-up' : 'limit-down') : '';
        expect(fateOf(s, price)).toEqual({ reason: expected, paid: met ? [] : [price / 100] });
        const key = `${s.side} ${s.edge} ${s.offset} ${s.regime.limit}`;
        seen.set(key, (seen.get(key) ?? 0) + 1);
      }),
      { numRuns: 1500, seed: 20220104 },
    );
    // Both sides at both limits, on it, inside and outside, under each of 5, 10, 20, 30 % and none.
    expect(seen.size).toBe(2 * 2 * 3 * 5);
  });

  it('is measured on the tick from a reference that is itself on the tick, both half up', () => {
    const at = (close: number, exDay: Scenario['exDay'], limit: 5 | 10 | 20): { upper: number; lower: number } => {
      const regime = REGIMES.find((one) => one.limit === limit)!;
      return limitsOf({ regime, close, exDay, side: 'buy', edge: 'upper', offset: 0, fillPrice: 'open' });
    };
    // 10.05 × 1.1 = 11.055 and × 0.9 = 9.045: half up, both sides.
    expect(at(1005, null, 10)).toEqual({ upper: 1106, lower: 905 });
    // Three for ten on 10.01: 7.70 exactly; on 10.00: 7.6923 → 7.69, whose limit is 8.459 → 8.46.
    expect(at(1001, { bonus: 3, cash: 0, told: 'actions' }, 10)).toEqual({ upper: 847, lower: 693 });
    expect(at(1000, { bonus: 3, cash: 0, told: 'actions' }, 10)).toEqual({ upper: 846, lower: 692 });
    // Of ST shares: 3.10 × 1.05 = 3.255 → 3.26 and × 0.95 = 2.945 → 2.95.
    expect(at(310, null, 5)).toEqual({ upper: 326, lower: 295 });
  });
});
