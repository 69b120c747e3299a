import { describe, expect, it } from 'vitest';
import { type CorporateAction, rulebookByName } from '../market/index.js';
import { parseDay } from '../util/index.js';
import { explainOrder } from './explain-order.js';
import type { BacktestOptions } from './options.js';
import { runBacktest } from './run-backtest.js';
import { scripted, statelessPolicy, type TestBars, testMarket, weekdays } from './test-market.fixture.js';

const free = { model: 'flat', flatRate: 0 } as const;

interface Case extends Partial<Omit<BacktestOptions, 'bars' | 'from' | 'to' | 'rulebook'>> {
  readonly rows: readonly TestBars[];
  readonly plan?: Parameters<typeof scripted>[0];
  readonly rulebook?: string;
  readonly amount?: readonly number[];
}

function run({ rows, plan = {}, rulebook = 'cn-a-share', amount, ...rest }: Case) {
  const dates = weekdays('2022-06-01', Math.max(...rows.map((row) => row.close.length)));
  const { bars, instruments } = testMarket(rows, dates);
  return runBacktest({
    bars: amount ? { ...bars, amount: Float64Array.from(amount) } : bars,
    instruments,
    rulebook: rulebookByName(rulebook),
    costs: free,
    initialCapital: 100_000,
    from: dates[1],
    to: dates[dates.length - 1],
    policy: scripted(plan),
    ...rest,
  });
}

const row = { symbol: 'A', open: [10, 10], high: [10, 10.8], low: [10, 9.9], close: [10, 10.5], volume: [100, 100] };
const plan = { 0: { A: 0.5 } };

describe('the price of a fill', () => {
  const price = (options: Partial<Case>) => run({ rows: [row], plan, ...options }).fills.columns.price[0];

  it('is the open, the close, or the mean price of the session', () => {
    expect(price({})).toBe(10);
    expect(price({ fillPrice: 'close' })).toBe(10.5);
    expect(price({ fillPrice: 'vwap', amount: [1000, 1040] })).toBe(10.4);
    expect(price({ fillPrice: 'vwap' })).toBeCloseTo((10.8 + 9.9 + 10.5) / 3, 12);
  });

  it('is the typical price where amount and volume are of different units', () => {
    expect(price({ fillPrice: 'vwap', amount: [1000, 104_000] })).toBeCloseTo((10.8 + 9.9 + 10.5) / 3, 12);
  });

  it('a close at the limit finds no seller; a session that left the limit had a mean price', () => {
    const up = { symbol: 'A', open: [10, 10.5], low: [10, 10.4], high: [10, 11], close: [10, 11] };
    const reason = (fillPrice: 'vwap' | 'close', low = 10.4) =>
      run({ rows: [{ ...up, low: [10, low], open: [10, low] }], plan, fillPrice }).orders.columns.reason[0];
    expect(reason('close')).toBe('limit-up');
    expect(reason('vwap')).toBe('');
    expect(reason('vwap', 11)).toBe('limit-up');
  });
});

describe('market impact', () => {
  // Closes of 10 and 10.1 in turn: log returns ±ln 1.01; their deviation over 20, n − 1 below.
  const sessions = 23;
  const close = Array.from({ length: sessions }, (_, d) => (d % 2 === 0 ? 10 : 10.1));
  const volume = Array(sessions).fill(40_000);
  const costs = {
    model: 'full',
    commissionBps: 0,
    minCommission: 0,
    halfSpreadBps: 0,
    impactCoefficient: 0.5,
  } as const;

  it('is coefficient × σ × √(shares / ADV) of the amount, in cash beside the price', () => {
    const result = run({ rows: [{ symbol: 'A', close, volume }], plan: { 21: { A: 0.505 } }, costs });
    const { shares, price, impact } = result.fills.columns;
    const sigma = Math.log(1.01) * Math.sqrt(20 / 19);
    expect([shares[0], price[0]]).toEqual([5000, 10.1]);
    expect(impact[0]).toBeCloseTo(0.5 * sigma * Math.sqrt(5000 / 40_000) * 50_500, 9);
  });

  it('buys no more than the cash pays for, impact included', () => {
    const result = run({
      rows: [{ symbol: 'A', close, volume }],
      plan: { 21: { A: 1 } },
      costs,
      rulebook: 'frictionless',
    });
    expect(result.equity.columns.cash[sessions - 1]).toBeLessThan(1e-6);
    expect(result.fills.columns.amount[0] + result.fills.columns.impact[0]).toBeCloseTo(100_000, 6);
    expect(result.orders.columns.reason[0]).toBe('cash');
  });
});

