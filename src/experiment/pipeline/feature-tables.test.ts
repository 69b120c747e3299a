import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { generateMarket, type MarketStore, openMarketStore, writeMarketStore } from '../../market/index.js';
import { parseConfig } from '../config/load.js';
import { readFeatureTables } from './feature-tables.js';
import { prepare } from './prepare.js';

const folder = mkdtempSync(join(tmpdir(), 'candlenet-tables-'));
afterAll(() => rmSync(folder, { recursive: true }));

let store: MarketStore;
/** The same store, which tells what of it was read. */
let watched: MarketStore;
let read: string[];
beforeAll(async () => {
  await writeMarketStore(folder, generateMarket({ kind: 'planted', symbols: 10, days: 480, seed: 2 }));
  store = await openMarketStore(folder);
  read = [];
  const note =
    <A, R>(name: string, of: (argument: A) => R) =>
    (argument: A) => {
      read.push(name);
      return of(argument);
    };
  watched = {
    ...store,
    readFundamentals: note('fundamentals', store.readFundamentals),
    readValuations: note('valuations', store.readValuations),
    readMacro: note('macro', store.readMacro),
    readNews: note('news', store.readNews),
  };
});

async function readFor(...groups: string[]): Promise<{ read: string[]; there: string[] }> {
  read = [];
  const tables = await readFeatureTables(watched, store.lastDay, groups);
  const there = Object.entries(tables).flatMap(([name, table]) => (table === null ? [] : [name]));
  return { read: read.toSorted(), there: there.sort() };
}

describe('the tables of features', () => {
  it.each([
    [['price-volume', 'technical', 'trend', 'sentiment', 'flag', 'alpha158'], []],
    [['CLOSE', 'CPI'], ['macro']],
    [['NEWS_COUNT'], ['news']],
    [['ROE'], ['fundamentals']],
    [['PB'], ['valuations']],
    [['fundamental'], ['fundamentals', 'valuations']],
    [['paper'], ['fundamentals', 'macro', 'news', 'valuations']],
    [['full'], ['fundamentals', 'macro', 'news', 'valuations']],
  ])('of %j are %j, and no other is read', async (groups, expected) => {
    expect(await readFor(...groups)).toEqual({ read: expected, there: expected });
  });

  it('gives every piece of news a score', async () => {
    const { news } = await readFeatureTables(store, store.lastDay, ['news']);
    expect(news!.length).toBeGreaterThan(0);
    expect(news!.columns.score.every(Number.isFinite)).toBe(true);
  });

  it('leave a run that asks for none with what its strategies rank by', async () => {
    const config = (value: object | false) =>
      parseConfig(
        {
          market: { store: 'unused', index: 'synthetic' },
          split: {
            train: ['2016-01-04', '2016-12-30'],
            validate: ['2017-01-02', '2017-05-31'],
            test: ['2017-06-01', '2017-10-31'],
          },
          portfolio: { strategies: { value } },
        },
        'tables test',
      );
    read = [];
    await prepare(config({}), watched);
    // The one-year government yield is among the series: the risk-free rate.
    expect(read).toEqual(['valuations', 'macro']);
    read = [];
    await prepare(config(false), watched);
    expect(read).toEqual(['macro']);
  });
});
