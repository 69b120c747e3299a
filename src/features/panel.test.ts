import { describe, expect, it } from 'vitest';
import { rsi, sma } from '../indicators/index.js';
import type { BarMatrix } from '../market/index.js';
import { codedBars, codedPrice, codedVolume, noisyAfter, sessionsOf } from './coded-bars.fixture.js';
import { FEATURE_COLUMNS } from './feature-set.js';
import { buildPanel } from './panel.js';
import { selectColumns } from './select-columns.js';
import type { Panel } from './types.js';

const ALL = ['price-volume', 'technical', 'trend', 'sentiment'];
const DAYS = 150;
const bars = codedBars({
  symbols: 4,
  days: DAYS,
  withAmount: true,
  listedAt: [0, 0, 30, 200],
  suspended: [
    [1, 60],
    [1, 61],
  ],
  misrecorded: [[0, 70]],
});
const panel = buildPanel(bars, { featureSet: ALL });

function valueAt(of: Panel, s: number, t: number, name: string): number {
  const k = of.columns.findIndex((column) => column.name === name);
  return of.values[(s * of.dates.length + t) * of.columns.length + k];
}

/** Row t of every symbol, of every feature. */
function rowsUpTo(of: Panel, days: number): Float32Array[] {
  const width = of.columns.length;
  return of.symbols.map((_, s) => {
    const first = s * of.dates.length * width;
    return of.values.slice(first, first + days * width);
  });
}

function map(values: Float64Array, change: (value: number, session: number) => number): Float64Array {
  return values.map((value, cell) => change(value, cell % DAYS));
}