describe('what the participation cap leaves', () => {
  const sessions = 26;
  const rows = [{ symbol: 'A', close: Array(sessions).fill(10), volume: Array(sessions).fill(10_000) }];
  const options = { rows, plan: { 20: { A: 0.2 }, 24: {} }, maxVolumeShare: 0.05 };

  it('is dropped', () => {
    const { orders, fills } = run({ ...options, remainder: 'cancel' });
    expect(Array.from(fills.columns.shares)).toEqual([500, 500]);
    expect(Array.from(orders.columns.shares_rejected)).toEqual([1500, 0]);
  });

  it('or works on, session by session, until it is filled', () => {
    const { orders, fills, orderTrail } = run({ ...options, remainder: 'carry' });
    expect(Array.from(fills.columns.order_id)).toEqual([0, 0, 0, 0, 1]);
    expect(Array.from(fills.columns.shares)).toEqual([500, 500, 500, 500, 500]);
    expect(Array.from(orderTrail.columns.shares)).toEqual([1500, 1000, 500, 1500]);
    expect(orders.columns.status).toEqual(['filled', 'working']);
    expect(orders.columns.shares_carried[1]).toBe(1500);
  });

  it('or gives way to a new target', () => {
    const { orders } = run({ ...options, plan: { 20: { A: 0.2 }, 22: {} }, remainder: 'carry' });
    expect([orders.columns.shares_filled[0], orders.columns.shares_cancelled[0]]).toEqual([1000, 1000]);
    expect([orders.columns.status[0], orders.columns.reason[0]]).toEqual(['partial', 'superseded']);
  });

  it.each([
    ['held in part', 10_000, 500],
    ['never filled', 1000, 0],
  ])('or ends with the listing: %s', (_title, volume, filled) => {
    // The last day of the listing is session 21, the first of the order; session 22 has no bar.
    const close = Array.from({ length: sessions }, (_, d) => (d <= 21 ? 10 : Number.NaN));
    const ending = { symbol: 'A', close, volume: Array(sessions).fill(volume), delistDate: parseDay('2022-06-30') };
    const other = { symbol: 'B', close: Array(sessions).fill(10) };
    const result = run({ ...options, rows: [ending, other], plan: { 20: { A: 0.2 } }, remainder: 'carry' });
    const { orders, orderTrail } = result;
    expect([orders.columns.shares_filled[0], orders.columns.reason[0]]).toEqual([filled, 'delisting']);
    expect(orders.columns.status[0]).toBe(filled > 0 ? 'partial' : 'cancelled');
    expect(orderTrail.columns.event).toEqual(['carried', 'cancelled']);
    expect(explainOrder(result, 0).at(-1)).toBe(`2022-07-01 cancelled ${2000 - filled}: delisting`);
    expect(result.events.columns.kind).toEqual(filled > 0 ? ['delisting'] : []);
  });

  it('is told as it is done', () => {
    const notes = (remainder: 'carry' | 'cancel') => run({ ...options, remainder }).notes.join(' ');
    expect(notes('carry')).toContain('the rest works on, through limits and suspensions');
    expect(notes('carry')).not.toContain('the rest is dropped');
    expect(notes('cancel')).toContain('the rest is dropped');
  });

  it('the life of an order in words', () => {
    const result = run({ ...options, plan: { 20: { A: 0.2 }, 22: {} }, remainder: 'carry' });
    expect(explainOrder(result, 0)).toEqual([
      '2022-06-29 target: buy 2000 A',
      '2022-06-30 filled 500 at 10',
      '2022-06-30 carried 1500: volume-cap',
      '2022-07-01 filled 500 at 10',
      '2022-07-01 carried 1000: volume-cap',
      '2022-07-04 cancelled 1000: superseded',
    ]);
    expect(() => explainOrder(result, 9)).toThrow('order: found 9, expected 0 … 1');
  });

  it('an order says why its policy gave it', () => {
    const policy = statelessPolicy(() => ({ A: 0.2 }));
    const step = () => () => ({
      signalDate: weekdays('2022-06-01', 1)[0],
      weights: new Map([['A', 0.1]]),
      reasons: new Map([['A', 'stop-loss']]),
    });
    const short = { rows: [{ symbol: 'A', close: [10, 10] }] };
    expect(run({ ...short, policy }).orders.columns.why).toEqual(['target']);
    expect(run({ ...short, policy: { name: 'stop', start: step } }).orders.columns.why).toEqual(['stop-loss']);
  });
});

