import { describe, expect, it } from 'vitest';
import { BarFlag } from '../market/index.js';
import { codedBars } from './coded-bars.fixture.js';
import { isTraded, tradedSeries } from './traded-bars.js';

describe('traded bars', () => {
  it('are those whose prices were really made that day', () => {
    const bars = codedBars({ symbols: 1, days: 10, listedAt: [1] });
    bars.suspended[2] = 1;
    bars.flags[3] = BarFlag.MISRECORDED;
    bars.flags[4] = BarFlag.FILLED;
    bars.flags[5] = BarFlag.EXTREME | BarFlag.FACTOR_REPAIRED;
    bars.volume[6] = 0;
    bars.volume[7] = Number.NaN;
    bars.low[8] = 0;
    expect(Array.from({ length: 10 }, (_, cell) => isTraded(bars, cell))).toEqual([
      false,
      true,
      false,
      false,
      false,
      true,
      false,
      true,
      false,
      true,
    ]);
    expect(Array.from(tradedSeries(bars, 0).sessions)).toEqual([1, 5, 7, 9]);
  });

  it('carry adjusted prices and volumes whose product is the money traded', () => {
    const bars = codedBars({ symbols: 2, days: 50 });
    const { close, volume } = tradedSeries(bars, 1);
    expect(close[45]).toBe(bars.close[95] * bars.adjFactor[95]);
    expect(close[45] * volume[45]).toBeCloseTo(bars.close[95] * bars.volume[95], 4);
  });
});
