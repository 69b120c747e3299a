import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import {
  generateMarket,
  type MarketStore,
  openMarketStore,
  SYNTHETIC_INDEX,
  writeMarketStore,
} from '../../market/index.js';
import { sha256 } from '../../util/index.js';
import { parseConfig } from '../config/load.js';
import { openStudy } from './study.js';

const started = vi.hoisted(() => ({ threads: 0 }));
vi.mock('node:worker_threads', async (original) => {
  const real = await original<typeof import('node:worker_threads')>();
  class Worker extends real.Worker {
    constructor(...given: ConstructorParameters<typeof real.Worker>) {
      started.threads++;
      super(...given);
    }
  }
  return { ...real, Worker };
});

let folder: string;
let store: MarketStore;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'candlenet-panel-workers-'));
  const options = { kind: 'null', symbols: 120, days: 1300, seed: 8, withTruth: false } as const;
  await writeMarketStore(folder, generateMarket(options));
  store = await openMarketStore(folder);
});
beforeEach(() => {
  started.threads = 0;
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The panel of a run, with features of every kind: of one stock, across stocks, from dated tables, expressions of the user's own. */
async function panelOf(workers: number) {
  const config = parseConfig(
    {
      market: { store: folder, index: SYNTHETIC_INDEX },
      features: {
        groups: ['paper'],
        expressions: { MEAN_5: 'mean(close, 5) / close - 1', RANK_20: 'rank(close / ref(close, 20))' },
      },
      split: {
        train: ['2017-06-01', '2018-12-28'],
        validate: ['2019-01-21', '2019-06-28'],
        test: ['2019-07-15', '2020-06-30'],
      },
      training: { workers },
    },
    'c.yaml',
  );
  const { raw } = await openStudy(config, store);
  return { columns: raw.columns.length, size: raw.values.length, hash: sha256(raw.values, raw.complete, raw.traded) };
}

it('is the same panel with one worker as with two, which fill a large one together', async () => {
  const alone = await panelOf(1);
  expect(started.threads).toBe(0);
  const together = await panelOf(2);
  expect(started.threads).toBeGreaterThan(0);
  expect(alone.columns).toBeGreaterThan(80);
  expect(together).toEqual(alone);
});
