import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  generateMarket,
  type MarketStore,
  openMarketStore,
  SYNTHETIC_INDEX,
  writeMarketStore,
} from '../../market/index.js';
import { parseConfig } from '../config/load.js';
import { readInputs } from './market-inputs.js';

const configOf = (screening: unknown) =>
  parseConfig(
    {
      market: { store: 'store', index: SYNTHETIC_INDEX },
      screening,
      split: {
        train: ['2010-01-04', '2010-06-30'],
        validate: ['2010-07-01', '2010-08-31'],
        test: ['2010-09-01', '2010-12-31'],
      },
    },
    'c.yaml',
  );

describe('screening of an experiment’s universe', () => {
  let folder: string;
  let store: MarketStore;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'candlenet-screening-'));
    const market = generateMarket({ kind: 'null', symbols: 12, days: 300, seed: 5, withTruth: false });
    market.bars.st?.fill(1, 5, 9);
    await writeMarketStore(join(folder, 'store'), {
      ...market,
      instruments: market.instruments.map((one, s) => (s === 0 ? { ...one, listDate: market.bars.dates[0] } : one)),
    });
    store = await openMarketStore(join(folder, 'store'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const inputsOf = (screening: unknown) => readInputs(configOf(screening), store, store.lastDay);

  it('is off unless asked for', async () => {
    const { universe, screening } = await inputsOf(null);
    expect(screening).toBeNull();
    expect(universe.some((cell) => cell === 1)).toBe(true);
  });

  it('narrows the universe and counts what it dropped', async () => {
    const whole = await inputsOf(null);
    const { universe, screening, bars } = await inputsOf({ minListedYears: 1 });
    const dropped = whole.universe.reduce((sum, cell, at) => sum + (cell - universe[at]), 0);
    expect(dropped).toBeGreaterThan(0);
    expect(screening?.before).toBe((screening?.after ?? 0) + dropped);
    expect(whole.universe.every((cell, at) => cell >= universe[at])).toBe(true);
    expect([...universe.subarray(0, bars.dates.length)].slice(0, 200)).toEqual(new Array(200).fill(0));
  });

  it('offers no rule on how a listing ended', () => {
    expect(() => configOf({ delisted: true })).toThrow(/screening.*delisted/);
  });
});
