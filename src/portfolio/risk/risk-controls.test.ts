import { describe, expect, it } from 'vitest';
import type { BacktestResult, Policy } from '../../backtest/index.js';
import { createRng, formatDay } from '../../util/index.js';
import { barsOf, contextOf, historyOf, type Row, scripted, trade } from '../test-market.fixture.js';
import type { RiskControl } from './control.js';
import { correlationMonitor, meanCorrelation } from './correlation-monitor.js';
import { drawdownBrake } from './drawdown-brake.js';
import { marketStateSizing } from './market-state.js';
import { marketTiming } from './market-timing.js';
import { stopDistance } from './stop-distance.js';
import { stopLoss } from './stop-loss.js';
import { volatilityTarget } from './volatility-target.js';
import { type RiskDay, withRiskControls } from './with-risk-controls.js';

/** ± 1 % by turns, then the given closes as multiples of 100. */
function row(symbol: string, calm: number, then: readonly number[], more: Partial<Row> = {}): Row {
  const close = Array.from({ length: calm }, (_, d) => (d % 2 === 0 ? 100 : 101));
  return { symbol, close: [...close, ...then.map((multiple) => 100 * multiple)], ...more };
}

const ordersOf = ({ orders: { columns, length } }: BacktestResult) =>
  Array.from({ length }, (_, i) => ({
    on: formatDay(columns.trade_date[i]),
    symbol: columns.symbol[i],
    side: columns.side[i],
    status: columns.status[i],
    reason: columns.reason[i],
  }));

const under = (
  policy: Policy,
  rows: readonly Row[],
  control: (prices: ReturnType<typeof historyOf>) => RiskControl,
) => {
  const bars = barsOf(rows);
  const prices = historyOf(bars);
  const days: RiskDay[] = [];
  const controlled = withRiskControls(policy, { controls: [control(prices)], prices, record: (day) => days.push(day) });
  return { bars, controlled, days };
};

const STOP = { multiple: 2, horizonDays: 4, days: 6, longDays: 12, maxRatio: 2, direction: 'tighter' } as const;

describe('stopDistance', () => {
  const closes = (sizes: readonly number[]) => {
    let price = 100;
    return [100, ...sizes.map((size, i) => (price *= Math.exp(i % 2 === 0 ? size : -size)))];
  };
  const distanceOf = (sizes: readonly number[], direction: 'tighter' | 'wider') => {
    const bars = barsOf([{ symbol: 'A', close: closes(sizes) }]);
    return stopDistance(historyOf(bars), 'A', sizes.length, { ...STOP, direction });
  };
  const even = Array.from({ length: 12 }, () => 0.01);
  const storm = even.map((size, i) => (i < 6 ? size : 0.015));

  it('is m · σ̄ · √h where volatility is its usual', () => {
    // n values ± a by turns have a standard deviation of a √(n / (n − 1)): σ̄ over 12, σ over 6.
    const usual = 0.01 * Math.sqrt(12 / 11);
    const ratio = usual / (0.01 * Math.sqrt(6 / 5));
    expect(distanceOf(even, 'tighter')).toBeCloseTo(2 * usual * 2 * ratio, 14);
    expect(distanceOf(even, 'wider')).toBeCloseTo((2 * usual * 2) / ratio, 14);
  });

  it('is strict in severe volatility and wide in a calm one, and the reverse on demand', () => {
    // The same long deviation in both: the storm's sizes in the other order.
    const calm = [...storm].reverse();
    expect(distanceOf(storm, 'tighter')).toBeLessThan(distanceOf(calm, 'tighter'));
    expect(distanceOf(storm, 'wider')).toBeGreaterThan(distanceOf(calm, 'wider'));
    const usual = Math.sqrt((6 * 0.01 ** 2 + 6 * 0.015 ** 2) / 11);
    const current = 0.015 * Math.sqrt(6 / 5);
    expect(distanceOf(storm, 'tighter')).toBeCloseTo((2 * usual * 2 * usual) / current, 14);
  });

  it('is undefined without the whole history', () => {
    expect(stopDistance(historyOf(barsOf([{ symbol: 'A', close: [100, 101, 102] }])), 'A', 2, STOP)).toBeNaN();
  });
});

