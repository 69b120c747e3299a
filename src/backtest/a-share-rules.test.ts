import { describe, expect, it } from 'vitest';
import { BarFlag, rulebookByName } from '../market/index.js';
import { parseDay } from '../util/index.js';
import type { CostOptions } from './costs.js';
import { runBacktest } from './run-backtest.js';
import { scripted, type TestBars, testMarket, weekdays } from './test-market.fixture.js';

const rulebook = rulebookByName('cn-a-share');
const noBroker: CostOptions = { model: 'full', commissionBps: 0, minCommission: 0, halfSpreadBps: 0 };
const free: CostOptions = { model: 'flat', flatRate: 0 };

type Plan = Parameters<typeof scripted>[0];

interface Case {
  readonly rows: readonly TestBars[];
  readonly plan: Plan;
  readonly start?: string;
  readonly costs?: CostOptions;
  readonly capital?: number;
  readonly maxVolumeShare?: number;
  readonly delistingRecovery?: number;
}

/** Runs the plan over all sessions of the rows but the first, which is the close before the period. */
function run({ rows, plan, start = '2022-06-01', costs = free, capital = 100_000, ...rest }: Case) {
  const dates = weekdays(start, Math.max(...rows.map((row) => row.close.length)));
  const { bars, instruments } = testMarket(rows, dates);
  const period = { from: dates[1], to: dates[dates.length - 1] };
  return runBacktest({
    bars,
    instruments,
    rulebook,
    costs,
    initialCapital: capital,
    ...period,
    policy: scripted(plan),
    ...rest,
  });
}

type Result = ReturnType<typeof run>;
const orders = ({ orders: { columns, length } }: Result) =>
  Array.from({ length }, (_, i) => [
    columns.symbol[i],
    columns.side[i],
    columns.shares_filled[i],
    columns.status[i],
    columns.reason[i],
  ]);

describe('price limits are judged from the open', () => {
  it('no purchase at limit-up, although the session closes below', () => {
    const rows = [{ symbol: 'A', open: [10, 11], close: [10, 10.2] }];
    expect(orders(run({ rows, plan: { 0: { A: 0.5 } } }))).toEqual([['A', 'buy', 0, 'rejected', 'limit-up']]);
  });

  it('a purchase below limit-up, although the session closes there', () => {
    const rows = [{ symbol: 'A', open: [10, 10.99], close: [10, 11] }];
    expect(orders(run({ rows, plan: { 0: { A: 0.5 } } }))).toEqual([['A', 'buy', 5000, 'filled', '']]);
  });

  it('no sale at limit-down; the order is dropped and may be given again', () => {
    const rows = [{ symbol: 'A', open: [10, 10, 9, 9, 9], close: [10, 10, 9.5, 9, 9] }];
    expect(orders(run({ rows, plan: { 0: { A: 0.5 }, 1: {}, 3: {} } }))).toEqual([
      ['A', 'buy', 5000, 'filled', ''],
      ['A', 'sell', 0, 'rejected', 'limit-down'],
      ['A', 'sell', 5000, 'filled', ''],
    ]);
  });

  it('a sale at limit-up and a purchase at limit-down are done', () => {
    const rows = [
      { symbol: 'A', open: [10, 10, 11], close: [10, 10, 11] },
      { symbol: 'B', open: [10, 10, 9], close: [10, 10, 9] },
    ];
    expect(orders(run({ rows, plan: { 0: { A: 0.5 }, 1: { B: 0.5 } } }))).toEqual([
      ['A', 'buy', 5000, 'filled', ''],
      ['A', 'sell', 5000, 'filled', ''],
      ['B', 'buy', 5000, 'filled', ''],
    ]);
  });

  it('ChiNext opens at +15 %: limit-up before 2020-08-24, an ordinary price on it', () => {
    const rows = [{ symbol: 'A', open: [10, 11.5], close: [10, 11.5], board: 'chinext', exchange: 'SZSE' } as const];
    const reason = (start: string) => orders(run({ rows, plan: { 0: { A: 0.5 } }, start }))[0][4];
    expect(reason('2020-08-20')).toBe('limit-up');
    expect(reason('2020-08-21')).toBe('');
  });

  it('ST shares of the main board stop at 5 %', () => {
    const st = { symbol: 'A', open: [10, 10.5], close: [10, 10.5], st: [1] };
    expect(orders(run({ rows: [st], plan: { 0: { A: 0.5 } } }))[0][4]).toBe('limit-up');
    expect(orders(run({ rows: [{ ...st, st: [] }], plan: { 0: { A: 0.5 } } }))[0][4]).toBe('');
    expect(orders(run({ rows: [{ ...st, board: 'star' }], plan: { 0: { A: 0.5 } } }))[0][4]).toBe('');
  });

  it('are measured from the ex-right reference', () => {
    // Ten for ten: the reference is 5.00, the limit 5.50; without the action 5.50 would be a fall of 45 %.
    const split = { symbol: 'A', open: [10, 5.5], close: [10, 5.5], factor: [1, 2] };
    expect(orders(run({ rows: [split], plan: { 0: { A: 0.5 } } }))[0][4]).toBe('limit-up');
    const below = { ...split, open: [10, 5.49] };
    // Sized at the reference: 50,000 / 5.00.
    expect(orders(run({ rows: [below], plan: { 0: { A: 0.5 } } }))).toEqual([['A', 'buy', 10_000, 'filled', '']]);
  });

  it('a new STAR listing is free for five sessions, then 20 %', () => {
    const close = [Number.NaN, 10, 15, 22, 33, 50, 75];
    const star = { symbol: 'A', open: close, close, board: 'star', listDate: parseDay('2022-06-02') } as const;
    const lastOrders = (plan: Plan) => orders(run({ rows: [star], plan, capital: 1e6 })).at(-1);
    expect(lastOrders({ 4: { A: 0.5 } })).toEqual(['A', 'buy', 15_151, 'filled', '']);
    expect(lastOrders({ 5: { A: 0.5 } })).toEqual(['A', 'buy', 0, 'rejected', 'limit-up']);
    expect(lastOrders({ 0: { A: 0.5 } })).toEqual(['A', 'buy', 0, 'rejected', 'no-reference-price']);
  });
});

