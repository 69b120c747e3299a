import { describe, expect, it } from 'vitest';
import { createRng } from '../../../util/index.js';
import { recoverRaw } from './recover-raw.js';
import type { SourceBar } from './series.js';

interface Traded {
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  readonly volume: number;
  readonly amount: number;
  readonly factor: number;
}

const cents = (value: number) => Math.round(value * 100) / 100;
/** BaoStock prints adjusted prices with ten decimals and factors with six. */
const printed = (value: number) => Number(value.toFixed(10));

/** Raw bars with a mean price paid between low and high; factors as given, one a bar. */
function tradedBars(seed: number, factors: readonly number[], start = 20): Traded[] {
  const rng = createRng(seed, 'recover');
  let last = start;
  return factors.map((factor) => {
    const close = cents(last * (1 + (rng.uniform() - 0.5) * 0.06));
    const open = cents(last * (1 + (rng.uniform() - 0.5) * 0.02));
    const high = cents(Math.max(open, close) * 1.01);
    const low = cents(Math.min(open, close) * 0.99);
    last = close;
    const volume = 100_000 + Math.round(rng.uniform() * 10_000);
    return { open, high, low, close, volume, amount: cents(((low + high) / 2) * volume), factor };
  });
}

/** The bars as a back-adjusted file tells them; the previous close is adjusted by the new factor, so it shows an ex-day. */
function adjusted(bars: readonly Traded[], references: readonly number[] = []): SourceBar[] {
  return bars.map((bar, t) => {
    const of = (price: number) => printed(price * bar.factor);
    const reference = references[t] ?? (t === 0 ? bar.open : bars[t - 1].close);
    return {
      date: 18_000 + t,
      open: of(bar.open),
      high: of(bar.high),
      low: of(bar.low),
      close: of(bar.close),
      volume: bar.volume,
      amount: bar.amount,
      basis: of(reference),
      adjusted: true,
      st: 0,
      line: t + 2,
    };
  });
}

function expectExact(source: readonly SourceBar[], truth: readonly Traded[]): void {
  const found = recoverRaw(source);
  if (!('bars' in found)) throw new Error(`not recovered from ${found.from} to ${found.to}`);
  expect([...found.factors]).toEqual(truth.map(({ factor }) => factor));
  const prices = ({ open, high, low, close }: { open: number; high: number; low: number; close: number }) => [
    open,
    high,
    low,
    close,
  ];
  expect(found.bars.map(prices)).toEqual(truth.map(prices));
}

describe('recoverRaw', () => {
  it.each([1, 2, 3, 4, 5])('finds raw prices and factors of several stretches exactly (seed %d)', (seed) => {
    const factors = [...new Array(40).fill(1.234567), ...new Array(40).fill(1.301112), ...new Array(40).fill(7.654321)];
    const truth = tradedBars(seed, factors);
    // On an ex-day the reference is the last close less what was paid: adjusted by the new factor it is the old close.
    expectExact(adjusted(truth), truth);
  });

  it('finds a factor of 1, of a thousand, and of a stretch of a few days', () => {
    for (const factor of [1, 1234.567891, 0.5]) {
      const truth = tradedBars(9, new Array(6).fill(factor));
      expectExact(adjusted(truth), truth);
    }
  });

  it('is not misled by one wrong amount', () => {
    const truth = tradedBars(11, new Array(40).fill(2.345678));
    const source = adjusted(truth).map((bar, t) => (t === 20 ? { ...bar, amount: bar.amount * 100 } : bar));
    expectExact(source, truth);
  });

  it('carries the last close over days without trade, and leaves out those before the first', () => {
    const truth = tradedBars(13, new Array(12).fill(2.5));
    const idle = (t: number, bar: SourceBar): SourceBar => {
      const close = adjusted(truth)[Math.max(0, t - 1)].close;
      return { ...bar, open: close, high: close, low: close, close, volume: 0, amount: 0 };
    };
    const source = adjusted(truth).map((bar, t) => (t === 6 ? idle(t, bar) : bar));
    source[7] = { ...source[7], basis: source[6].close };
    const found = recoverRaw(source);
    if (!('bars' in found)) throw new Error('not recovered');
    expect(found.bars[6]).toMatchObject({ close: truth[5].close, volume: 0 });
    expect([...new Set(found.factors)]).toEqual([2.5]);
  });

  it('refuses where nothing tells the factor, naming the stretch', () => {
    const truth = tradedBars(17, new Array(10).fill(2.345678));
    const whole = adjusted(truth);
    // Without amounts no divisor of what the prices have in common is the likelier.
    expect(recoverRaw(whole.map((bar) => ({ ...bar, amount: Number.NaN })))).toEqual({ from: 18_000, to: 18_009 });
    // Prices printed to two decimals are no whole ticks of any factor.
    const rounded = whole.map((bar) => ({
      ...bar,
      open: cents(bar.open),
      high: cents(bar.high),
      low: cents(bar.low),
      close: cents(bar.close),
      basis: cents(bar.basis),
    }));
    expect(recoverRaw(rounded)).toHaveProperty('from');
    // Amounts of another share of the market contradict every price.
    expect(recoverRaw(whole.map((bar, t) => ({ ...bar, amount: bar.amount * (1 + t) })))).toHaveProperty('from');
    // A price beyond what ten decimals tell exactly.
    expect(recoverRaw(whole.map((bar, t) => (t === 3 ? { ...bar, high: 1e6 } : bar)))).toHaveProperty('from');
    expect(recoverRaw(whole.map((bar, t) => (t === 3 ? { ...bar, low: Number.NaN } : bar)))).toHaveProperty('from');
  });

  it('takes a flat day alone where one factor fits, and refuses it where two do', () => {
    const flat = { open: 12.34, high: 12.34, low: 12.34, close: 12.34, volume: 1000, amount: 12_340, factor: 2 };
    expectExact(adjusted([flat], [12.34]), [flat]);
    // 20.02 is 10.00 × 2.002 as well as 10.01 × 2, and a mean price of 10.005 is either, rounded.
    const price = 10.01;
    const vague = { open: price, high: price, low: price, close: price, volume: 1000, amount: 10_005, factor: 2 };
    expect(recoverRaw(adjusted([vague], [price]))).toEqual({ from: 18_000, to: 18_000 });
  });
});