describe('stopLoss', () => {
  const held = scripted({ 20: { A: 0.5, B: 0.5 }, 24: { A: 0.5, B: 0.5 }, 30: { A: 0.5, B: 0.5 } });
  const rows = (then: readonly number[], more: Partial<Row> = {}) => [
    row('A', 22, then, more),
    row('B', 22 + then.length, []),
  ];
  const fall = [1, 0.93, 0.93, 0.93, 0.93, 0.93, 0.93, 0.93, 0.93, 0.93, 0.93, 0.93];
  const date = (bars: { dates: Int32Array }, session: number) => formatDay(bars.dates[session]);

  it('sells at the open after the close that broke the stop, leaves the others alone and does not buy again', () => {
    const { bars, controlled, days } = under(held, rows(fall), (prices) =>
      stopLoss(prices, { ...STOP, cooldownDays: 5 }),
    );
    const orders = ordersOf(trade(bars, controlled, { warmUp: 14 }));
    // Distance: 2 · σ̄ · 2 · q, about 4 %; A closes 7 % below its peak on session 23.
    expect(orders.slice(0, 3).map(({ on, symbol, side }) => [on, symbol, side])).toEqual([
      [date(bars, 21), 'A', 'buy'],
      [date(bars, 21), 'B', 'buy'],
      [date(bars, 24), 'A', 'sell'],
    ]);
    // Session 24 wants A again, too soon; session 30 is after the cool-down of five sessions from the sale on 24.
    expect(orders.slice(3).filter(({ symbol }) => symbol === 'A')).toEqual([
      { on: date(bars, 31), symbol: 'A', side: 'buy', status: 'filled', reason: '' },
    ]);
    const events = days.flatMap((day) => day.events);
    expect(events.map(({ date: on, kind, symbol }) => [on, kind, symbol])).toEqual([[bars.dates[23], 'stop', 'A']]);
    // Bought at the open of session 21, 100; the highest close since is 101.
    expect(events[0].measure).toBeCloseTo(93 / 101 - 1, 12);
    expect(events[0].measure).toBeLessThan(events[0].threshold);
  });

  it('measures from the entry where told to', () => {
    const { days, controlled, bars } = under(held, rows(fall), (prices) =>
      stopLoss(prices, { ...STOP, reference: 'entry' }),
    );
    trade(bars, controlled, { warmUp: 14 });
    expect(days.flatMap((day) => day.events)[0].measure).toBeCloseTo(-0.07, 12);
  });

  it.each([false, true])('tries again while the shares stand at their lower limit (carry: %s)', (carry) => {
    const crash = [0.91, 0.82, 0.82, 0.82, 0.82, 0.82, 0.82, 0.82, 0.82];
    // The close of session 22 breaks the stop; session 23 opens at its limit, 81.90 after 91.00, session 24 at 82.
    const { bars, controlled } = under(held, rows(crash, { open: { 23: 81.9 }, volume: undefined }), (prices) =>
      stopLoss(prices, { ...STOP, cooldownDays: 30 }),
    );
    const sales = ordersOf(trade(bars, controlled, { rulebook: 'cn-a-share', warmUp: 14, carry })).filter(
      ({ symbol, side }) => symbol === 'A' && side === 'sell',
    );
    expect(sales.map(({ on, status, reason }) => [on, status, reason])).toEqual([
      [date(bars, 23), 'rejected', 'limit-down'],
      [date(bars, 24), 'filled', ''],
    ]);
  });

  it('does not take a dividend or a split for a loss', () => {
    const halves = [0.5, 0.5, 0.5, 0.5];
    const factor = Array.from({ length: 26 }, (_, d) => (d < 22 ? 1 : 2));
    const { bars, controlled, days } = under(held, rows(halves, { factor, open: { 22: 50 } }), (prices) =>
      stopLoss(prices, STOP),
    );
    trade(bars, controlled, { warmUp: 14 });
    expect(days.flatMap((day) => day.events)).toEqual([]);
  });
});