describe('what cannot trade', () => {
  it('suspended, misrecorded and absent bars reject with their reason', () => {
    const close = [10, 10, 10];
    const rows = [
      { symbol: 'A', close, suspended: [1] },
      { symbol: 'B', close, flags: { 1: BarFlag.MISRECORDED } },
      { symbol: 'C', close: [10, Number.NaN, 10] },
      { symbol: 'D', close, volume: [1, 0, 1] },
    ];
    expect(orders(run({ rows, plan: { 0: { A: 0.2, B: 0.2, C: 0.2, D: 0.2 } } }))).toEqual([
      ['A', 'buy', 0, 'rejected', 'suspended'],
      ['B', 'buy', 0, 'rejected', 'misrecorded'],
      ['C', 'buy', 0, 'rejected', 'no-bar'],
      ['D', 'buy', 0, 'rejected', 'suspended'],
    ]);
  });

  it('a misrecorded bar is valued at the last good close', () => {
    const rows = [{ symbol: 'A', close: [10, 10, 9999, 10.5], flags: { 2: BarFlag.MISRECORDED } }];
    const { equity } = run({ rows, plan: { 0: { A: 0.5 } } }).equity.columns;
    expect(Array.from(equity)).toEqual([100_000, 100_000, 100_000, 102_500]);
  });

  it('a position without bars is held at its last close for a year of sessions, then counts as delisted', () => {
    const sessions = 300;
    const gone = { symbol: 'A', close: [10, 10, 8] };
    const back = { symbol: 'B', close: [10, 10, 8, ...new Array<number>(sessions - 4).fill(Number.NaN), 9] };
    const there = { symbol: 'C', close: new Array<number>(sessions).fill(10) };
    const { events, equity } = run({
      rows: [gone, back, there],
      plan: { 0: { A: 0.5, B: 0.4 } },
      delistingRecovery: 0.5,
    });
    expect(events.columns.kind).toEqual(['delisting', 'delisting']);
    expect(Array.from(events.columns.date)).toEqual([equity.columns.date[253], equity.columns.date[253]]);
    expect(equity.columns.equity[252]).toBe(82_000);
    expect(equity.columns.equity[253]).toBe(82_000 - (5000 + 4000) * 8 * 0.5);
  });

  it('a position becomes cash on the session after its listing’s last day', () => {
    const rows = [
      { symbol: 'A', close: [10, 10, 8], delistDate: parseDay('2022-06-03') },
      { symbol: 'B', close: [10, 10, 10, 10, 10] },
    ];
    const result = run({ rows, plan: { 0: { A: 0.5 } }, delistingRecovery: 0.5 });
    const { events, equity, roundTrips } = result;
    expect(events.columns.kind).toEqual(['delisting']);
    expect(events.columns.date[0]).toBe(equity.columns.date[3]);
    expect(events.columns.cash[0]).toBe(5000 * 8 * 0.5);
    expect(Array.from(equity.columns.equity)).toEqual([100_000, 100_000, 90_000, 70_000, 70_000]);
    expect(roundTrips.columns.pnl[0]).toBe(-30_000);
    expect(result.notes.some((note) => note.includes('at 50 % of the last price'))).toBe(true);
  });
});

