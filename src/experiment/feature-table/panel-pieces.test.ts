import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { buildPanel } from '../../features/index.js';
import { generateMarket } from '../../market/index.js';
import { readParquet } from '../../tables/index.js';
import { writePanelTable } from './panel-pieces.js';

const folder = mkdtempSync(join(tmpdir(), 'candlenet-pieces-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

// Several pieces: 36,000 cells, a fifth of the stocks listed late or gone early.
const { bars } = generateMarket({ kind: 'null', symbols: 60, days: 600, seed: 4, withTruth: false, withFacts: false });
const panel = buildPanel(bars, { featureSet: ['price-volume', 'RSI'] });

describe('a panel written as a table', () => {
  it.each([0, 250, 599, 600])('has every traded row from session %i on, in order, and says which', async (start) => {
    const from = start < 600 ? bars.dates[start] : bars.dates[599] + 1;
    const path = join(folder, `${start}.parquet`);
    const facts = await writePanelTable(path, panel, from);
    const schema = { symbol: 'string', date: 'day', OPEN: 'float32', RSI: 'float32' } as const;
    const { columns, length } = await readParquet(path, schema);
    const width = panel.columns.length;
    const [open, rsi] = ['OPEN', 'RSI'].map((name) => panel.columns.findIndex((column) => column.name === name));
    let row = 0;
    for (let cell = 0; cell < panel.traded.length; cell++) {
      if (panel.traded[cell] === 0 || cell % 600 < start) continue;
      const written = [columns.symbol[row], columns.date[row], columns.OPEN[row], columns.RSI[row]];
      const { values } = panel;
      const expected = [bars.symbols[Math.floor(cell / 600)], bars.dates[cell % 600], values[cell * width + open]];
      if (!Object.is(String(written), String([...expected, values[cell * width + rsi]]))) expect.fail(`row ${row}`);
      row++;
    }
    expect(length).toBe(row);
    const days = columns.date;
    expect(facts).toEqual({
      rows: row,
      symbols: new Set(columns.symbol).size,
      firstDay: row > 0 ? days.reduce((a, b) => Math.min(a, b)) : null,
      lastDay: row > 0 ? days.reduce((a, b) => Math.max(a, b)) : null,
    });
    if (start === 0) expect(row).toBeGreaterThan(2 * 16_384 - 1);
  });
});
