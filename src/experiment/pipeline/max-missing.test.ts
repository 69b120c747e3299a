import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { generateMarket, openMarketStore, SYNTHETIC_INDEX, writeMarketStore } from '../../market/index.js';
import { parseDay, silentProgress } from '../../util/index.js';
import { parseConfig } from '../config/load.js';
import { dataSection } from './data-section.js';
import { prepare } from './prepare.js';

const TRAIN = ['2016-04-01', '2016-09-30'] as const;
const TEST = ['2016-12-01', '2017-01-31'] as const;
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'candlenet-missing-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A market whose source lacks the amount of `every`-th stock within a period. */
async function preparedWithout([from, to]: readonly [string, string], every: number) {
  const market = generateMarket({ kind: 'null', symbols: 20, days: 300, seed: 6, withTruth: false, withFacts: false });
  const { dates, amount } = market.bars;
  amount?.forEach((_, cell) => {
    const day = dates[cell % dates.length];
    const stock = Math.floor(cell / dates.length);
    if (day >= parseDay(from) && day <= parseDay(to) && stock % every === 0) amount[cell] = Number.NaN;
  });
  const store = join(folder, `${from}-${every}`);
  await writeMarketStore(store, market);
  const config = parseConfig(
    {
      market: { store, index: SYNTHETIC_INDEX },
      features: { groups: ['price-volume'] },
      split: { train: [...TRAIN], validate: ['2016-10-08', '2016-11-30'], test: [...TEST] },
    },
    'c.yaml',
  );
  const prepared = await prepare(config, await openMarketStore(store));
  return { prepared, config, names: prepared.panel.columns.map(({ name }) => name) };
}

it('leaves out a column that misses too much in training, says so, and tells how much', async () => {
  const { prepared, config, names } = await preparedWithout(TRAIN, 10);
  expect(names).not.toContain('AMOUNT');
  const reason = prepared.omitted.find(({ name }) => name === 'AMOUNT')?.reason;
  expect(reason).toMatch(/^\d+\.\d % missing in training, more than maxMissing$/);
  const { groups, maxMissing } = await dataSection(prepared, config, { progress: silentProgress });
  expect(maxMissing).toBe(0.05);
  const [{ group, used, leftOut }] = groups;
  expect([group, used, leftOut.map(({ name }) => name)]).toEqual(['price-volume', 5, ['AMOUNT']]);
  expect(leftOut[0].missingShare).toBeGreaterThan(0.05);
});

it('keeps a column that misses less than that', async () => {
  const { names } = await preparedWithout(['2016-04-01', '2016-04-15'], 10);
  expect(names).toContain('AMOUNT');
});

it('judges by the training days alone: what is missing later decides nothing', async () => {
  const { names } = await preparedWithout(TEST, 2);
  expect(names).toContain('AMOUNT');
});
