import { describe, expect, it } from 'vitest';
import { BarFlag, type BarMatrix } from '../market/index.js';
import { createRng } from '../util/index.js';
import { codedBars } from './coded-bars.fixture.js';
import { buildPanel } from './panel.js';
import type { Panel } from './types.js';

const DAYS = 120;

function valueAt(panel: Panel, t: number, name: string): number {
  const k = panel.columns.findIndex((column) => column.name === name);
  if (k < 0) throw new Error(`no column ${name}`);
  return panel.values[t * panel.columns.length + k];
}

/** One instrument with a random walk, unadjusted; every 40 sessions without volume. */
function walk(): BarMatrix {
  const rng = createRng(3, 'full set');
  const bars = codedBars({ symbols: 1, days: DAYS });
  let last = 20;
  for (let t = 0; t < DAYS; t++) {
    bars.open[t] = last * (1 + 0.01 * rng.normal());
    bars.close[t] = bars.open[t] * (1 + 0.02 * rng.normal());
    bars.high[t] = Math.max(bars.open[t], bars.close[t]) * 1.01;
    bars.low[t] = Math.min(bars.open[t], bars.close[t]) * 0.985;
    bars.volume[t] = t % 40 === 39 ? 0 : 1e6 * Math.exp(rng.normal());
    bars.adjFactor[t] = 1;
    last = bars.close[t];
  }
  return bars;
}

describe('the full set', () => {
  const bars = walk();
  bars.flags[50] |= BarFlag.EXTREME;
  bars.flags[60] |= BarFlag.THREE_SIGMA | BarFlag.BOX_PLOT;
  bars.flags[61] |= BarFlag.BOX_PLOT;
  bars.flags[62] |= BarFlag.LIMIT_MOVE;
  const panel = buildPanel(bars, { featureSet: ['trend', 'sentiment', 'flag'] });
  const { open, high, low, close, volume } = bars;
  // Sessions 57 … 77 lie between two days without trading.
  const t = 77;
  const days = (count: number) => Array.from({ length: count }, (_, i) => t - i);
  const returnOf = (i: number) => close[i] / close[i - 1] - 1;

  it('has simple, logarithmic and cumulative returns over 1 to 20 days', () => {
    for (const count of [5, 10, 20]) {
      expect(valueAt(panel, t, `RETURN_${count}`)).toBeCloseTo(close[t] / close[t - count] - 1, 6);
      expect(valueAt(panel, t, `LOG_RETURN_${count}`)).toBeCloseTo(Math.log(close[t] / close[t - count]), 6);
      const sum = days(count).reduce((total, i) => total + returnOf(i), 0);
      expect(valueAt(panel, t, `CUMULATIVE_RETURN_${count}`)).toBeCloseTo(sum, 6);
    }
    expect(valueAt(panel, t, 'LOG_RETURN_1')).toBeCloseTo(Math.log(close[t] / close[t - 1]), 6);
  });

  it('knows where the close stands among the days, and the volume against those before', () => {
    const least = Math.min(...days(10).map((i) => low[i]));
    const most = Math.max(...days(10).map((i) => high[i]));
    expect(valueAt(panel, t, 'RANGE_POSITION_10')).toBeCloseTo((close[t] - least) / (most - least), 6);
    const before = [1, 2, 3, 4, 5].reduce((total, ago) => total + volume[t - ago], 0) / 5;
    expect(valueAt(panel, t, 'RELATIVE_VOLUME_5')).toBeCloseTo(volume[t] / before, 5);
  });

  it('knows whether price and volume agree: 1 where the volume follows the return', () => {
    const agreeing = walk();
    for (let i = 1; i < DAYS; i++) {
      agreeing.volume[i] = agreeing.volume[i - 1] * Math.exp(agreeing.close[i] / agreeing.close[i - 1] - 1);
    }
    const whole = buildPanel(agreeing, { featureSet: ['PRICE_VOLUME_AGREEMENT'] });
    // Session 39 has no volume of its own, so that the chain begins anew behind it.
    expect(valueAt(whole, 30, 'PRICE_VOLUME_AGREEMENT')).toBeCloseTo(1, 6);
    expect(Math.abs(valueAt(panel, t, 'PRICE_VOLUME_AGREEMENT'))).toBeLessThan(1);
  });

  it('measures the candle', () => {
    const top = Math.max(open[t], close[t]);
    const bottom = Math.min(open[t], close[t]);
    expect(valueAt(panel, t, 'CANDLE_BODY')).toBeCloseTo(close[t] / open[t] - 1, 6);
    expect(valueAt(panel, t, 'CANDLE_UPPER')).toBeCloseTo((high[t] - top) / open[t], 6);
    expect(valueAt(panel, t, 'CANDLE_LOWER')).toBeCloseTo((bottom - low[t]) / open[t], 6);
  });

  it('makes the sentiment factor of its three parts', () => {
    const crossings = new Set<number>();
    for (let i = 40; i < DAYS; i++) {
      const part = (name: string) => valueAt(panel, i, name);
      if (Number.isNaN(part('SENTIMENT'))) continue;
      crossings.add(part('MACD_CROSSING'));
      expect([-1, 0, 1]).toContain(part('RSI_ZONE'));
      const mean = (part('RSI_ZONE') + 2 * part('BBANDS_POSITION') - 1 + part('MACD_CROSSING')) / 3;
      expect(part('SENTIMENT')).toBeCloseTo(mean, 6);
    }
    expect([...crossings].sort()).toEqual([-1, 0, 1]);
    const rising = codedBars({ symbols: 1, days: 60 });
    for (const prices of [rising.open, rising.high, rising.low, rising.close])
      for (let i = 0; i < prices.length; i++) prices[i] = 10 + i;
    expect(valueAt(buildPanel(rising, { featureSet: ['RSI_ZONE'] }), 59, 'RSI_ZONE')).toBe(1);
  });

  it('flags extremes and the first day after a halt', () => {
    const flagged = (name: string) =>
      Array.from({ length: DAYS }, (_, i) => i).filter((i) => valueAt(panel, i, name) === 1);
    expect(flagged('FLAG_EXTREME')).toEqual([50]);
    expect(flagged('FLAG_THREE_SIGMA')).toEqual([60]);
    expect(flagged('FLAG_BOX_PLOT')).toEqual([60, 61]);
    expect(flagged('FLAG_LIMIT')).toEqual([62]);
    expect(flagged('FLAG_RESUMED')).toEqual([40, 80]);
  });
});
