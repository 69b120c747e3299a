import type { WindowSource } from './protocol.js';

/** Copies the windows that end on `rows[0 … count − 1]` behind one another: [count × window × features]. */
export function gatherWindows(source: WindowSource, rows: Int32Array, count: number, out: Float32Array): void {
  const { values, features, window } = source;
  const size = window * features;
  for (let i = 0; i < count; i++) {
    const end = (rows[i] + 1) * features;
    out.set(values.subarray(end - size, end), i * size);
  }
}
