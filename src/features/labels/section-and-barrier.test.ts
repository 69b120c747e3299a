import { describe, expect, it } from 'vitest';
import type { BarMatrix } from '../../market/index.js';
import { codedBars, noisyAfter } from '../coded-bars.fixture.js';
import { NO_LABEL } from '../types.js';
import { labelQuantile } from './quantile.js';
import { labelTripleBarrier } from './triple-barrier.js';

const [BUY, HOLD, SELL] = [0, 1, 2];

describe('labelQuantile', () => {
  /** Nine stocks whose open goes from 100 to 100 + s on the day of exit. */
  const opens = codedBars({ symbols: 9, days: 4 });
  const bars: BarMatrix = {
    ...opens,
    open: Float64Array.from({ length: 36 }, (_, cell) => (cell % 4 === 2 ? 100 + Math.floor(cell / 4) : 100)),
    adjFactor: new Float64Array(36).fill(1),
  };
  const first = (set: { classes: Uint8Array }) => Array.from({ length: 9 }, (_, s) => set.classes[4 * s]);

  it('cuts the section of the day in thirds', () => {
    const labels = labelQuantile(bars, { horizonDays: 1 });
    expect(first(labels)).toEqual([SELL, SELL, SELL, HOLD, HOLD, HOLD, BUY, BUY, BUY]);
    expect(labels.reachDays).toBe(2);
    expect(labels.classes[2]).toBe(NO_LABEL);
  });

  it('takes the section from the members, and measures the others against them', () => {
    const universe = new Uint8Array(36);
    for (const s of [0, 1, 2, 3]) universe.fill(1, 4 * s, 4 * s + 4);
    const labels = labelQuantile(bars, { horizonDays: 1, share: 0.25, universe });
    expect(first(labels)).toEqual([SELL, HOLD, HOLD, BUY, BUY, BUY, BUY, BUY, BUY]);
    const few = labelQuantile(bars, { horizonDays: 1, universe: universe.fill(0, 8) });
    expect(few.classes.every((label) => label === NO_LABEL)).toBe(true);
    expect(few.counts).toMatchObject({ labelled: 0, noSection: 18 });
  });

  it('refuses shares that overlap', () => {
    expect(() => labelQuantile(bars, { share: 0.6 })).toThrow('label.share: found 0.6');
  });
});

describe('labelTripleBarrier', () => {
  const DAYS = 40;
  const quiet = codedBars({ symbols: 1, days: DAYS });
  const fill = (value: number) => new Float64Array(DAYS).fill(value);
  /** Closes that change by ±1 % in turn: σ is about 1 %, and the band of k = 2, h = 4 about 4 %. */
  const market = (change: (bars: { open: Float64Array; high: Float64Array; low: Float64Array }) => void): BarMatrix => {
    const bars = {
      ...quiet,
      open: fill(100),
      high: fill(101),
      low: fill(99),
      close: Float64Array.from({ length: DAYS }, (_, t) => (t % 2 === 0 ? 100 : 101)),
      adjFactor: fill(1),
    };
    change(bars);
    return bars;
  };
  const at = (bars: BarMatrix, t: number) =>
    labelTripleBarrier(bars, { horizonDays: 4, k: 2, volatilityDays: 10 }).classes[t];

  it('goes by the barrier that is touched first', () => {
    expect(
      at(
        market(() => {}),
        20,
      ),
    ).toBe(HOLD);
    const up = market(({ high, low }) => {
      high[22] = 110;
      low[23] = 90;
    });
    expect(at(up, 20)).toBe(BUY);
    expect(at(up, 22)).toBe(SELL);
    expect(
      at(
        market(({ low }) => {
          low[21] = 90;
        }),
        20,
      ),
    ).toBe(SELL);
  });

  it('both in one session, or past the horizon, is hold', () => {
    const both = market(({ high, low }) => {
      high[22] = 110;
      low[22] = 90;
    });
    expect(at(both, 20)).toBe(HOLD);
    const late = market(({ high }) => {
      high[25] = 110;
    });
    expect([at(late, 20), at(late, 21)]).toEqual([HOLD, BUY]);
  });

  it('a session without trade touches nothing, and a split is no fall', () => {
    const halted = market(({ high }) => {
      high[22] = 110;
    });
    halted.suspended[22] = 1;
    expect(at(halted, 20)).toBe(HOLD);
    halted.suspended[22] = 0;
    const split = market(() => {});
    for (const prices of [split.open, split.high, split.low, split.close])
      prices.set(
        prices.slice(22).map((x) => x / 2),
        22,
      );
    split.adjFactor.fill(2, 22);
    expect(at(split, 20)).toBe(HOLD);
  });

  it('knows as much of the future as it says', () => {
    const bars = codedBars({ symbols: 3, days: 100 });
    const options = { horizonDays: 5, volatilityDays: 20 };
    const [full, noisy] = [bars, noisyAfter(bars, 80)].map((one) => labelTripleBarrier(one, options));
    for (let s = 0; s < 3; s++) {
      const known = (set: { classes: Uint8Array }) => set.classes.slice(s * 100, s * 100 + 80 - full.reachDays);
      expect(known(noisy)).toEqual(known(full));
    }
    expect(noisy.classes).not.toEqual(full.classes);
  });
});
