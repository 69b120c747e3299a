import { describe, expect, it } from 'vitest';
import { createRng, parseDay } from '../../util/index.js';
import { rulebookByName } from '../rulebooks/index.js';
import { BarFlag } from '../types.js';
import { cleanSeries } from './clean-series.js';
import { createFindingTally } from './findings.js';
import type { CleaningOptions } from './options.js';
import type { InstrumentSeries } from './series.js';
import { TrailingReturns } from './trailing-returns.js';

const { MISRECORDED, FILLED, THREE_SIGMA, BOX_PLOT, LIMIT_MOVE, GAP } = BarFlag;
const RULES = rulebookByName('cn-a-share');

/** A quiet stock, some 1 % a day, with what was paid: amount = volume × close. */
function quiet(days: number, change: (closes: number[]) => void = () => {}): InstrumentSeries {
  const rng = createRng(11, 'quiet stock');
  const closes = [20];
  while (closes.length < days) closes.push(closes[closes.length - 1] * Math.exp(0.01 * rng.normal()));
  const paid = closes.map((close) => Math.round(close * 100) / 100);
  const told = [...paid];
  change(told);
  const column = () => Float64Array.from(told);
  return {
    symbol: 'SH600000',
    board: 'main',
    exchange: 'SSE',
    dates: Int32Array.from({ length: days }, (_, t) => parseDay('2015-03-02') + t),
    open: column(),
    high: column(),
    low: column(),
    close: column(),
    volume: new Float64Array(days).fill(1e6),
    amount: Float64Array.from(paid, (close) => close * 1e6),
    factor: new Float64Array(days).fill(1),
    change: null,
    suspended: new Uint8Array(days),
    flags: new Uint8Array(days),
    startsWithListing: false,
  };
}

function clean(series: InstrumentSeries, options: CleaningOptions = {}) {
  const tally = createFindingTally();
  cleanSeries(series, RULES, tally, options);
  return Object.fromEntries(tally.findings().map(({ kind, count, action }) => [kind, { count, action }]));
}

/** The plain definitions, over everything before the day. */
function oracle(past: readonly number[], value: number) {
  const window = past.slice(-252);
  const mean = window.reduce((sum, one) => sum + one, 0) / window.length;
  const deviation = Math.sqrt(window.reduce((sum, one) => sum + (one - mean) ** 2, 0) / (window.length - 1));
  const ordered = [...window].sort((a, b) => a - b);
  const quantile = (share: number) => {
    const place = share * (ordered.length - 1);
    const low = Math.floor(place);
    return ordered[low] + (place - low) * (ordered[Math.min(low + 1, ordered.length - 1)] - ordered[low]);
  };
  const [q1, q3] = [quantile(0.25), quantile(0.75)];
  return {
    sigma: Math.abs(value - mean) > 3 * deviation,
    box: value < q1 - 1.5 * (q3 - q1) || value > q3 + 1.5 * (q3 - q1),
  };
}

it('knows what is usual by the 252 returns before, and nothing before there are 60', () => {
  const rng = createRng(5, 'fat tails');
  const usual = new TrailingReturns();
  const past: number[] = [];
  const found = { sigma: 0, box: 0 };
  for (let i = 0; i < 900; i++) {
    // Equal values, fat tails and an outrageous one: the window must forget each of them exactly.
    const value = i === 300 ? 12 : i % 17 === 0 ? 0.01 : 0.01 * rng.normal() * Math.exp(0.7 * rng.normal());
    const expected = past.length < 60 ? { sigma: false, box: false } : oracle(past, value);
    expect([usual.isBeyondThreeSigma(value), usual.isOutsideBox(value)], `value ${i}`).toEqual([
      expected.sigma,
      expected.box,
    ]);
    found.sigma += Number(expected.sigma);
    found.box += Number(expected.box);
    usual.push(value);
    past.push(value);
  }
  expect(found.sigma).toBeGreaterThan(5);
  expect(found.box).toBeGreaterThan(found.sigma);
});

