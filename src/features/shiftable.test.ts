import { describe, expect, it } from 'vitest';
import { createRng } from '../util/index.js';
import { codedBars, FIRST_DAY } from './coded-bars.fixture.js';
import { buildPanel } from './panel.js';
import { shiftableSessions } from './shiftable.js';
import { sampleRows } from './windows.js';

const DAYS = 90;
const SYMBOLS = 5;
const WINDOW = 6;
const MOST = 4;

function market() {
  const rng = createRng(4, 'shiftable');
  const suspended = Array.from({ length: 9 }, () => [rng.int(SYMBOLS), 1 + rng.int(DAYS - 1)] as const);
  return { symbols: SYMBOLS, days: DAYS, listedAt: [0, 0, 13, 40, 70], suspended };
}

const panel = buildPanel(codedBars(market()), { featureSet: ['CLOSE', 'RETURN_5'] });
const universe = new Uint8Array(SYMBOLS * DAYS).fill(1);
const range = { from: FIRST_DAY + 20, to: FIRST_DAY + DAYS - 1 };
const { rows } = sampleRows(panel, universe, null, WINDOW, range);
const shifts = shiftableSessions(panel, rows, WINDOW, MOST);

describe('how far windows may be moved back', () => {
  it('is as far as every window on the way is one that samples could have', () => {
    const whole = new Set(sampleRows(panel, universe, null, WINDOW, { ...range, from: FIRST_DAY }).rows);
    rows.forEach((row, i) => {
      let expected = 0;
      while (expected < MOST && whole.has(row - expected - 1) && (row % DAYS) - expected > 0) expected++;
      expect(shifts[i], `row ${row}`).toBe(expected);
    });
    expect(new Set(shifts)).toEqual(new Set([0, 1, 2, 3, 4]));
  });

  it('never leaves the instrument, never rises, never looks ahead', () => {
    rows.forEach((row, i) => {
      const earliest = row - shifts[i] - WINDOW + 1;
      expect(Math.floor(earliest / DAYS)).toBe(Math.floor(row / DAYS));
      for (let day = earliest; day <= row; day++) expect(panel.complete[day]).toBe(1);
    });
    expect(Math.max(...shifts)).toBeLessThanOrEqual(MOST);
  });

  it('stays the same when the days after a sample are changed', () => {
    const cut = 60;
    const complete = panel.complete.slice();
    for (let row = 0; row < complete.length; row++) if (row % DAYS > cut) complete[row] = row % 2;
    const before = rows.filter((row) => row % DAYS <= cut);
    const changed = shiftableSessions({ complete, dates: panel.dates }, before, WINDOW, MOST);
    expect(changed).toEqual(shifts.filter((_, i) => rows[i] % DAYS <= cut));
    expect(before.length).toBeGreaterThan(50);
  });

  it('does not reach the neighbour above, whose rows lie before', () => {
    const complete = new Uint8Array(2 * 10).fill(1);
    const at = shiftableSessions({ complete, dates: new Int32Array(10) }, Int32Array.of(9, 12, 14), 3, 200);
    expect([...at]).toEqual([7, 0, 2]);
  });
});
