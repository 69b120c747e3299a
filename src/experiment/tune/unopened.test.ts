import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type MarketStore, openMarketStore } from '../../market/index.js';
import { formatDay, parseDay, silentProgress } from '../../util/index.js';
import { loadConfig } from '../config/load.js';
import { synthesiseStore } from '../stores/make-stores.js';
import { searchSetup } from './candidates.js';
import { searchOn } from './run-tune.js';

const CONFIG = `market: { store: store, index: synthetic }
split: { train: [2016-01-04, 2016-08-31], validate: [2016-09-01, 2016-12-30], test: [2017-01-03, 2017-03-31] }
features: { groups: [price-volume], window: 8 }
label: { kind: volatility, volatilityDays: 20 }
model: { filters: [2, 2], hidden: 2, dense: 2 }
training: { workers: 1, batchSize: 32, maxEpochs: 1 }
portfolio: { k: 2 }
tune: { space: { training.learningRate: { log: [1.0e-3, 1.0e-2] } }, method: random, trials: 2, folds: 2, validateDays: 15 }
`;

let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'candlenet-unopened-'));
  const market = { kind: 'planted', seed: 2, symbols: 6, days: 330 } as const;
  await synthesiseStore(join(folder, 'store'), market, { progress: silentProgress });
  writeFileSync(join(folder, 'c.yaml'), CONFIG);
});
afterAll(() => rmSync(folder, { recursive: true }));

/** A store that notes up to which day it is read, the calendar apart. */
function watched(store: MarketStore): { readonly store: MarketStore; readonly asked: number[] } {
  const asked: number[] = [];
  const noting = new Proxy(store, {
    get(target, name, receiver) {
      const value: unknown = Reflect.get(target, name, receiver);
      if (typeof value !== 'function' || name === 'readCalendar') return value;
      return (...args: unknown[]) => {
        for (const arg of args) {
          if (typeof arg === 'object' && arg !== null && 'asOf' in arg) asked.push(arg.asOf as number);
        }
        return value.apply(target, args);
      };
    },
  });
  return { store: noting, asked };
}

describe('a search', () => {
  it('never reads the days that judge a run', async () => {
    const { store, asked } = watched(await openMarketStore(join(folder, 'store')));
    expect(formatDay(store.lastDay) >= '2017-03-31').toBe(true);
    const loaded = loadConfig(join(folder, 'c.yaml'));
    const services = { progress: silentProgress, runsFolder: join(folder, 'runs') };
    const { report } = await searchOn(store, searchSetup(loaded), loaded, services);
    expect(report.trials).toHaveLength(2);
    expect(asked.length).toBeGreaterThan(4);
    expect(Math.max(...asked)).toBe(parseDay('2016-12-30'));
  }, 60_000);
});
