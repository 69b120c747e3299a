import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { generateMarket, openMarketStore, SYNTHETIC_INDEX, writeMarketStore } from '../../market/index.js';
import { parseConfig } from '../config/load.js';
import { prepare } from './prepare.js';

let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'candlenet-validation-'));
  const market = generateMarket({ kind: 'null', symbols: 20, days: 300, seed: 6, withTruth: false, withFacts: false });
  await writeMarketStore(folder, market);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function validated(validationSamples: number | null) {
  const config = parseConfig(
    {
      market: { store: folder, index: SYNTHETIC_INDEX },
      features: { groups: ['price-volume'] },
      split: {
        train: ['2016-04-01', '2016-09-30'],
        validate: ['2016-10-08', '2016-11-30'],
        test: ['2016-12-01', '2017-01-31'],
      },
      training: { validationSamples },
    },
    'c.yaml',
  );
  const { data, samples } = await prepare(config, await openMarketStore(folder));
  return { train: data.train, validation: data.validation, counted: samples.validation };
}

it('draws as many as are asked for, once, each with its own class, and leaves training alone', async () => {
  const [all, some, again, beyond] = await Promise.all([null, 100, 100, 1e6].map(validated));
  expect(all.validation.rows.length).toBeGreaterThan(300);
  expect([some.validation.rows.length, some.counted]).toEqual([100, 100]);
  const classOf = new Map(Array.from(all.validation.rows, (row, i) => [row, all.validation.classes[i]]));
  expect(Array.from(some.validation.rows, (row) => classOf.get(row))).toEqual([...some.validation.classes]);
  expect(new Set(some.validation.rows).size).toBe(100);
  expect(again.validation).toEqual(some.validation);
  expect(beyond.validation).toEqual(all.validation);
  expect(some.train).toEqual(all.train);
});