describe('drawdownBrake', () => {
  const exposures = (equities: readonly number[], options: Parameters<typeof drawdownBrake>[0]) => {
    const bars = barsOf([{ symbol: 'A', close: equities.map(() => 1) }]);
    const step = drawdownBrake(options).start();
    return equities.map((equity, d) => step(contextOf(bars, d, {}, equity)).exposure);
  };

  it('is pulled at its threshold and let go at its release', () => {
    const options = { threshold: 0.1, release: 0.04, exposure: 0.3 };
    expect(exposures([100, 91, 90, 89, 95, 96, 91], options)).toEqual([1, 1, 0.3, 0.3, 0.3, 1, 1]);
  });

  it('is let go after its longest time, and then counts from there', () => {
    const options = { threshold: 0.1, release: 0.05, exposure: 0, maxSessions: 3 };
    expect(exposures([100, 85, 85, 85, 85, 80, 76.5], options)).toEqual([1, 0, 0, 0, 1, 1, 0]);
  });

  it('halves what is held at the next open and restores the same names', () => {
    // Fully in A: 100 → 88 is a fall of 12 %; half stays; A back at 100 makes it a fall of 6 %, which lets go.
    const close = [100, 100, 100, 88, 88, 100, 100, 100];
    const { bars, controlled } = under(scripted({ 1: { A: 1 } }), [{ symbol: 'A', close }], () =>
      drawdownBrake({ threshold: 0.1, release: 0.07, exposure: 0.5 }),
    );
    const { equity } = trade(bars, controlled);
    // Half of 0.88 is sold at 88; the other half becomes 0.5 again: 0.94 from the close of session 5 on.
    expect(Array.from(equity.columns.equity, (value) => value / 1e6).map((value) => Number(value.toFixed(12)))).toEqual(
      [1, 1, 1, 0.88, 0.88, 0.94, 0.94, 0.94],
    );
    expect(Array.from(equity.columns.cash, (cash) => Math.round(cash))).toEqual([
      1e6, 1e6, 0, 0, 440_000, 440_000, 0, 0,
    ]);
  });
});

describe('controls of exposure by the market', () => {
  const bars = barsOf([{ symbol: 'A', close: Array.from({ length: 7 }, () => 10) }]);
  const over = (control: RiskControl) => {
    const step = control.start();
    return Array.from({ length: 6 }, (_, d) => step(contextOf(bars, d)));
  };

  it('sizes by the state known at the close', () => {
    const verdicts = over(
      marketStateSizing(
        {
          dates: bars.dates.slice(1, 5),
          states: [null, 'bear', 'volatile', 'bull'],
          trailingReturn: Float64Array.of(Number.NaN, -0.06, 0.01, 0.07),
        },
        { bear: 0.25, volatile: 0.5, confirmDays: 1 },
      ),
    );
    expect(verdicts.map(({ exposure }) => exposure)).toEqual([1, 1, 0.25, 0.5, 1, 1]);
    expect(verdicts.flatMap(({ events }) => events.map(({ kind, measure }) => [kind, measure]))).toEqual([
      ['cut', -0.06],
      ['raise', 0.01],
      ['raise', 0.07],
    ]);
  });

  it('takes a state up once it has stood long enough, and keeps it until another has', () => {
    const states = ['bear', 'bear', 'bull', 'bear', 'volatile', 'volatile'] as const;
    const trailingReturn = new Float64Array(6);
    const control = marketStateSizing(
      { dates: bars.dates.slice(0, 6), states, trailingReturn },
      { bear: 0.25, volatile: 0.5, confirmDays: 2 },
    );
    expect(over(control).map(({ exposure }) => exposure)).toEqual([1, 0.25, 0.25, 0.25, 0.25, 0.5]);
  });

  it('is in while the index is forecast to rise, out while to fall, unchanged without a forecast', () => {
    const verdicts = over(
      marketTiming({
        date: bars.dates.slice(1, 5),
        pBuy: Float32Array.of(0.2, Number.NaN, 0.4, 0.7),
        pSell: Float32Array.of(0.5, 0, 0.4, 0.1),
      }),
    );
    expect(verdicts.map(({ exposure }) => exposure)).toEqual([1, 0, 0, 0, 1, 1]);
  });

  it('timing sells everything at the next open and buys back what the policy held', () => {
    const rows = [{ symbol: 'A', close: [10, 10, 10, 10, 5, 5, 5, 5] }];
    const dates = barsOf(rows).dates;
    const { bars: market, controlled } = under(scripted({ 0: { A: 1 } }), rows, () =>
      marketTiming({
        date: Int32Array.of(dates[2], dates[5]),
        pBuy: Float32Array.of(0, 1),
        pSell: Float32Array.of(1, 0),
      }),
    );
    const result = trade(market, controlled);
    expect(ordersOf(result).map(({ on, side }) => [on, side])).toEqual([
      [formatDay(dates[1]), 'buy'],
      [formatDay(dates[3]), 'sell'],
      [formatDay(dates[6]), 'buy'],
    ]);
    // Sold at 10 before the fall to 5.
    expect(result.equity.columns.equity.at(-1)).toBeCloseTo(1e6, 6);
  });
});

