import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { auditPipeline } from '../../../src/experiment/index.js';
import { type MarketTables, openMarketStore, writeMarketStore } from '../../../src/market/index.js';
import { plantedMarket } from './market.fixture.js';

const folder = mkdtempSync(join(tmpdir(), 'candlenet-sources-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** What the audit says of where a store comes from, whatever a pipeline makes of it. */
async function judged(name: string, market: MarketTables): Promise<Record<string, string>> {
  await writeMarketStore(join(folder, name), market);
  const store = await openMarketStore(join(folder, name));
  const idle = { name, build: async () => ({ artefacts: [], provenance: { index: 'synthetic' } }) };
  const { provenance } = await auditPipeline(idle, store, { cuts: [store.firstDay] });
  return Object.fromEntries(provenance.map(({ check, status }) => [check, status]));
}

it('finds nothing in a store that is dated', async () => {
  expect(Object.values(await judged('dated', plantedMarket()))).not.toContain('fail');
});

it('names disclosures and releases dated on the end of their period', async () => {
  const found = await judged('undated', plantedMarket({ disclosure: 0, release: 0 }));
  expect(found).toMatchObject({ 'announcement-dates': 'fail', 'release-dates': 'fail' });
});

it('names factors that are adjusted forward, and today’s members taken for those of the past', async () => {
  const market = plantedMarket();
  const { bars } = market;
  const days = bars.dates.length;
  const adjFactor = bars.adjFactor.slice();
  for (let first = 0; first < adjFactor.length; first += days) {
    const factors = adjFactor.subarray(first, first + days);
    const last = factors.findLast((factor) => factor > 0) ?? 1;
    for (let t = 0; t < days; t++) factors[t] /= last;
  }
  const to = bars.dates[days - 1];
  const members = market.members.filter((spell) => spell.to === to).map((spell) => ({ ...spell, from: bars.dates[0] }));
  const { actions: _actions, ...rest } = market;
  const found = await judged('forward', { ...rest, bars: { ...bars, adjFactor }, members });
  expect(found).toMatchObject({ 'factor-direction': 'fail', 'dated-membership': 'fail' });
});
