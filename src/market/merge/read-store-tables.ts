import { parseDay } from '../../util/index.js';
import { atStore } from '../import-record.js';
import type { MarketStore } from '../store.js';
import type { MarketTables } from '../types.js';

/** After everything a store can hold. */
const END_OF_TIME = parseDay('9999-12-31');

/** All of a store as an importer would deliver it, later ends of memberships and listings included: to extend it, not to model on. */
export async function readStoreTables(store: MarketStore): Promise<MarketTables> {
  const { manifest } = store;
  const all = { asOf: END_OF_TIME };
  const [actions, fundamentals, valuations, macro, news] = [
    await store.readActions(all),
    await store.readFundamentals(all),
    await store.readValuations(all),
    await store.readMacro(all),
    await store.readNews(all),
  ];
  const benchmarks = [];
  for (const index of manifest.benchmarkIndices) benchmarks.push(await store.readBenchmark(index, all));
  return {
    title: manifest.title,
    source: manifest.source,
    ...(manifest.imports ? { imports: manifest.imports.map((record) => atStore(store.dir, record)) } : {}),
    rulebook: manifest.rulebook,
    bars: await store.readBars(all),
    instruments: await store.readInstruments(all),
    members: await store.readMembers(all),
    benchmarks,
    ...(actions ? { actions } : {}),
    ...(fundamentals ? { fundamentals } : {}),
    ...(valuations ? { valuations } : {}),
    ...(macro ? { macro } : {}),
    ...(news ? { news } : {}),
    ...(manifest.sources ? { sources: manifest.sources } : {}),
    findings: manifest.findings,
  };
}