describe('correlationMonitor', () => {
  it('finds the mean of all pairwise correlations', () => {
    const rng = createRng(5, 'series');
    const common = Float64Array.from({ length: 40 }, () => rng.normal());
    const series = [0.2, 0.5, 1].map((load) => common.map((value) => load * value + rng.normal()));
    const pairs = [
      [0, 1],
      [0, 2],
      [1, 2],
    ].map(([i, j]) => correlation(series[i], series[j]));
    const expected = pairs.reduce((sum, value) => sum + value, 0) / 3;
    expect(meanCorrelation([...series, new Float64Array(40)], 40)).toBeCloseTo(expected, 12);
    expect(meanCorrelation(series.slice(0, 1), 40)).toBeNaN();
  });

  it('alerts once when holdings move as one, and when that is over', () => {
    const sessions = 30;
    // B mirrors A until session 15 and copies it from there on.
    const moves = Array.from({ length: sessions }, (_, d) => 0.01 * Math.sin(d * d));
    const path = (sign: (d: number) => number) => {
      let price = 100;
      return moves.map((move, d) => (price *= Math.exp(sign(d) * move)));
    };
    const bars = barsOf([
      { symbol: 'A', close: path(() => 1) },
      { symbol: 'B', close: path((d) => (d < 15 ? -1 : 1)) },
    ]);
    const step = correlationMonitor(historyOf(bars), { days: 5, threshold: 0.9, exposure: 0.5 }).start();
    const verdicts = Array.from({ length: sessions - 1 }, (_, d) => step(contextOf(bars, d, { A: 0.5, B: 0.5 })));
    const events = verdicts.flatMap(({ events: found }) => found);
    expect(events.map(({ kind }) => kind)).toEqual(['alert']);
    // Five returns of both alike for the first time after the close of session 19, or a little before it.
    const alerted = bars.dates.indexOf(events[0].date);
    expect(alerted).toBeGreaterThan(15);
    expect(alerted).toBeLessThanOrEqual(19);
    expect(verdicts.map(({ exposure }) => exposure)).toEqual(
      Array.from({ length: sessions - 1 }, (_, d) => (d < alerted ? 1 : 0.5)),
    );
  });
});

function correlation(x: Float64Array, y: Float64Array): number {
  const mean = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const dot = (a: Float64Array, b: Float64Array) =>
    a.reduce((sum, value, i) => sum + (value - mean(a)) * (b[i] - mean(b)), 0);
  return dot(x, y) / Math.sqrt(dot(x, x) * dot(y, y));
}

describe('volatilityTarget', () => {
  it('allows target over volatility, in whole steps, at most 1', () => {
    const close = Array.from({ length: 13 }, (_, d) => (d % 2 === 0 ? 100 : 100 * Math.exp(0.02)));
    const bars = barsOf([{ symbol: 'A', close }]);
    // Ten returns of ± 2 %: 2 % · √(10 / 9) a day.
    const annual = 0.02 * Math.sqrt(10 / 9) * Math.sqrt(250);
    const exposureAt = (target: number) =>
      volatilityTarget(historyOf(bars), { target, days: 10, sessionsPerYear: 250 }).start()(
        contextOf(bars, 11, { A: 0.4 }),
      ).exposure;
    expect(exposureAt(annual * 0.55)).toBeCloseTo(0.5, 12);
    expect(exposureAt(annual * 0.601)).toBeCloseTo(0.6, 12);
    expect(exposureAt(annual * 2)).toBe(1);
    expect(exposureAt(annual * 0.01)).toBeCloseTo(0.1, 12);
  });
});

