import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { evaluateExpressions } from '../../features/index.js';
import { generateMarket, openMarketStore, writeMarketStore } from '../../market/index.js';
import { readParquet, type TableSchema } from '../../tables/index.js';
import { parseDay, silentProgress } from '../../util/index.js';
import { exportFeatures, renderFeatureTable } from './export-features.js';

const folder = mkdtempSync(join(tmpdir(), 'candlenet-features-'));
const store = join(folder, 'store');
const services = { progress: silentProgress };

beforeAll(async () => {
  await writeMarketStore(store, generateMarket({ kind: 'planted', symbols: 8, days: 500, seed: 7, withTruth: false }));
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('a table of features', () => {
  it('holds the 86 columns of the paper, a row a traded day, and ranks within 0 … 1', async () => {
    const out = join(folder, 'paper.parquet');
    const summary = await exportFeatures(store, out, { groups: ['paper'] }, services);
    expect(summary.omitted).toEqual([]);
    expect(summary.columns).toHaveLength(86);
    const schema: TableSchema = {
      symbol: 'string',
      date: 'day',
      CLOSE: 'float32',
      CPI: 'float32',
      ROE: 'float32',
      PB: 'float32',
      NEWS_SCORE: 'float32',
    };
    const table = await readParquet(out, schema);
    expect(table.length).toBe(summary.rows);
    expect(table.length).toBeGreaterThan(8 * 400);
    for (const name of ['CPI', 'ROE', 'PB', 'NEWS_SCORE']) {
      const there = (table.columns[name] as Float32Array).filter((value) => !Number.isNaN(value));
      expect([name, there.length > table.length / 4]).toEqual([name, true]);
      if (name === 'ROE' || name === 'PB') expect(there.every((value) => value >= 0 && value <= 1)).toBe(true);
    }
    expect(renderFeatureTable(summary)).toContain('86 features of 8 stocks');
  });

  it('says the same of a day whether or not it is the last', async () => {
    const to =
      parseDay((await exportFeatures(store, join(folder, 'a.parquet'), { groups: ['full'] }, services)).to) - 40;
    const schema: TableSchema = {
      symbol: 'string',
      date: 'day',
      RSI: 'float32',
      CPI: 'float32',
      ROE: 'float32',
      NEWS_COUNT: 'float32',
      SENTIMENT: 'float32',
    };
    await exportFeatures(store, join(folder, 'b.parquet'), { groups: ['full'], from: to - 20, to }, services);
    const part = await readParquet(join(folder, 'b.parquet'), schema);
    const whole = await readParquet(join(folder, 'a.parquet'), schema, {
      where: [{ column: 'date', min: to - 20, max: to }],
    });
    expect(part.length).toBeGreaterThan(0);
    expect(part).toEqual(whole);
  });

  it('holds Alpha158 and expressions beside groups, the same values as the panel', async () => {
    const out = join(folder, 'own.parquet');
    const expressions = { reversal: 'mean(close, 5) / close - 1', order: 'rank(volume)' };
    const { columns } = await exportFeatures(store, out, { groups: ['RSI', 'alpha158'], expressions }, services);
    expect(columns).toHaveLength(1 + 158 + 2);
    const schema = {
      symbol: 'string',
      date: 'day',
      RSI: 'float32',
      ROC20: 'float32',
      reversal: 'float32',
      order: 'float32',
    } as const;
    const table = await readParquet(out, schema);
    const opened = await openMarketStore(store);
    const bars = await opened.readBars({ asOf: opened.lastDay });
    const [reversal] = evaluateExpressions(bars, [expressions.reversal]);
    const rowOf = new Map(bars.symbols.map((symbol, s) => [symbol, s * bars.dates.length]));
    const sessionOf = new Map(Array.from(bars.dates, (date, t) => [date, t]));
    const { columns: own } = table;
    let compared = 0;
    for (let i = 0; i < table.length; i++) {
      const cell = (rowOf.get(own.symbol[i]) ?? Number.NaN) + (sessionOf.get(own.date[i]) ?? Number.NaN);
      if (!Object.is(own.reversal[i], reversal[cell])) expect([i, own.reversal[i]]).toEqual([i, reversal[cell]]);
      compared += Number.isFinite(reversal[cell]) ? 1 : 0;
    }
    expect(compared).toBeGreaterThan(8 * 400);
    expect(own.order.every((rank) => Number.isNaN(rank) || (rank > 0 && rank <= 1))).toBe(true);
  });

  it('refuses an expression under the name of a key', async () => {
    const options = { groups: [], expressions: { date: 'close' } };
    await expect(exportFeatures(store, join(folder, 'd.parquet'), options, services)).rejects.toThrow('found "date"');
  });

  it('refuses unknown names', async () => {
    await expect(exportFeatures(store, join(folder, 'c.parquet'), { groups: ['RSJ'] }, services)).rejects.toMatchObject(
      {
        code: 'CONFIG_INVALID',
      },
    );
  });
});