describe('the panel', () => {
  it('has the values of each instrument, day and column in their own place', () => {
    const factor = (s: number, t: number) => 1 + 0.1 * s + (t >= 40 ? 0.05 : 0);
    const adjusted = (s: number, t: number, column: 'open' | 'high' | 'low' | 'close') =>
      codedPrice(s, t, column) * factor(s, t);
    for (const [s, t, previous] of [
      [0, 1, 0],
      [0, 40, 39],
      [0, 71, 69],
      [1, 100, 99],
      [1, 62, 59],
      [2, 31, 30],
      [2, 149, 148],
    ]) {
      for (const name of ['open', 'high', 'low', 'close'] as const) {
        const expected = adjusted(s, t, name) / adjusted(s, previous, 'close') - 1;
        expect(valueAt(panel, s, t, name.toUpperCase())).toBe(Math.fround(expected));
      }
    }
    const volumes = Array.from({ length: 20 }, (_, i) => codedVolume(2, 100 + i) / factor(2, 100));
    const mean = volumes.reduce((sum, volume) => sum + volume, 0) / 20;
    expect(valueAt(panel, 2, 119, 'VOLUME')).toBeCloseTo(Math.log(volumes[19] / mean), 6);
  });

  it('computes indicators on the adjusted prices of the trading days only', () => {
    const days = Array.from({ length: DAYS }, (_, t) => t).filter((t) => t !== 60 && t !== 61);
    const close = Float64Array.from(days, (t) => codedPrice(1, t, 'close') * (1.1 + (t >= 40 ? 0.05 : 0)));
    const expectedRsi = rsi(close);
    const expectedSma = sma(close, 5);
    for (const [i, t] of days.entries()) {
      expect(valueAt(panel, 1, t, 'RSI')).toBe(Math.fround(expectedRsi[i]));
      expect(valueAt(panel, 1, t, 'SMA_5')).toBe(Math.fround(expectedSma[i] / close[i] - 1));
    }
  });

  it('has nothing on days without a usable bar, and counts only full rows as complete', () => {
    const width = panel.columns.length;
    for (let row = 0; row < panel.complete.length; row++) {
      const s = Math.floor(row / DAYS);
      const t = row % DAYS;
      const idle = s === 3 || (s === 2 && t < 30) || (s === 1 && (t === 60 || t === 61)) || (s === 0 && t === 70);
      const values = panel.values.subarray(row * width, (row + 1) * width);
      expect(panel.traded[row]).toBe(idle ? 0 : 1);
      if (idle) expect(values.every(Number.isNaN)).toBe(true);
      expect(panel.complete[row]).toBe(values.some(Number.isNaN) ? 0 : 1);
    }
    // TRIX has the longest warm-up, 89 trading days; symbol 1 loses two days to the suspension.
    expect([0, 1, 2].map((s) => panel.complete.subarray(s * DAYS, (s + 1) * DAYS).indexOf(1))).toEqual([89, 90, 118]);
  });

  it('defines each column from its lookback on', () => {
    for (const { name, lookback } of FEATURE_COLUMNS.filter(({ group }) => ALL.includes(group))) {
      expect([name, valueAt(panel, 2, 30 + lookback - 2, name)]).toEqual([name, Number.NaN]);
      expect([name, Number.isNaN(valueAt(panel, 2, 30 + lookback - 1, name))]).toEqual([name, false]);
    }
  });

  it('is bit-identical up to any day when the days after it are dropped', () => {
    for (const days of [1, 39, 60, 62, 71, 118, DAYS - 1]) {
      const shorter = buildPanel(sessionsOf(bars, 0, days), { featureSet: ALL });
      expect(rowsUpTo(shorter, days)).toEqual(rowsUpTo(panel, days));
    }
  });

  it('is bit-identical up to any day when the days after it become noise', () => {
    for (const days of [62, 100, 130]) {
      const spoilt = buildPanel(noisyAfter(bars, days), { featureSet: ALL });
      expect(rowsUpTo(spoilt, days)).toEqual(rowsUpTo(panel, days));
      expect(rowsUpTo(spoilt, DAYS)).not.toEqual(rowsUpTo(panel, DAYS));
    }
  });

  it('sees neither a split nor the currency', () => {
    const split: BarMatrix = {
      ...bars,
      open: map(bars.open, (price, t) => (t >= 90 ? price / 2 : price)),
      high: map(bars.high, (price, t) => (t >= 90 ? price / 2 : price)),
      low: map(bars.low, (price, t) => (t >= 90 ? price / 2 : price)),
      close: map(bars.close, (price, t) => (t >= 90 ? price / 2 : price)),
      volume: map(bars.volume, (volume, t) => (t >= 90 ? volume * 2 : volume)),
      adjFactor: map(bars.adjFactor, (factor, t) => (t >= 90 ? factor * 2 : factor)),
    };
    expect(buildPanel(split, { featureSet: ALL }).values).toEqual(panel.values);
    const scaled = buildPanel(
      { ...bars, adjFactor: bars.adjFactor.map((factor) => factor * 1024) },
      { featureSet: ALL },
    );
    expect(scaled.values).toEqual(panel.values);
  });

  it('does not depend on where history began, beyond the fading memory of recursive indicators', () => {
    const long = codedBars({ symbols: 1, days: 900 });
    const whole = buildPanel(long, { featureSet: ALL });
    const late = buildPanel(sessionsOf(long, 300, 900), { featureSet: ALL });
    for (const { name, source } of late.columns) {
      const tolerance = source.includes('recursive') ? 1e-3 : 2e-6;
      const expected = valueAt(whole, 0, 899, name);
      expect(Math.abs(valueAt(late, 0, 599, name) - expected), name).toBeLessThan(
        tolerance * Math.max(1, Math.abs(expected)),
      );
    }
  });

  it('treats instruments independently of each other', () => {
    const alone = codedBars({ symbols: 1, days: DAYS, withAmount: true, misrecorded: [[0, 70]] });
    expect(rowsUpTo(buildPanel(alone, { featureSet: ALL }), DAYS)[0]).toEqual(rowsUpTo(panel, DAYS)[0]);
  });

  it('has 5 price-volume and 32 technical columns by default where the source has no amounts', () => {
    const columns = buildPanel({ ...bars, amount: null }).columns;
    expect(columns.filter(({ group }) => group === 'price-volume').map(({ name }) => name)).toEqual([
      'OPEN',
      'HIGH',
      'LOW',
      'CLOSE',
      'VOLUME',
    ]);
    expect(columns.filter(({ group }) => group === 'technical')).toHaveLength(32);
    expect(columns).toHaveLength(37);
  });

  it('gives a part of a family when only that is asked for', () => {
    const part = buildPanel(bars, { featureSet: ['MACD_SIGNAL', 'CLOSE'] });
    expect(part.columns.map(({ name }) => name)).toEqual(['CLOSE', 'MACD_SIGNAL']);
    expect(part.values).toEqual(selectColumns(panel, ['MACD_SIGNAL', 'CLOSE']).values);
    expect(part.complete).toEqual(selectColumns(panel, ['MACD_SIGNAL', 'CLOSE']).complete);
  });
});