describe('withRiskControls', () => {
  const market = (seed: number, cut = Number.POSITIVE_INFINITY) => {
    const rows = ['A', 'B', 'C', 'D'].map((symbol): Row => {
      const rng = createRng(seed, symbol);
      const noise = createRng(seed, symbol, 'noise');
      let price = 50;
      const close = Array.from({ length: 120 }, (_, d) => {
        price *= Math.exp((d > 60 ? 0.03 : 0.015) * rng.normal());
        return Math.round(100 * (d > cut ? price * (0.5 + noise.uniform()) : price)) / 100;
      });
      return { symbol, close };
    });
    return barsOf(rows);
  };
  const policy = scripted({ 15: { A: 0.4, B: 0.3, C: 0.3 }, 50: { B: 0.5, D: 0.5 }, 80: { A: 0.5, C: 0.4 } });
  const all = (bars: ReturnType<typeof market>) => {
    const prices = historyOf(bars);
    const states = Array.from(bars.dates, (_, d) => (['bull', 'volatile', 'bear', null] as const)[(d >> 3) % 4]);
    return {
      prices,
      controls: [
        stopLoss(prices, { ...STOP, cooldownDays: 5 }),
        marketStateSizing({ dates: bars.dates, states, trailingReturn: new Float64Array(bars.dates.length) }),
        correlationMonitor(prices, { threshold: 0.3, days: 10, exposure: 0.8 }),
        drawdownBrake({ threshold: 0.05, maxSessions: 10 }),
        volatilityTarget(prices, { target: 0.3, days: 10 }),
      ],
    };
  };
  const run = (bars: ReturnType<typeof market>) => {
    const events: string[] = [];
    const record = (day: RiskDay) => events.push(...day.events.map((event) => JSON.stringify(event)));
    const result = trade(bars, withRiskControls(policy, { ...all(bars), record }), {
      rulebook: 'cn-a-share',
      warmUp: 14,
    });
    return { result, events };
  };

  it.each([1, 2, 3])('is not moved by what comes later, with every control on (seed %i)', (seed) => {
    const cut = 90;
    const [whole, changed] = [run(market(seed)), run(market(seed, cut))];
    const day = market(seed).dates[cut];
    const until = ({ result, events }: typeof whole) => ({
      equity: Array.from(result.equity.columns.equity).filter((_, i) => result.equity.columns.date[i] <= day),
      orders: ordersOf(result).filter(({ on }) => on <= formatDay(day)),
      events: events.filter((event) => JSON.parse(event).date <= day),
    });
    expect(until(changed)).toEqual(until(whole));
    expect(changed.result.equity.columns.equity).not.toEqual(whole.result.equity.columns.equity);
    // Enough happened for that to mean something.
    expect(new Set(whole.events.map((event) => JSON.parse(event).control)).size).toBeGreaterThanOrEqual(4);
  });

  it('is the same bits twice, also with one policy started again', () => {
    const bars = market(4);
    const controlled = withRiskControls(policy, all(bars));
    const once = trade(bars, controlled, { warmUp: 14 });
    expect(trade(bars, controlled, { warmUp: 14 }).equity.columns).toEqual(once.equity.columns);
  });

  it('is the policy itself, bit by bit, where no control holds back', () => {
    const bars = market(6);
    const prices = historyOf(bars);
    const idle = [stopLoss(prices, { multiple: 50, days: 6, longDays: 12 }), drawdownBrake({ threshold: 1 })];
    const free = trade(bars, policy, { rulebook: 'cn-a-share', warmUp: 14 });
    const controlled = trade(bars, withRiskControls(policy, { controls: idle, prices }), {
      rulebook: 'cn-a-share',
      warmUp: 14,
    });
    expect(controlled.orders.columns).toEqual(free.orders.columns);
    expect(controlled.equity.columns).toEqual(free.equity.columns);
  });

  it('tells once a session what it allows', () => {
    const bars = market(7);
    const prices = historyOf(bars);
    const days: RiskDay[] = [];
    const controls = [
      drawdownBrake({ threshold: 0.05, exposure: 0.5 }),
      marketStateSizing(
        {
          dates: bars.dates,
          states: Array.from(bars.dates, () => 'bear' as const),
          trailingReturn: new Float64Array(bars.dates.length),
        },
        { bear: 0.4 },
      ),
    ];
    trade(bars, withRiskControls(policy, { controls, prices, record: (day) => days.push(day) }), { warmUp: 14 });
    expect(days.map(({ date }) => date)).toEqual([...bars.dates.slice(13, -1)]);
    expect(new Set(days.map(({ exposure }) => exposure))).toEqual(new Set([0.4, 0.2]));
  });

  it.each([
    [() => drawdownBrake({ threshold: 0 }), 'risk.drawdown.threshold: found 0'],
    [() => drawdownBrake({ maxSessions: 0.5 }), 'risk.drawdown.maxSessions: found 0.5, expected a whole number ≥ 1'],
    [() => correlationMonitor(historyOf(market(1)), { exposure: 0 }), 'risk.correlation.exposure: found 0'],
    [() => stopLoss(historyOf(market(1)), { days: 20, longDays: 10 }), 'risk.stopLoss.longDays: found 10'],
    [() => volatilityTarget(historyOf(market(1)), { target: Number.NaN }), 'risk.volatilityTarget.target: found NaN'],
    [
      () => marketTiming({ date: Int32Array.of(2, 2), pBuy: new Float32Array(2), pSell: new Float32Array(2) }),
      'index forecasts, row 1: expected dates in ascending order',
    ],
  ])('refuses what it cannot use (%#)', (make, message) => {
    expect(make).toThrow(message);
  });
});
