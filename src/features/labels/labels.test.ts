import { describe, expect, it } from 'vitest';
import type { BarMatrix } from '../../market/index.js';
import { codedBars, noisyAfter, sessionsOf } from '../coded-bars.fixture.js';
import { buildPanel } from '../panel.js';
import { NO_LABEL } from '../types.js';
import { labelThreshold } from './threshold.js';
import { labelVolatility } from './volatility.js';

const DAYS = 120;
const bars = codedBars({
  symbols: 3,
  days: DAYS,
  listedAt: [0, 20, 0],
  suspended: [[0, 80]],
  misrecorded: [[2, 90]],
});
const [BUY, HOLD, SELL] = [0, 1, 2];

/** One instrument whose open is given and whose closes rise and fall in turn by the same ratio. */
function opensOf(opens: readonly number[], adjFactor = opens.map(() => 1)): BarMatrix {
  const base = codedBars({ symbols: 1, days: opens.length });
  return { ...base, open: Float64Array.from(opens), adjFactor: Float64Array.from(adjFactor) };
}

describe('labels', () => {
  it('threshold: compare the open of t + 1 with the open of t + 1 + h', () => {
    const { classes, forwardReturn, reachDays } = labelThreshold(opensOf([100, 100, 101, 103, 100, 103]), {
      horizonDays: 2,
      theta: 0.02,
    });
    // 100 → 103, 101 → 100, 103 → 103; the last three reach past the data.
    expect(Array.from(classes)).toEqual([BUY, HOLD, HOLD, NO_LABEL, NO_LABEL, NO_LABEL]);
    expect(Array.from(forwardReturn.subarray(0, 3))).toEqual([0.03, 100 / 101 - 1, 0].map(Math.fround));
    expect(forwardReturn[3]).toBeNaN();
    expect(reachDays).toBe(3);
  });

  it('a return on the threshold itself is held', () => {
    const edge = labelThreshold(opensOf([1, 1, 1.5, 2, 1]), { horizonDays: 1, theta: 0.5 });
    expect(Array.from(edge.classes.subarray(0, 3))).toEqual([HOLD, HOLD, HOLD]);
  });

  it('returns are total: a split is no loss, a factor that grows is a gain', () => {
    const split = labelThreshold(opensOf([10, 10, 5, 5, 4], [1, 1, 2, 2.2, 2.2]), { horizonDays: 1, theta: 0.05 });
    expect(Array.from(split.classes.subarray(0, 3))).toEqual([HOLD, BUY, SELL]);
  });

  it('volatility: the band is k·σ·√h with the sample deviation of the last returns', () => {
    const horizonDays = 3;
    const volatilityDays = 60;
    const { classes, forwardReturn } = labelVolatility(bars, { horizonDays, k: 0.5, volatilityDays });
    const adjusted = (prices: Float64Array, t: number) => prices[DAYS + t] * bars.adjFactor[DAYS + t];
    let checked = 0;
    for (let t = 20 + volatilityDays; t + 1 + horizonDays < DAYS; t++) {
      const returns = Array.from({ length: volatilityDays }, (_, i) => t - i).map(
        (day) => adjusted(bars.close, day) / adjusted(bars.close, day - 1) - 1,
      );
      const mean = returns.reduce((sum, r) => sum + r) / volatilityDays;
      const sigma = Math.sqrt(returns.reduce((sum, r) => sum + (r - mean) ** 2, 0) / (volatilityDays - 1));
      const change = adjusted(bars.open, t + 1 + horizonDays) / adjusted(bars.open, t + 1) - 1;
      const band = 0.5 * sigma * Math.sqrt(horizonDays);
      expect(classes[DAYS + t]).toBe(change > band ? BUY : change < -band ? SELL : HOLD);
      expect(forwardReturn[DAYS + t]).toBe(Math.fround(change));
      checked++;
    }
    expect(checked).toBe(36);
    expect(new Set(classes.subarray(DAYS + 80, DAYS + 116))).toEqual(new Set([BUY, HOLD, SELL]));
    expect(classes[DAYS + 79]).toBe(NO_LABEL);
  });

  it('has no label where the market could not be entered or left, and counts why', () => {
    const { classes, counts } = labelThreshold(bars, { horizonDays: 5, theta: 0.01 });
    const unlabelled = (s: number) =>
      Array.from({ length: DAYS }, (_, t) => t).filter((t) => classes[s * DAYS + t] === NO_LABEL);
    const tail = [114, 115, 116, 117, 118, 119];
    expect(unlabelled(0)).toEqual([74, 79, 80, ...tail]);
    expect(unlabelled(2)).toEqual([84, 89, 90, ...tail]);
    expect(counts).toEqual({
      labelled: 111 + 94 + 111,
      notTraded: 2,
      noVolatility: 0,
      beyondData: 18,
      entryNotTraded: 2,
      exitNotTraded: 2,
    });
    const { counts: volatilityCounts } = labelVolatility(bars);
    expect(volatilityCounts.noVolatility).toBe(3 * 60);
  });

  it('need the future, exactly as far as they say, and features never do', () => {
    const cut = 100;
    const label = (of: BarMatrix) => labelVolatility(of, { volatilityDays: 20 });
    const full = label(bars);
    const spoilt = label(noisyAfter(bars, cut));
    const shorter = label(sessionsOf(bars, 0, cut));
    for (let s = 0; s < 3; s++) {
      // A label of day t is known at the open of t + reachDays, so that up to cut − reachDays − 1 nothing may move.
      const known = cut - full.reachDays;
      const upTo = (set: { classes: Uint8Array }, days: number, end: number) =>
        set.classes.slice(s * days, s * days + end);
      expect(upTo(spoilt, DAYS, known)).toEqual(upTo(full, DAYS, known));
      expect(upTo(shorter, cut, known)).toEqual(upTo(full, DAYS, known));
      expect(Array.from(upTo(shorter, cut, cut).subarray(known))).toEqual(Array(full.reachDays).fill(NO_LABEL));
    }
    expect(spoilt.classes).not.toEqual(full.classes);
    const before = buildPanel(bars).values.slice();
    label(bars);
    expect(buildPanel(bars).values).toEqual(before);
  });

  it('refuse settings that mean nothing', () => {
    expect(() => labelVolatility(bars, { horizonDays: 0 })).toThrow('label.horizonDays: found 0');
    expect(() => labelVolatility(bars, { k: -1 })).toThrow('label.k: found -1');
    expect(() => labelVolatility(bars, { volatilityDays: 1 })).toThrow('label.volatilityDays: found 1');
    expect(() => labelThreshold(bars, { theta: Number.NaN })).toThrow('label.theta: found NaN');
  });
});