describe('actions of the store', () => {
  const action = (values: Partial<CorporateAction>): CorporateAction => ({
    symbol: 'A',
    exDate: weekdays('2022-06-01', 3)[2],
    cash: 0,
    bonus: 0,
    transfer: 0,
    rights: 0,
    rightsPrice: 0,
    ...values,
  });
  const held = (reference: number, factor: number, values: Partial<CorporateAction>, weight = 0.5) => {
    const close = [10, 10, reference];
    return run({
      rows: [{ symbol: 'A', open: close, close, factor: [1, 1, factor] }],
      plan: { 0: { A: weight } },
      actions: [action(values)],
    });
  };

  it('a dividend is cash, not shares', () => {
    const { events, equity, positions } = held(9.75, 10 / 9.75, { cash: 0.25 });
    expect([events.columns.kind[0], events.columns.cash[0]]).toEqual(['dividend', 1250]);
    expect([positions.columns.shares[0], equity.columns.equity[2]]).toEqual([5000, 100_000]);
  });

  it('bonus and transferred shares are shares', () => {
    const { events, equity, positions } = held(5, 2, { bonus: 0.4, transfer: 0.6 });
    expect([events.columns.kind[0], positions.columns.shares[0]]).toEqual(['bonus', 10_000]);
    expect(equity.columns.equity[2]).toBe(100_000);
  });

  it('rights are taken up as far as the cash reaches, and lapse above the reference', () => {
    // (10 + 0.3 × 8) / 1.3
    const reference = 12.4 / 1.3;
    const rich = held(reference, 10 / reference, { rights: 0.3, rightsPrice: 8 });
    expect(rich.positions.columns.shares[0]).toBe(6500);
    expect(rich.equity.columns.equity[2]).toBeCloseTo(100_000, 9);
    const poor = held(reference, 10 / reference, { rights: 0.3, rightsPrice: 8 }, 1);
    expect(poor.events.columns.kind).toEqual(['rights-lapsed']);
    const dear = held((10 + 0.3 * 12) / 1.3, 1, { rights: 0.3, rightsPrice: 12 });
    expect(dear.events.columns.kind).toEqual(['rights-lapsed']);
  });
});

describe('the ledger a policy sees', () => {
  it('has the entry, the highest close in prices of today, the drawdown and the history of equity', () => {
    const seen: unknown[] = [];
    const close = [10, 10, 12, 5.5];
    run({
      rows: [
        { symbol: 'A', open: close, close, factor: [1, 1, 1, 2] },
        { symbol: 'B', close: [1, 1, 1, 1, 1] },
      ],
      policy: statelessPolicy(({ session, holdings, drawdown, equityHistory, peakEquity, price }) => {
        const [first] = holdings;
        seen.push([session, first?.entrySession, first?.entryPrice, first?.highestPrice, price?.('A'), peakEquity]);
        if (session === 3) expect(drawdown).toBeCloseTo(105_000 / 110_000 - 1, 12);
        if (session === 3) expect(Array.from(equityHistory!)).toEqual([100_000, 100_000, 110_000, 105_000]);
        return session === 0 ? { A: 0.5 } : null;
      }),
    });
    expect(seen).toEqual([
      [0, undefined, undefined, undefined, 10, 100_000],
      [1, 1, 10, 10, 10, 100_000],
      [2, 1, 10, 12, 12, 110_000],
      [3, 1, 5, 6, 5.5, 110_000],
    ]);
  });
});

describe('settlement of cash', () => {
  it('the proceeds of a sale are spent once they have settled', () => {
    // US equities in 2022: T+2.
    const rows = ['A', 'B'].map((symbol) => ({ symbol, close: Array(6).fill(10) }));
    const { orders } = run({
      rows,
      plan: { 0: { A: 1 }, 1: { B: 1 }, 2: { B: 1 }, 3: { B: 1 } },
      rulebook: 'us-equity',
    });
    const { trade_date, side, symbol, shares_filled, reason } = orders.columns;
    const days = weekdays('2022-06-01', 6);
    const lines = symbol.map((s, i) => [days.indexOf(trade_date[i]), side[i], s, shares_filled[i], reason[i]]);
    expect(lines).toEqual([
      [1, 'buy', 'A', 10_000, ''],
      [2, 'sell', 'A', 10_000, ''],
      [2, 'buy', 'B', 0, 'cash'],
      [3, 'buy', 'B', 0, 'cash'],
      [4, 'buy', 'B', 10_000, ''],
    ]);
  });
});
