import { describe, expect, it } from 'vitest';
import { parseDay } from '../../util/index.js';
import { rulebookByName } from '../rulebooks/index.js';
import { BarFlag } from '../types.js';
import { cleanSeries } from './clean-series.js';
import { createFindingTally } from './findings.js';
import type { InstrumentSeries } from './series.js';

const RULES = rulebookByName('cn-a-share');
const FIRST = parseDay('2015-03-02');

interface Overrides extends Partial<Omit<InstrumentSeries, 'dates'>> {
  readonly firstDay?: number;
}

/** A series of the given closes with flat bars and volume 100; `change` is null unless given. */
function seriesOf(closes: readonly number[], overrides: Overrides = {}): InstrumentSeries {
  const prices = () => Float64Array.from(closes);
  const n = closes.length;
  const { firstDay = FIRST, ...rest } = overrides;
  return {
    symbol: 'SH600000',
    board: 'main',
    exchange: 'SSE',
    dates: Int32Array.from({ length: n }, (_, t) => firstDay + t),
    open: prices(),
    high: prices(),
    low: prices(),
    close: prices(),
    volume: new Float64Array(n).fill(100),
    amount: null,
    factor: new Float64Array(n).fill(1),
    change: null,
    suspended: new Uint8Array(n),
    flags: new Uint8Array(n),
    startsWithListing: false,
    ...rest,
  };
}

function clean(series: InstrumentSeries) {
  const tally = createFindingTally();
  cleanSeries(series, RULES, tally);
  const found = tally.findings().filter(({ count }) => count > 0);
  return Object.fromEntries(found.map(({ kind, count, example }) => [kind, { count, example }]));
}

const adjustedReturns = ({ close, factor }: InstrumentSeries) =>
  Array.from(close, (price, t) => (t === 0 ? 0 : (price * factor[t]) / (close[t - 1] * factor[t - 1]) - 1));

describe('bars that cannot be', () => {
  it('leaves a clean series alone', () => {
    const series = seriesOf([10, 10.5, 10.2]);
    expect(clean(series)).toEqual({});
    expect([...series.close]).toEqual([10, 10.5, 10.2]);
  });

  it('carries the last close over a missing bar, as a day without trade', () => {
    const series = seriesOf([10, Number.NaN, 10.3]);
    expect(clean(series)).toEqual({ 'missing-bar': { count: 1, example: 'SH600000 2015-03-03' } });
    expect([...series.close]).toEqual([10, 10, 10.3]);
    expect([...series.volume]).toEqual([100, 0, 100]);
    expect([...series.suspended]).toEqual([0, 1, 0]);
    expect([...series.flags]).toEqual([0, BarFlag.FILLED, 0]);
  });

  it.each([
    ['high-below-low', { high: Float64Array.of(10, 9.8, 10), low: Float64Array.of(10, 10.1, 10) }],
    ['high-below-low', { open: Float64Array.of(10, 10.2, 10) }],
    ['high-below-low', { low: Float64Array.of(10, 10.2, 10) }],
    ['price-not-positive', { low: Float64Array.of(10, 0, 10) }],
    ['price-not-positive', { open: Float64Array.of(10, -1, 10) }],
  ])('drops a bar with %s', (kind, prices) => {
    const series = seriesOf([10, 10.1, 10], prices);
    expect(clean(series)[kind]).toMatchObject({ count: 1, example: expect.stringContaining('2015-03-03') });
    expect([series.open[1], series.high[1], series.low[1], series.close[1]]).toEqual([10, 10, 10, 10]);
    expect([series.flags[1], series.suspended[1], series.volume[1]]).toEqual([BarFlag.MISRECORDED, 1, 0]);
  });

  it('does not mind what float32 does to equal prices', () => {
    const series = seriesOf([10, 10], { high: Float64Array.of(10, 10 * (1 - 1e-7)) });
    expect(clean(series)).toEqual({});
  });

  it('takes a day without volume for a suspension', () => {
    const series = seriesOf([10, 10, 10], { volume: Float64Array.of(100, 0, Number.NaN) });
    expect(clean(series)).toMatchObject({ suspended: { count: 2 }, 'volume-missing': { count: 1 } });
    expect([...series.suspended]).toEqual([0, 1, 1]);
    expect([...series.volume]).toEqual([100, 0, 0]);
  });
});

