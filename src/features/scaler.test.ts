import { describe, expect, it } from 'vitest';
import { codedBars } from './coded-bars.fixture.js';
import { buildPanel } from './panel.js';
import { rowsWithin } from './row-mask.js';
import { applyScaler, fitScaler } from './scaler.js';
import type { Panel } from './types.js';

function smallPanel(names: readonly string[], rows: readonly (readonly number[])[]): Panel {
  const values = new Float32Array(new SharedArrayBuffer(rows.length * names.length * 4));
  values.set(rows.flat());
  const whole = (row: readonly number[]) => (row.every(Number.isFinite) ? 1 : 0);
  return {
    symbols: ['A'],
    dates: Int32Array.from(rows, (_, t) => t),
    columns: names.map((name) => ({ name, group: 'technical', formula: '', source: '', lookback: 1 })),
    values,
    complete: Uint8Array.from(rows, whole),
    traded: new Uint8Array(rows.length).fill(1),
  };
}

const { NaN: NONE } = Number;

describe('the scaler', () => {
  const panel = smallPanel(
    ['a', 'constant', 'empty'],
    [
      [1, 0.1, NONE],
      [2, 0.1, NONE],
      [NONE, 0.1, NONE],
      [4, 0.1, 7],
      [1000, 5, 8],
    ],
  );
  const training = Uint8Array.of(1, 1, 1, 1, 0);
  const scaler = fitScaler(panel, training);

  it('fits mean and population standard deviation on the rows it may see, missing values apart', () => {
    // 1, 2, 4: mean 7/3, population variance 14/9 (scikit-learn's StandardScaler uses the same definition).
    expect(scaler.mean[0]).toBeCloseTo(7 / 3, 14);
    expect(scaler.std[0]).toBeCloseTo(Math.sqrt(14) / 3, 14);
    expect(scaler.count).toEqual([3, 4, 1]);
  });

  it('centres constant columns without blowing them up, and says which they are', () => {
    expect(scaler.constant).toEqual(['constant', 'empty']);
    expect([scaler.mean[1], scaler.std[1]]).toEqual([Math.fround(0.1), 1]);
    const unseen = fitScaler(panel, Uint8Array.of(1, 1, 0, 0, 0));
    expect(unseen.empty).toEqual(['empty']);
    expect([unseen.mean[2], unseen.std[2], unseen.count[2]]).toEqual([0, 1, 0]);
  });

  it('scales, clips and counts, missing values becoming 0', () => {
    const { panel: scaled, missing, clipped } = applyScaler(panel, scaler);
    const z = (value: number) => Math.fround((value - scaler.mean[0]) / scaler.std[0]);
    expect(Array.from(scaled.values)).toEqual([
      z(1),
      0,
      0,
      z(2),
      0,
      0,
      0,
      0,
      0,
      z(4),
      0,
      0,
      5,
      Math.fround(5 - Math.fround(0.1)),
      1,
    ]);
    expect({ missing, clipped }).toEqual({ missing: 4, clipped: 1 });
    expect(panel.values[0]).toBe(1);
  });

  it('can leave the tails alone and work in place', () => {
    const copy = { ...panel, values: new Float32Array(new SharedArrayBuffer(panel.values.byteLength)) };
    copy.values.set(panel.values);
    const { panel: scaled, clipped } = applyScaler(copy, scaler, { clipSigma: null, inPlace: true });
    expect(scaled.values).toBe(copy.values);
    expect(scaled.values[12]).toBe(Math.fround((1000 - scaler.mean[0]) / scaler.std[0]));
    expect(clipped).toBe(0);
  });

  it('refuses a panel it was not fitted on', () => {
    expect(() => applyScaler(smallPanel(['b'], [[1]]), scaler)).toThrow(/fitted on a, constant, empty/);
  });

  it('is stable far from zero', () => {
    const far = smallPanel(['x'], [[2 ** 24 - 1], [2 ** 24 - 3]]);
    expect(fitScaler(far, Uint8Array.of(1, 1)).std).toEqual([1]);
  });

  it('does not change when rows outside the training fold do', () => {
    const built = buildPanel(codedBars({ symbols: 3, days: 200 }));
    const days = built.dates;
    const mask = rowsWithin(built, new Uint8Array(600).fill(1), { from: days[95], to: days[149] });
    const before = fitScaler(built, mask);
    for (let row = 0; row < 600; row++) {
      if (mask[row] === 1) continue;
      for (let k = 0; k < built.columns.length; k++) built.values[row * built.columns.length + k] = 1e6 * row;
    }
    expect(fitScaler(built, mask)).toEqual(before);
    expect(before.count[0]).toBe(3 * 55);
  });
});
