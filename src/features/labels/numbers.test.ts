import { describe, expect, it } from 'vitest';
import type { BarMatrix } from '../../market/index.js';
import { codedBars, noisyAfter } from '../coded-bars.fixture.js';
import { buildPanel } from '../panel.js';
import { NO_LABEL } from '../types.js';
import { sampleRows } from '../windows.js';
import { labelRank } from './rank.js';
import { labelReturn } from './return.js';
import { labelThreshold } from './threshold.js';

/** Five stocks, four days; the open is 100 on the day of entry and the one given on the day of exit. */
function exitsAt(exits: readonly number[]): BarMatrix {
  const base = codedBars({ symbols: exits.length, days: 4 });
  const cells = exits.length * 4;
  const open = Float64Array.from({ length: cells }, (_, cell) => (cell % 4 === 2 ? exits[Math.floor(cell / 4)] : 100));
  return { ...base, open, adjFactor: new Float64Array(cells).fill(1) };
}
const firstDay = (values: ArrayLike<number>) => [0, 1, 2, 3, 4].map((s) => values[4 * s]);

describe('labelReturn', () => {
  it('is the forward return that the classes are cut from, and no class', () => {
    const bars = codedBars({ symbols: 3, days: 60, suspended: [[0, 20]] });
    const [number, cut] = [
      labelReturn(bars, { horizonDays: 3 }),
      labelThreshold(bars, { horizonDays: 3, theta: 0.01 }),
    ];
    expect(number.target).toEqual(cut.forwardReturn);
    expect(number.classNames).toEqual([]);
    expect(number.classes.every((code) => code === NO_LABEL)).toBe(true);
    expect([number.kind, number.reachDays, number.counts]).toEqual(['return', 4, cut.counts]);
  });
});

describe('labelRank', () => {
  it('spreads the day from −0.5 to 0.5, ties on their mean', () => {
    const { target, forwardReturn, reachDays } = labelRank(exitsAt([103, 101, 110, 103, 90]), { horizonDays: 1 });
    // Ranks 3.5, 2, 5, 3.5, 1 of five.
    expect(firstDay(target!)).toEqual([0.125, -0.25, 0.5, 0.125, -0.5]);
    expect(firstDay(forwardReturn)).toEqual(
      [0.03, 0.01, 0.1, 0.03, -0.1].map((r) => Math.fround(1 + r - 1)).map((r) => expect.closeTo(r, 6)),
    );
    expect(reachDays).toBe(2);
  });

  it('is within the universe, and not there for fewer than three', () => {
    const universe = new Uint8Array(20);
    for (const s of [0, 2, 4]) universe.fill(1, 4 * s, 4 * s + 4);
    const bars = exitsAt([103, 101, 110, 103, 90]);
    const within = labelRank(bars, { horizonDays: 1, universe });
    expect(firstDay(within.target!)).toEqual([0, Number.NaN, 0.5, Number.NaN, -0.5]);
    universe[16] = 0;
    const few = labelRank(bars, { horizonDays: 1, universe });
    expect(firstDay(few.target!).every(Number.isNaN)).toBe(true);
    const { labelled, noSection } = few.counts;
    expect(labelled + noSection!).toBe(labelReturn(bars, { horizonDays: 1 }).counts.labelled);
  });

  it('knows nothing beyond its reach', () => {
    const bars = codedBars({ symbols: 6, days: 80 });
    const [cut, reach] = [60, 6];
    const known = (of: BarMatrix) => {
      const { target } = labelRank(of);
      return Array.from({ length: 6 }, (_, s) => Array.from(target!.subarray(s * 80, s * 80 + cut - reach)));
    };
    expect(known(noisyAfter(bars, cut))).toEqual(known(bars));
    expect(labelRank(noisyAfter(bars, cut)).target).not.toEqual(labelRank(bars).target);
  });
});

it('samples of a number carry it, and rows without one are no samples', () => {
  const bars = codedBars({ symbols: 4, days: 130, suspended: [[1, 100]] });
  const panel = buildPanel(bars);
  const universe = new Uint8Array(4 * 130).fill(1);
  const range = { from: bars.dates[60], to: bars.dates[129] };
  const labels = labelReturn(bars);
  const { rows, targets, counts } = sampleRows(panel, universe, labels, 5, range);
  expect(rows.length).toBeGreaterThan(50);
  expect(Array.from(targets!)).toEqual(Array.from(rows, (row) => labels.target![row]));
  expect(targets!.some(Number.isNaN)).toBe(false);
  expect(counts.noLabel).toBeGreaterThanOrEqual(4 * 6);
  expect(sampleRows(panel, universe, null, 5, range).targets).toBeUndefined();
});
