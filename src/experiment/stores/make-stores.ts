import { existsSync, readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import {
  type ConflictPolicy,
  extendMarketStore,
  generateMarketOnThreads,
  type ImportBarFilesOptions,
  type ImportQlibOptions,
  type ImportTableOptions,
  type ImportTushareOptions,
  type ImportYahooOptions,
  importBarFiles,
  importQlib,
  importTableFiles,
  importTushare,
  importYahoo,
  type MarketPart,
  type MarketStore,
  type MarketTables,
  openMarketStore,
  type SyntheticKind,
  type TargetTable,
  writeMarketStore,
} from '../../market/index.js';
import { systemClock } from '../../util/index.js';
import { peakMemoryBytes, type Services } from '../services.js';
import { type StoreSummary, summariseStore } from './store-summary.js';

/** Writes what `make` brings in as a store, whole or not at all, and says what it holds. */
async function makeStore(folder: string, services: Services, make: () => Promise<MarketTables>): Promise<StoreSummary> {
  const began = systemClock.seconds();
  const market = await make();
  services.signal?.throwIfAborted();
  const task = services.progress.start('Writing the market store');
  const manifest = await writeMarketStore(folder, market);
  task.end();
  const effort = { seconds: systemClock.seconds() - began, peakMemoryBytes: peakMemoryBytes() };
  return summariseStore(folder, market, manifest, effort);
}

/** Joins what `make` brings in to the store of a folder, or makes it one, whole or not at all, and says what it holds. */
async function joinStore(
  folder: string,
  services: Services,
  onConflict: ConflictPolicy | undefined,
  make: () => Promise<MarketPart>,
): Promise<StoreSummary> {
  const began = systemClock.seconds();
  const part = await make();
  services.signal?.throwIfAborted();
  const task = services.progress.start('Writing the market store');
  const { market, manifest, changed, disagreements } = await extendMarketStore(folder, part, onConflict);
  task.end();
  const effort = { seconds: systemClock.seconds() - began, peakMemoryBytes: peakMemoryBytes() };
  return summariseStore(folder, market, manifest, effort, { changed, disagreements });
}

export interface SyntheticStoreOptions {
  readonly kind: SyntheticKind;
  readonly symbols: number;
  readonly days: number;
  readonly seed: number;
  /** Work out the truth about it; default true. */
  readonly truth?: boolean;
  /** Draw fundamentals, daily ratios, macro series and news as well; default true. */
  readonly facts?: boolean;
  /** `full`: every board, ST spells and the free first sessions; default `plain`. */
  readonly listingRules?: 'plain' | 'full';
}

/** @throws ARGUMENT_INVALID, FILE_EXISTS, FILE_WRITE_FAILED */
export function synthesiseStore(
  folder: string,
  {
    kind,
    symbols,
    days,
    seed,
    truth: withTruth = true,
    facts: withFacts = true,
    listingRules = 'plain',
  }: SyntheticStoreOptions,
  services: Services,
): Promise<StoreSummary> {
  const { progress } = services;
  return makeStore(folder, services, () =>
    generateMarketOnThreads({ kind, symbols, days, seed, withTruth, withFacts, listingRules, progress }),
  );
}

/** How an import joins a store that is there. */
interface Joining {
  /** What a row does that contradicts one of the store; it is refused when left out. */
  readonly onConflict?: ConflictPolicy;
}

/** @throws what `importQlib` throws; STORE_CONFLICT, STORE_INVALID, FILE_EXISTS, FILE_WRITE_FAILED */
export function importQlibStore(
  source: string,
  folder: string,
  { onConflict, ...options }: Omit<ImportQlibOptions, 'progress' | 'signal'> & Joining,
  services: Services,
): Promise<StoreSummary> {
  const { progress, signal } = services;
  return joinStore(folder, services, onConflict, () => importQlib(resolve(source), { ...options, progress, signal }));
}

/** @throws what `importTushare` throws; STORE_CONFLICT, STORE_INVALID, FILE_EXISTS, FILE_WRITE_FAILED */
export function importTushareStore(
  folder: string,
  { onConflict, ...options }: Omit<ImportTushareOptions, 'progress' | 'signal'> & Joining,
  services: Services,
): Promise<StoreSummary> {
  const { progress, signal } = services;
  return joinStore(folder, services, onConflict, () =>
    importTushare({ ...options, progress, ...(signal ? { signal } : {}) }),
  );
}

export interface FileStoreOptions
  extends Joining,
    Omit<ImportBarFilesOptions, 'progress' | 'signal' | 'stored'>,
    Pick<ImportTableOptions, 'format'> {
  /** Which table the files hold; `bars` when left out. */
  readonly table?: TargetTable;
}

/** @throws what `importBarFiles` and `importTableFiles` throw; STORE_CONFLICT, STORE_INVALID, FILE_EXISTS, FILE_WRITE_FAILED */
export function importFilesStore(
  source: string,
  folder: string,
  { table = 'bars', onConflict, ...options }: FileStoreOptions,
  services: Services,
): Promise<StoreSummary> {
  const { progress, signal } = services;
  return joinStore(folder, services, onConflict, async () => {
    const store = existsSync(folder) && readdirSync(folder).length > 0 ? await openMarketStore(folder) : null;
    const given = { ...options, progress, signal };
    if (table === 'bars') {
      const stored = await store?.readBars({ asOf: store.lastDay });
      return importBarFiles(resolve(source), { ...given, stored });
    }
    const { preset, map, index, format } = given;
    const rulebook = store?.manifest.rulebook ?? options.rulebook;
    const stored = store === null ? {} : await storedTable(store, table);
    return importTableFiles(resolve(source), table, {
      preset,
      map,
      index,
      format,
      rulebook,
      onConflict,
      stored,
      progress,
      signal,
    });
  });
}

/** @throws what `importYahoo` throws; STORE_CONFLICT, STORE_INVALID, FILE_EXISTS, FILE_WRITE_FAILED */
export function importYahooStore(
  folder: string,
  { onConflict, ...options }: Omit<ImportYahooOptions, 'progress' | 'signal'> & Joining,
  services: Services,
): Promise<StoreSummary> {
  const { progress, signal } = services;
  return joinStore(folder, services, onConflict, () =>
    importYahoo({ ...options, progress, ...(signal ? { signal } : {}) }),
  );
}

/** What a store has of the table that files are to extend, where findings of it may have been counted already. */
async function storedTable(store: MarketStore, table: TargetTable): Promise<ImportTableOptions['stored']> {
  const all = { asOf: store.lastDay };
  if (table === 'fundamentals') return { fundamentals: (await store.readFundamentals(all)) ?? undefined };
  if (table === 'valuations') return { valuations: (await store.readValuations(all)) ?? undefined };
  if (table === 'macro') return { macro: (await store.readMacro(all)) ?? undefined };
  if (table === 'actions') return { actions: (await store.readActions(all)) ?? undefined };
  return {};
}
