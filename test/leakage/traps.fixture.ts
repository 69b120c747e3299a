import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type Artefact,
  configPipeline,
  type ExperimentInput,
  lastFoldAsStatic,
  noisyStore,
  parseConfig,
} from '../../src/experiment/index.js';
import {
  generateMarket,
  type MarketStore,
  type MarketTables,
  openMarketStore,
  writeMarketStore,
} from '../../src/market/index.js';
import { type Day, indexAsOf, parseDay } from '../../src/util/index.js';

export const SPLIT = {
  train: ['2016-01-04', '2017-06-30'],
  validate: ['2017-07-03', '2017-12-29'],
  test: ['2018-01-02', '2018-06-29'],
} as const satisfies ExperimentInput['split'];
export const TRAIN_END = parseDay(SPLIT.train[1]);

export const traps = (more: Partial<ExperimentInput> = {}) =>
  parseConfig(
    {
      market: { store: 'unused', index: 'synthetic' },
      split: SPLIT,
      features: { groups: ['price-volume', 'macro', 'fundamental', 'news'] },
      training: { workers: 1 },
      ...more,
    },
    'traps',
  );

/** Stores for one test file, in a folder that goes with it. */
export function createStores() {
  const folder = mkdtempSync(join(tmpdir(), 'candlenet-traps-'));
  const market = generateMarket({ kind: 'planted', symbols: 14, days: 640, seed: 2 });
  let stores = 0;
  return {
    folder,
    market,
    /** The market with some of its tables exchanged, as a store. */
    async store(changed: Partial<MarketTables> = {}): Promise<MarketStore> {
      const dir = join(folder, `store-${++stores}`);
      await writeMarketStore(dir, { ...market, ...changed });
      return openMarketStore(dir);
    },
    remove: () => rmSync(folder, { recursive: true }),
  };
}

/** What a run makes of a store before its network: the product's own pipeline, artefact by artefact. */
export async function made(store: MarketStore, config = traps()): Promise<(name: string) => Artefact> {
  const { artefacts } = await configPipeline(lastFoldAsStatic(config, Int32Array.of()), null).build(store);
  return (name) => {
    const found = artefacts.find((artefact) => artefact.name === name);
    if (!found) throw new Error(`no artefact ${name}`);
    return found;
  };
}

/** The rows of some columns in which two artefacts differ: their dates, ascending, each once. */
export function datesThatDiffer(a: Artefact, b: Artefact, columns: readonly string[] = a.columns): Day[] {
  const dates = new Set<Day>();
  const width = a.columns.length;
  for (let i = 0; i < a.values.length; i++) {
    const row = Math.floor(i / width);
    if (columns.includes(a.columns[i % width]) && !Object.is(a.values[i], b.values[i])) {
      dates.add(a.dates[row % a.dates.length]);
    }
  }
  return [...dates].sort((x, y) => x - y);
}

/** A cell of an artefact. */
export function cell({ symbols, dates, columns, values }: Artefact, symbol: string, date: Day, column: string): number {
  const row = symbols.indexOf(symbol) * dates.length + indexAsOf(dates, date);
  return values[row * columns.length + columns.indexOf(column)];
}

export const withNoiseAfter = (store: MarketStore, day: Day) => noisyStore(store, day, 7);
