import { describe, expect, it } from 'vitest';
import type { BarMatrix } from '../../market/index.js';
import { codedBars } from '../coded-bars.fixture.js';
import { NO_LABEL } from '../types.js';
import type { CountedLabelSet, LabelOptions } from './forward-return.js';
import { labelQuantile } from './quantile.js';
import { labelThreshold } from './threshold.js';
import { labelTripleBarrier } from './triple-barrier.js';
import { labelVolatility } from './volatility.js';

const [BUY, HOLD, SELL] = [0, 1, 2];
const market = codedBars({ symbols: 6, days: 160 });

const KINDS: Record<string, (bars: BarMatrix, options: LabelOptions) => CountedLabelSet> = {
  threshold: (bars, options) => labelThreshold(bars, { ...options, theta: 0.01 }),
  volatility: (bars, options) => labelVolatility(bars, { ...options, k: 0.5 }),
  quantile: (bars, options) => labelQuantile(bars, options),
  'triple-barrier': (bars, options) => labelTripleBarrier(bars, { ...options, k: 1.2, horizonDays: 3 }),
};

describe.each(Object.entries(KINDS))('two classes of %s', (_, label) => {
  it('are the three without hold, whose days keep their return and are counted', () => {
    const [three, two] = [label(market, {}), label(market, { classes: 2 })];
    expect([three.classNames, two.classNames]).toEqual([
      ['buy', 'hold', 'sell'],
      ['buy', 'sell'],
    ]);
    expect(two.classes).toEqual(three.classes.map((code) => (code === HOLD ? NO_LABEL : code)));
    expect(two.forwardReturn).toEqual(three.forwardReturn);
    const held = three.classes.filter((code) => code === HOLD).length;
    expect(held).toBeGreaterThan(10);
    expect(two.classes.filter((code) => code !== NO_LABEL).length).toBeGreaterThan(10);
    expect(two.counts).toEqual({ ...three.counts, labelled: three.counts.labelled - held, between: held });
    expect(two.reachDays).toBe(three.reachDays);
  });

  it('refuses another number', () => {
    expect(() => label(market, { classes: 4 as 3 })).toThrow('label.classes: found 4, expected 2 or 3');
  });
});

describe('rise or fall, as StockNet has it', () => {
  it('drops the days between −0.5 % and +0.55 %, each bound of its own', () => {
    const opens = [100, 100, 100.6, 100.1, 99.55, 99.9, 100];
    const base = codedBars({ symbols: 1, days: opens.length });
    const bars = { ...base, open: Float64Array.from(opens), adjFactor: new Float64Array(opens.length).fill(1) };
    const { classes } = labelThreshold(bars, { horizonDays: 1, classes: 2, theta: 0.0055, thetaSell: 0.005 });
    // +0.6 %, −0.497 %, −0.549 %, +0.35 %, +0.1 %
    expect(Array.from(classes.subarray(0, 5))).toEqual([BUY, NO_LABEL, SELL, NO_LABEL, NO_LABEL]);
    expect(() => labelThreshold(bars, { theta: 0.01, thetaSell: -1 })).toThrow('label.thetaSell: found -1');
  });
});