describe('shares and cash', () => {
  it('a dividend is reinvested in whole shares, the fraction paid at the ex-right reference', () => {
    // 1,000 shares × 1.0256… = 1025.64: 1025 shares and 0.641 × 9.75.
    const factor = [1, 1, 10 / 9.75];
    const rows = [{ symbol: 'A', open: [10, 10, 9.75], close: [10, 10, 9.75], factor }];
    const result = run({ rows, plan: { 0: { A: 0.1 } } });
    expect(result.events.columns.shares_after[0]).toBe(1025);
    expect(result.events.columns.cash[0]).toBeCloseTo((1000 * (10 / 9.75) - 1025) * 9.75, 9);
    expect(result.equity.columns.equity[2]).toBeCloseTo(100_000, 9);
  });

  it('an odd lot leaves with the whole position', () => {
    const rows = [
      { symbol: 'A', open: [10, 10, 9.75, 9.75], close: [10, 10, 9.75, 9.75], factor: [1, 1, 10 / 9.75, 10 / 9.75] },
    ];
    const result = run({ rows, plan: { 0: { A: 0.1 }, 2: {} } });
    expect(orders(result).at(-1)).toEqual(['A', 'sell', 1025, 'filled', '']);
    expect(result.positions.length).toBe(0);
    expect(result.roundTrips.length).toBe(1);
  });

  it('purchases take the cash there is, in the order of the target', () => {
    // Both want 500 lots at 10.00; both open at 10.50. The first is filled, the second gets 47,500 / 10.50 → 45 lots.
    const rows = ['A', 'B'].map((symbol) => ({ symbol, open: [10, 10.5], close: [10, 10.5] }));
    expect(orders(run({ rows, plan: { 0: { B: 0.5, A: 0.5 } } }))).toEqual([
      ['B', 'buy', 5000, 'filled', ''],
      ['A', 'buy', 4500, 'partial', 'cash'],
    ]);
  });

  it('sales come first, and their proceeds are spent in the same session', () => {
    const rows = ['A', 'B'].map((symbol) => ({ symbol, close: [10, 10, 10] }));
    const result = run({ rows, plan: { 0: { B: 1 }, 1: { A: 1 } } });
    expect(orders(result).slice(1)).toEqual([
      ['B', 'sell', 10_000, 'filled', ''],
      ['A', 'buy', 10_000, 'filled', ''],
    ]);
  });

  it('a target below one lot leaves a rejected order', () => {
    const rows = [{ symbol: 'A', close: [1800, 1800] }];
    expect(orders(run({ rows, plan: { 0: { A: 1 } } }))).toEqual([['A', 'buy', 0, 'rejected', 'below-lot']]);
  });

  it('takes at most its share of the volume that traded before', () => {
    const volume = [20_000, ...Array(20).fill(10_000), 1e9];
    const rows = [{ symbol: 'A', close: Array(22).fill(10), volume }];
    // Mean of the 20 sessions before session 21: 10,000 shares, of which 5 % is 500.
    const result = run({ rows, plan: { 20: { A: 1 } }, maxVolumeShare: 0.05 });
    expect(orders(result)).toEqual([['A', 'buy', 500, 'partial', 'volume-cap']]);
  });

  it('counts trailing volume in shares of today: ten for ten doubles it', () => {
    const sessions = 22;
    const at = <T>(before: T, after: T) => Array.from({ length: sessions }, (_, d) => (d < 21 ? before : after));
    const rows = [{ symbol: 'A', open: at(10, 5), close: at(10, 5), factor: at(1, 2), volume: at(10_000, 1) }];
    const result = run({ rows, plan: { 20: { A: 1 } }, maxVolumeShare: 0.05 });
    expect(orders(result)).toEqual([['A', 'buy', 1000, 'partial', 'volume-cap']]);
  });
});

