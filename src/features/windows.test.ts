import { describe, expect, it } from 'vitest';
import { createRng } from '../util/index.js';
import { codedBars, FIRST_DAY } from './coded-bars.fixture.js';
import { buildPanel } from './panel.js';
import { rowsWithin } from './row-mask.js';
import { CLASS_NAMES, type LabelSet, NO_LABEL, TWO_CLASS_NAMES } from './types.js';
import { sampleRows } from './windows.js';

function labelsOf(classes: Uint8Array, classNames: LabelSet['classNames'] = CLASS_NAMES): LabelSet {
  const forwardReturn = new Float32Array(classes.length);
  return { kind: 'test', horizonDays: 1, reachDays: 2, classNames, classes, forwardReturn };
}

/** Features with short warm-ups, so that every reason can be met within a few days. CLOSE and RETURN_5: six trading days. */
const featureSet = ['CLOSE', 'RETURN_5'];

describe('windows', () => {
  it('keeps exactly the rows whose whole window is complete, by date, then symbol', () => {
    const rng = createRng(3, 'windows');
    const days = 80;
    const symbols = 6;
    const holes = Array.from({ length: 25 }, () => [rng.int(symbols), 1 + rng.int(days - 1)] as const);
    const panel = buildPanel(
      codedBars({
        symbols,
        days,
        listedAt: [0, 0, 10, 0, 50, 90],
        suspended: holes.slice(0, 15),
        misrecorded: holes.slice(15),
      }),
      { featureSet },
    );
    const universe = Uint8Array.from({ length: symbols * days }, () => (rng.int(4) === 0 ? 0 : 1));
    const classes = Uint8Array.from({ length: symbols * days }, () => [0, 1, 2, NO_LABEL][rng.int(4)]);
    const window = 7;
    const [from, to] = [20, 69];
    const {
      rows,
      classes: kept,
      counts,
    } = sampleRows(panel, universe, labelsOf(classes), window, {
      from: FIRST_DAY + from,
      to: FIRST_DAY + to,
    });

    const expected: number[] = [];
    for (let t = from; t <= to; t++) {
      for (let s = 0; s < symbols; s++) {
        const row = s * days + t;
        const whole = panel.complete.subarray(row - window + 1, row + 1).every((complete) => complete === 1);
        if (whole && universe[row] === 1 && classes[row] !== NO_LABEL) expected.push(row);
      }
    }
    expect(expected.length).toBeGreaterThan(20);
    expect(Array.from(rows)).toEqual(expected);
    expect(Array.from(kept)).toEqual(expected.map((row) => classes[row]));
    expect(Object.values(counts).reduce((sum, count) => sum + count, 0)).toBe(symbols * (to - from + 1));
  });

  it('numbers two classes as a model gives them: buy, sell', () => {
    const panel = buildPanel(codedBars({ symbols: 1, days: 20 }), { featureSet });
    const classes = new Uint8Array(20).fill(NO_LABEL);
    classes.set([2, 0, 2], 15);
    const range = { from: FIRST_DAY, to: FIRST_DAY + 19 };
    const universe = new Uint8Array(20).fill(1);
    const { rows, classes: kept } = sampleRows(panel, universe, labelsOf(classes, TWO_CLASS_NAMES), 4, range);
    expect(Array.from(rows)).toEqual([15, 16, 17]);
    expect(Array.from(kept)).toEqual([1, 0, 1]);
  });

  it('says why a row was dropped', () => {
    const days = 30;
    const bars = codedBars({ symbols: 3, days, listedAt: [0, 12, 40], suspended: [[0, 20]], withAmount: true });
    bars.amount![25] = Number.NaN;
    const panel = buildPanel(bars, { featureSet: [...featureSet, 'AMOUNT'] });
    const universe = new Uint8Array(3 * days).fill(1);
    universe[2 * days + 5] = 0;
    const classes = new Uint8Array(3 * days);
    classes[19] = NO_LABEL;
    const range = { from: FIRST_DAY, to: FIRST_DAY + days - 1 };
    expect(sampleRows(panel, universe, labelsOf(classes), 1, range).counts).toEqual({
      outsideUniverse: 1,
      // Symbol 0 on day 20, symbol 1 before day 12, symbol 2 always but for the day outside the universe.
      notTraded: 1 + 12 + 29,
      // AMOUNT needs 20 trading days: 19 of symbol 0, all 18 of symbol 1.
      warmUp: 19 + 18,
      gapInWindow: 0,
      // The mean of 20 days lacks a value from day 25 on.
      missingFeature: 5,
      noLabel: 1,
      kept: 4,
    });
    const withGap = sampleRows(panel, universe, null, 3, range);
    expect(withGap.counts).toMatchObject({ warmUp: 37 + 1, gapInWindow: 2, missingFeature: 5, noLabel: 0, kept: 2 });
    expect(Array.from(withGap.rows)).toEqual([23, 24]);
    expect(Array.from(withGap.classes)).toEqual([NO_LABEL, NO_LABEL]);
  });

  it('does not let a window reach before the store or into the neighbour above', () => {
    const panel = buildPanel(codedBars({ symbols: 2, days: 12 }), { featureSet: ['VOLUME', 'CLOSE'] });
    panel.complete.fill(1);
    const { rows } = sampleRows(panel, new Uint8Array(24).fill(1), null, 5, { from: FIRST_DAY, to: FIRST_DAY + 5 });
    expect(Array.from(rows)).toEqual([4, 16, 5, 17]);
  });
});

describe('rowsWithin', () => {
  it('cuts a universe to a span of days, both ends included', () => {
    const panel = buildPanel(codedBars({ symbols: 2, days: 5 }), { featureSet: ['CLOSE'] });
    const universe = Uint8Array.of(1, 1, 0, 1, 1, 0, 1, 1, 1, 1);
    const mask = rowsWithin(panel, universe, { from: FIRST_DAY + 1, to: FIRST_DAY + 3 });
    expect(Array.from(mask)).toEqual([0, 1, 0, 1, 0, 0, 1, 1, 1, 0]);
  });
});