describe('returns beyond three standard deviations', () => {
  const crash = (closes: number[]) => {
    for (let t = 100; t < closes.length; t++) closes[t] = Math.round(closes[t] * 93) / 100;
  };

  it('keeps and marks a crash that nothing contradicts', () => {
    const series = quiet(130, crash);
    // Money was paid at the lower price.
    series.amount?.forEach((_, t, amount) => {
      amount[t] = series.close[t] * 1e6;
    });
    const before = [...series.close];
    const findings = clean(series);
    expect(series.flags[100]).toBe(THREE_SIGMA | BOX_PLOT);
    expect([...series.close]).toEqual(before);
    expect(findings['beyond-three-sigma'].count).toBe(1);
    expect(findings['three-sigma-contradicted'].count).toBe(0);
  });

  it('drops one that the money traded contradicts, and takes the price from there again', () => {
    const series = quiet(130, (closes) => {
      closes[100] = Math.round(closes[100] * 93) / 100;
    });
    const last = series.close[99];
    const findings = clean(series);
    expect(findings['three-sigma-contradicted'].count).toBe(1);
    expect(series.flags[100]).toBe(MISRECORDED | THREE_SIGMA);
    expect([series.close[100], series.volume[100], series.suspended[100]]).toEqual([last, 0, 1]);
    expect(series.flags[101] & MISRECORDED).toBe(0);
  });

  it.each([
    ['no amount', { amount: null }],
    ['adjusted prices', { asTraded: false }],
    ['an amount in units of its own', { amount: new Float64Array(130).fill(7) }],
  ])('takes nothing for a contradiction with %s', (_, change) => {
    const series = { ...quiet(130, crash), ...change };
    expect(clean(series)['three-sigma-contradicted'].count).toBe(0);
    expect(series.flags[100]).toBe(THREE_SIGMA | BOX_PLOT);
  });

  it('drops every one where it is told to, and says so; the next bar confirms the level', () => {
    const series = { ...quiet(130, crash), amount: null };
    const { 'beyond-three-sigma': finding } = clean(series, { threeSigma: 'drop' });
    expect(finding).toEqual({ count: 2, action: expect.stringContaining('bar dropped') });
    expect(series.flags[100]).toBe(MISRECORDED | THREE_SIGMA);
    // Two sessions of the fall, kept: it follows a day without trade.
    expect(series.flags[101]).toBe(THREE_SIGMA | BOX_PLOT);
  });

  it('refuses options that it does not know', () => {
    const series = quiet(3);
    expect(() => clean(series, { threeSigma: 'sometimes' as 'drop' })).toThrow(/cleaning.threeSigma.*mark or drop/);
    expect(() => clean(series, { longGaps: 'linear' as 'missing' })).toThrow(/cleaning.longGaps.*moving-average/);
  });
});

describe('closes at the price limit', () => {
  it('marks them, up and down, by the rounded limit of the board', () => {
    const series = quiet(4, (closes) => closes.splice(0, 4, 10.05, 11.06, 11.05, 9.95));
    // 10.05 × 1.1 = 11.055, rounded to 11.06; 11.05 × 0.9 = 9.945, rounded to 9.95.
    expect(clean(series)['limit-move'].count).toBe(2);
    expect([...series.flags]).toEqual([0, LIMIT_MOVE, 0, LIMIT_MOVE]);
  });

  it('knows the narrower limit of special treatment where the source has the flag', () => {
    const prices = (closes: number[]) => closes.splice(0, 3, 10, 10.5, 10.5);
    const plain = quiet(3, prices);
    const special = { ...quiet(3, prices), st: Uint8Array.of(1, 1, 1) };
    clean(plain);
    clean(special);
    expect([...plain.flags]).toEqual([0, 0, 0]);
    expect([...special.flags]).toEqual([0, LIMIT_MOVE, 0]);
  });
});