describe('charges', () => {
  const fees = (start: string, exchange: string, side: 'buy' | 'sell', board: 'main' | 'star' = 'main') => {
    const rows = [{ symbol: 'A', close: Array(12).fill(10), exchange, board }];
    const { fills } = run({ rows, plan: { 0: { A: 0.1 }, 1: {} }, start, costs: noBroker });
    const i = fills.columns.side.indexOf(side);
    return [fills.columns.stamp_duty[i], fills.columns.transfer_fee[i], fills.columns.commission[i]];
  };

  it('1,000 shares at 10.00 through the changes of duty and fee', () => {
    // The purchase trades one session after `start`, the sale two.
    expect(fees('2007-05-28', 'SSE', 'buy')[0]).toBe(10);
    expect(fees('2007-05-29', 'SSE', 'buy')[0]).toBe(30);
    expect(fees('2008-04-22', 'SSE', 'buy')[0]).toBe(30);
    expect(fees('2008-04-23', 'SSE', 'buy')[0]).toBe(10);
    expect(fees('2008-09-17', 'SSE', 'buy')[0]).toBe(10);
    expect(fees('2008-09-18', 'SSE', 'buy')[0]).toBe(0);
    expect(fees('2008-09-18', 'SSE', 'sell')[0]).toBe(10);
    expect(fees('2023-08-23', 'SSE', 'sell')[0]).toBe(10);
    expect(fees('2023-08-24', 'SSE', 'sell')[0]).toBe(5);
    expect(fees('2015-07-30', 'SSE', 'buy')[1]).toBeCloseTo(0.6, 12);
    expect(fees('2015-07-31', 'SSE', 'buy')[1]).toBeCloseTo(0.2, 12);
    expect(fees('2015-07-30', 'SZSE', 'buy')[1]).toBe(0);
    expect(fees('2015-07-31', 'SZSE', 'buy')[1]).toBeCloseTo(0.2, 12);
    expect(fees('2022-04-27', 'SSE', 'sell')[1]).toBeCloseTo(0.1, 12);
    expect(fees('2022-04-27', 'SSE', 'buy')[1]).toBeCloseTo(0.2, 12);
    expect(fees('2022-04-28', 'SZSE', 'buy', 'star')[1]).toBeCloseTo(0.1, 12);
  });

  it('commission has a minimum, the half-spread is cash beside the fill', () => {
    const rows = [
      { symbol: 'A', close: [10, 10] },
      { symbol: 'B', close: [10, 10] },
    ];
    const costs = { model: 'full', commissionBps: 2.5, minCommission: 5, halfSpreadBps: 4 } as const;
    const { fills } = run({ rows, plan: { 0: { A: 0.1, B: 0.5 } }, costs });
    expect(Array.from(fills.columns.commission)).toEqual([5, 12.5]);
    expect(Array.from(fills.columns.spread)).toEqual([4, 20]);
    expect(Array.from(fills.columns.price)).toEqual([10, 10]);
  });
});

describe('bad input', () => {
  const rows = [{ symbol: 'A', close: [10, 10, 10] }];

  it('is refused with one line', () => {
    expect(() => run({ rows, plan: { 0: { X: 1 } } })).toThrow(
      'target weights of 2022-06-01: found "X", expected a symbol of the bars',
    );
    expect(() => run({ rows, plan: { 0: { A: -0.1 } } })).toThrow('A: found -0.1, expected a weight ≥ 0');
    expect(() => run({ rows, plan: { 0: { A: 1.1 } } })).toThrow('found a sum of 1.1, expected at most 1');
    expect(() => run({ rows, plan: {}, capital: 0 })).toThrow('backtest.initialCapital: found 0');
    expect(() => run({ rows, plan: {}, costs: { model: 'flat', flatRate: -1 } })).toThrow('costs.flatRate: found -1');
  });

  it('a period needs a close before it', () => {
    const dates = weekdays('2022-06-01', 3);
    const { bars, instruments } = testMarket(rows, dates);
    const options = { bars, instruments, rulebook, costs: free, initialCapital: 1, policy: scripted({}) };
    expect(() => runBacktest({ ...options, from: dates[0], to: dates[2] })).toThrow(
      'backtest.from: found 2022-06-01, expected a day after 2022-06-01',
    );
    expect(() => runBacktest({ ...options, instruments: [], from: dates[1], to: dates[2] })).toThrow(
      'instruments: "A" has bars but no row',
    );
  });
});
