import { describe, expect, it } from 'vitest';
import { codedBars } from './coded-bars.fixture.js';
import { buildPanel } from './panel.js';
import { rowsWithin } from './row-mask.js';
import { scaleColumns } from './scale-columns.js';
import { applyScaler, fitScaler } from './scaler.js';
import { selectColumns } from './select-columns.js';

const bars = codedBars({ symbols: 3, days: 120 });
const panel = buildPanel(bars, { featureSet: ['CLOSE', 'SMA_5', 'SMA_20', 'RSI'] });
const days = bars.dates.length;
const training = rowsWithin(panel, new Uint8Array(3 * days).fill(1), { from: bars.dates[0], to: bars.dates[79] });
const chosen = ['SMA_5', 'RSI'];
const selected = selectColumns(panel, chosen);
const scaler = fitScaler(selected, training);

describe('columns standardised into memory used again', () => {
  it('are the bits of a panel selected and scaled by itself, within the sessions asked for, and 0 elsewhere', () => {
    const expected = applyScaler(selected, scaler, { clipSigma: 2 }).panel;
    const into = new Float32Array(new SharedArrayBuffer(panel.values.byteLength)).fill(9);
    const sessions = { start: 40, end: 100 };
    const scaled = scaleColumns(panel, scaler, { clipSigma: 2, sessions, into });
    expect(scaled.columns).toEqual(expected.columns);
    expect(scaled.complete).toEqual(expected.complete);
    const within = expected.values.map((value, i) => {
      const session = Math.floor(i / chosen.length) % days;
      return session >= sessions.start && session < sessions.end ? value : 0;
    });
    expect(within.some((value) => Math.abs(value) === 2)).toBe(true);
    expect(scaled.values).toEqual(within);
  });

  it('leave the wide panel as it is', () => {
    const before = panel.values.slice();
    const into = new Float32Array(new SharedArrayBuffer(panel.values.byteLength));
    scaleColumns(panel, scaler, { clipSigma: 5, sessions: { start: 0, end: days }, into });
    expect(panel.values).toEqual(before);
  });
});
