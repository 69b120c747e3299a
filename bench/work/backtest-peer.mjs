// What both engines of a comparison read: total-return closes without gaps, and who is a member when.

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Bars without gaps, suspensions and actions, from adjusted closes; they open at the close before, the price at which the
 * peer is told to trade. What is left is the arithmetic of the two engines.
 */
export function filledBars({ bars }) {
  const cells = bars.close.length;
  const sessions = bars.dates.length;
  const [open, close] = [new Float64Array(cells).fill(Number.NaN), new Float64Array(cells).fill(Number.NaN)];
  for (let cell = 0; cell < cells; cell++) {
    const before = cell % sessions === 0 ? Number.NaN : close[cell - 1];
    const sound = bars.close[cell] > 0 && bars.adjFactor[cell] > 0 && (bars.flags[cell] & 1) === 0;
    close[cell] = sound ? bars.close[cell] * bars.adjFactor[cell] : before;
    open[cell] = Number.isNaN(before) ? close[cell] : before;
  }
  const none = new Uint8Array(cells);
  const high = open.map((value, cell) => Math.max(value, close[cell]));
  const low = open.map((value, cell) => Math.min(value, close[cell]));
  const ones = new Float64Array(cells).fill(1);
  const same = { symbols: bars.symbols, dates: bars.dates, amount: null, suspended: none, st: none, flags: none };
  return { ...same, open, high, low, close, volume: ones, adjFactor: ones };
}

/** `market.json`, `close.bin` (float64) and `universe.bin` (bytes), [session × symbol]. */
export function writeForPeer(folder, { symbols, dates, close }, universe) {
  const closes = new Float64Array(close.length);
  const members = new Uint8Array(close.length);
  for (let s = 0; s < symbols.length; s++) {
    for (let d = 0; d < dates.length; d++) {
      closes[d * symbols.length + s] = close[s * dates.length + d];
      members[d * symbols.length + s] = universe[s * dates.length + d];
    }
  }
  writeFileSync(join(folder, 'close.bin'), closes);
  writeFileSync(join(folder, 'universe.bin'), members);
  writeFileSync(
    join(folder, 'market.json'),
    JSON.stringify({ sessions: dates.length, symbols: symbols.length, first: 0 }),
  );
}
