import { expect, it } from 'vitest';
import { gatherWindows } from './windows.js';

it('gathers whole windows, each ending on its row; the value names row and feature', () => {
  const values = new Float32Array(new SharedArrayBuffer(4 * 12 * 2));
  values.forEach((_, i) => {
    values[i] = 10 * Math.floor(i / 2) + (i % 2);
  });
  const out = new Float32Array(12).fill(-1);
  gatherWindows({ values, features: 2, window: 3 }, Int32Array.of(11, 2, 7), 2, out.subarray(0, 12));
  expect([...out]).toEqual([90, 91, 100, 101, 110, 111, 0, 1, 10, 11, 20, 21]);
});