describe('adjustment factors', () => {
  it('mends a break so that compounding the returns is right', () => {
    // SZ000001 2020-12-30 … 2021-01-04: the factor falls from 119.96 to 99.79 with nothing paid out.
    const series = seriesOf([19.2, 19.34, 18.6], {
      factor: Float64Array.of(119.96032, 99.78735, 99.78735),
      change: Float64Array.of(0.001565, 0.007292, -0.038263),
    });
    expect(clean(series)['factor-break'].count).toBe(1);
    expect(adjustedReturns(series)[1]).toBeCloseTo(0.007292, 10);
    expect(adjustedReturns(series)[2]).toBeCloseTo(18.6 / 19.34 - 1, 10);
    expect([...series.flags]).toEqual([0, BarFlag.FACTOR_REPAIRED, 0]);
  });

  it('keeps a factor that moves with the reference price', () => {
    // 10 for 1: half of the price is paid out as new shares.
    const series = seriesOf([20, 10.2], { factor: Float64Array.of(1, 2), change: Float64Array.of(0, 0.02) });
    expect(clean(series)).toEqual({});
    expect([...series.factor]).toEqual([1, 2]);
  });

  it('brings a payment that the factor shows too late back to its day', () => {
    // SZ002466 2019-12-26 … 2020-01-02: rights issue, the factor follows some sessions later.
    const series = seriesOf([29.06, 26.9, 29.59, 30.09], {
      factor: Float64Array.of(6.52362, 6.52362, 6.52362, 7.75364),
      change: Float64Array.of(0, 0.1002, 0.1, 0.0169),
    });
    expect(clean(series)['factor-break'].count).toBe(2);
    expect(series.factor[1]).toBeCloseTo((6.52362 * 29.06 * 1.1002) / 26.9, 6);
    expect(series.factor[3]).toBeCloseTo(7.7536, 2);
  });

  it('lets a day without trade return nothing, whatever is stated', () => {
    // SH601607 2010-03-05: +227 % stated on a suspended day at an unchanged price.
    const series = seriesOf([14.73, 14.73, 14.73], {
      volume: Float64Array.of(0, 0, 0),
      change: Float64Array.of(0, 2.273333, 0),
    });
    expect(clean(series)['change-contradicts-price'].count).toBe(1);
    expect([...series.factor]).toEqual([1, 1, 1]);
    // SH600654 2013-06-26: the factor jumps on a suspended day.
    const jumped = seriesOf([4.67, 4.63], {
      volume: Float64Array.of(0, 0),
      factor: Float64Array.of(1268.47216796875, 1484.934935302734),
      change: Float64Array.of(0, 0),
    });
    expect(clean(jumped)['factor-break'].count).toBe(1);
    expect(adjustedReturns(jumped)[1]).toBeCloseTo(0, 12);
  });
});

describe('jumps beyond the price limit', () => {
  it('drops one that nothing explains', () => {
    const series = seriesOf([10, 14, 10.1]);
    expect(clean(series)['impossible-jump']).toMatchObject({
      count: 1,
      example: expect.stringContaining('SH600000 2015-03-03, +40.0 %'),
    });
    expect([...series.close]).toEqual([10, 10, 10.1]);
    expect([...series.flags]).toEqual([0, BarFlag.MISRECORDED | BarFlag.LIMIT_MOVE, 0]);
  });

  it('drops a high no one could have paid', () => {
    const series = seriesOf([10, 10.1], { high: Float64Array.of(10, 13) });
    expect(clean(series)['impossible-jump'].count).toBe(1);
  });

  it('accepts a new level once the next bar confirms it', () => {
    const series = seriesOf([10, 14, 14.1, 14.2]);
    expect(clean(series)).toMatchObject({ 'impossible-jump': { count: 1 }, 'jump-on-resumption': { count: 1 } });
    expect([...series.close]).toEqual([10, 10, 14.1, 14.2]);
    expect([...series.flags]).toEqual([0, BarFlag.MISRECORDED | BarFlag.LIMIT_MOVE, BarFlag.EXTREME, 0]);
  });

  it('keeps one on the first trade after a suspension', () => {
    const series = seriesOf([8.84, 8.84, 35.9], { volume: Float64Array.of(100, 0, 100) });
    expect(clean(series)['jump-on-resumption'].count).toBe(1);
    expect([series.close[2], series.flags[2], series.suspended[2]]).toEqual([35.9, BarFlag.EXTREME, 0]);
  });

  it('knows the limit of the board and the day', () => {
    // ChiNext: ±10 % until 2020-08-21, ±20 % from 2020-08-24.
    const chinext = { symbol: 'SZ300001', board: 'chinext', exchange: 'SZSE' } as const;
    const before = seriesOf([10, 11.8], { ...chinext, firstDay: parseDay('2020-08-20') });
    const after = seriesOf([10, 11.8], { ...chinext, firstDay: parseDay('2020-08-24') });
    expect(clean(before)['impossible-jump'].count).toBe(1);
    expect(clean(after)).toEqual({});
  });

  it('lets the first five sessions of a STAR listing move freely', () => {
    // SH688256 on its second session, 2020-07-21: +29 %.
    const star = { symbol: 'SH688256', board: 'star', firstDay: parseDay('2020-07-20') } as const;
    expect(clean(seriesOf([212.4, 274], { ...star, startsWithListing: true }))).toEqual({});
    expect(clean(seriesOf([212.4, 274], star))['impossible-jump'].count).toBe(1);
  });

  it('allows a limit close on an ex-day, tick for tick', () => {
    // SH600521 2013-05-23: reference 16.45 by the exchange, 16.44 through the factor; high at the limit, 18.10.
    const series = seriesOf([16.44, 17], { high: Float64Array.of(16.44, 18.1) });
    expect(clean(series)).toEqual({});
  });
});

it('never lets a later bar change what was done before', () => {
  const closes = [10, 14, 14.1, 14.2, Number.NaN, 14.3, 7, 14.4, 14.5];
  const change = [0, 0.4, 0.007, 0.3, Number.NaN, 0.007, -0.5, 0.007, 0.05];
  const factor = [1, 1, 1, 1.2, 1.2, 1.2, 1.2, 1.1, 1.1];
  const build = (n: number) =>
    seriesOf(closes.slice(0, n), {
      change: Float64Array.from(change.slice(0, n)),
      factor: Float64Array.from(factor.slice(0, n)),
    });
  const whole = build(closes.length);
  clean(whole);
  for (let n = 1; n < closes.length; n++) {
    const prefix = build(n);
    clean(prefix);
    for (const column of ['open', 'close', 'volume', 'factor', 'suspended', 'flags'] as const) {
      expect([...prefix[column]], `${column} of the first ${n}`).toEqual([...whole[column].subarray(0, n)]);
    }
  }
});
