import { describe, expect, it } from 'vitest';
import { codedBars } from './coded-bars.fixture.js';
import { defineFeature } from './define-feature.js';
import { buildPanel } from './panel.js';

const bars = codedBars({ symbols: 2, days: 12, suspended: [[1, 5]] });
const own = {
  name: 'up_streak',
  formula: 'days in a row with a higher close',
  lookback: 250,
  compute: ({ close }: { close: Float64Array }) => {
    let streak = 0;
    return close.map((price, i) => {
      streak = i > 0 && price > close[i - 1] ? streak + 1 : 0;
      return streak;
    });
  },
};

describe('defineFeature', () => {
  it('makes a column of the panel, computed over the days a stock traded', () => {
    const panel = buildPanel(bars, { featureSet: ['CLOSE'], families: [defineFeature(own)] });
    expect(panel.columns.map(({ name }) => name)).toEqual(['CLOSE', 'up_streak']);
    let streak = 0;
    let before = Number.NaN;
    for (let t = 0; t < 12; t++) {
      const value = panel.values[2 * (12 + t) + 1];
      if (t === 5) {
        expect(value).toBeNaN();
        continue;
      }
      const close = bars.close[12 + t] * bars.adjFactor[12 + t];
      streak = close > before ? streak + 1 : 0;
      before = close;
      expect(value).toBe(streak);
    }
  });

  it.each([
    [{ name: 'RSI' }, 'found the name "RSI"'],
    [{ name: 'up streak' }, 'found the name "up streak"'],
    [{ lookback: 0 }, 'up_streak: found lookback 0'],
  ])('refuses %j', (change, message) => {
    expect(() => defineFeature({ ...own, ...change })).toThrow(message);
  });

  it('refuses another number of values than bars', () => {
    const short = defineFeature({ ...own, compute: ({ close }) => close.subarray(1) });
    expect(() => buildPanel(bars, { featureSet: [], families: [short] })).toThrow(
      'up_streak: found 11 values, expected a Float64Array of 12 values',
    );
  });
});
