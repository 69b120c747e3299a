import { describe, expect, it } from 'vitest';
import { createRng } from '../util/index.js';
import { flattenedWindows, startOf } from './design.js';
import { summarise } from './summary.js';

describe('window summaries', () => {
  it('are last, mean, population deviation and least-squares slope, worked out by hand', () => {
    // Feature 0 over the window: 1, 2, 4, 9; feature 1: 5, 5, 5, 5. The first row lies before the window.
    const panel = Float32Array.of(99, 99, 1, 5, 2, 5, 4, 5, 9, 5);
    const { values, width } = summarise(panel, 2, 4, Int32Array.of(4));
    expect(width).toBe(8);
    // Slope: Σ (t − 1.5)(x − x̄) / Σ (t − 1.5)² = 13 / 5.
    const expected = [9, 5, 4, 5, Math.fround(Math.sqrt(9.5)), 0, Math.fround(2.6), 0];
    expect([...values]).toEqual(expected.map(Math.fround));
  });

  it('keep the deviation of a feature far from zero', () => {
    const panel = Float32Array.of(10_000, 10_000.5, 10_001, 10_001.5);
    expect(summarise(panel, 1, 4, Int32Array.of(3)).values[2]).toBeCloseTo(Math.sqrt(0.3125), 6);
  });

  it('have no slope and no deviation over a single day', () => {
    expect([...summarise(Float32Array.of(3), 1, 1, Int32Array.of(0)).values]).toEqual([3, 3, 0, 0]);
  });
});

describe('flattened windows', () => {
  it('begin where the window does', () => {
    const values = new Float32Array(new SharedArrayBuffer(4 * 40));
    const rng = createRng(3);
    values.forEach((_, i) => {
      values[i] = rng.normal();
    });
    const design = flattenedWindows(values, 4, 3, Int32Array.of(2, 9));
    expect([startOf(design, 0), startOf(design, 1), design.width]).toEqual([0, 28, 12]);
  });
});