describe('gaps', () => {
  const NONE = Number.NaN;

  it('gives the first session of a gap the last close and leaves the rest missing', () => {
    const series = quiet(6, (closes) => closes.splice(0, 6, 10, NONE, NONE, NONE, 10.2, 10.3));
    const findings = clean(series);
    expect([findings['missing-bar'].count, findings['long-gap'].count]).toEqual([1, 2]);
    expect([...series.close]).toEqual([10, 10, NONE, NONE, 10.2, 10.3]);
    expect([...series.volume]).toEqual([1e6, 0, NONE, NONE, 1e6, 1e6]);
    expect([...series.flags]).toEqual([0, FILLED, GAP, GAP, 0, 0]);
    expect([...series.suspended]).toEqual([0, 1, 1, 1, 0, 0]);
  });

  it('counts a dropped bar to the gap, under its own rule', () => {
    const series = quiet(5, (closes) => closes.splice(0, 5, 10, NONE, 10.1, 10.1, 10.1));
    series.high[2] = 9;
    clean(series);
    expect([...series.flags]).toEqual([0, FILLED, MISRECORDED | GAP, 0, 0]);
    expect(series.close[2]).toBeNaN();
  });

  it('values a long gap at the mean of the past closes, adjusted, where it is told to', () => {
    const series = quiet(7, (closes) => closes.splice(0, 7, 10, 5.5, NONE, NONE, NONE, 5.6, 5.6));
    // One share became two on the second session: 10 is 5 in the shares of that day.
    series.factor.set([1, 2, 2, 2, 2, 2, 2]);
    const { 'long-gap': finding } = clean(series, { longGaps: 'moving-average' });
    expect(finding).toEqual({ count: 2, action: expect.stringContaining('mean of the last 20 closes') });
    expect([...series.close]).toEqual([10, 5.5, 5.5, 5.25, 5.25, 5.6, 5.6]);
    expect([...series.flags]).toEqual([0, LIMIT_MOVE, FILLED, FILLED | GAP, FILLED | GAP, 0, 0]);
    expect([...series.volume.subarray(2, 5)]).toEqual([0, 0, 0]);
  });

  it('measures the jump after a gap from the last close before it', () => {
    const series = quiet(5, (closes) => closes.splice(0, 5, 10, NONE, NONE, 14, 14));
    expect(clean(series)['jump-on-resumption'].count).toBe(1);
    expect(series.flags[3]).toBe(BarFlag.EXTREME);
  });
});

it.each([{}, { threeSigma: 'drop' }, { longGaps: 'moving-average' }] as CleaningOptions[])(
  'is causal with %j: without the last days every earlier repair and mark has the same bits',
  (options) => {
    const days = 400;
    const messy = (length: number) => {
      const whole = quiet(days, (closes) => {
        for (let t = 80; t < days; t += 37) closes[t] *= t % 2 === 0 ? 0.91 : 1.095;
        for (let t = 90; t < days; t += 53) closes.splice(t, 3, Number.NaN, Number.NaN, Number.NaN);
        for (let t = 99; t < days; t += 71) closes[t] *= 1.6;
      });
      for (let t = 110; t < days; t += 91) whole.low[t] = whole.high[t] * 1.1;
      const cut = (values: Float64Array) => values.slice(0, length);
      const { open, high, low, close, volume, amount, factor } = whole;
      return {
        ...whole,
        dates: whole.dates.slice(0, length),
        ...{ open: cut(open), high: cut(high), low: cut(low), close: cut(close), volume: cut(volume) },
        ...{ amount: amount && cut(amount), factor: cut(factor) },
        suspended: new Uint8Array(length),
        flags: new Uint8Array(length),
      };
    };
    const whole = messy(days);
    clean(whole, options);
    // Every mark there is occurs, so that none can look ahead unseen.
    const seen = whole.flags.reduce((bits, flags) => bits | flags, 0);
    const marks = MISRECORDED | GAP | THREE_SIGMA | BOX_PLOT | LIMIT_MOVE | FILLED;
    expect(seen & marks).toBe(marks);
    for (let length = 1; length < days; length += 13) {
      const early = messy(length);
      clean(early, options);
      for (const column of ['open', 'high', 'low', 'close', 'volume', 'factor', 'suspended', 'flags'] as const) {
        expect(early[column], `${column} of the first ${length}`).toEqual(whole[column].slice(0, length));
      }
    }
  },
);
