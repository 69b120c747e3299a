import { resolve } from 'node:path';
import {
  generateMarket,
  type ImportBarFilesOptions,
  type ImportQlibOptions,
  type ImportTushareOptions,
  type ImportYahooOptions,
  importBarFiles,
  importQlib,
  importTushare,
  importYahoo,
  type MarketTables,
  type SyntheticKind,
  writeMarketStore,
} from '../../market/index.js';
import { systemClock } from '../../util/index.js';
import { peakMemoryBytes, type Services } from '../services.js';
import { type StoreSummary, summariseStore } from './store-summary.js';

/** Writes what `make` brings in as a store, whole or not at all, and says what it holds. */
async function makeStore(
  folder: string,
  services: Services,
  make: () => MarketTables | Promise<MarketTables>,
): Promise<StoreSummary> {
  const began = systemClock.seconds();
  const market = await make();
  services.signal?.throwIfAborted();
  const task = services.progress.start('Writing the market store');
  const manifest = await writeMarketStore(folder, market);
  task.end();
  const effort = { seconds: systemClock.seconds() - began, peakMemoryBytes: peakMemoryBytes() };
  return summariseStore(folder, market, manifest, effort);
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
    generateMarket({ kind, symbols, days, seed, withTruth, withFacts, listingRules, progress }),
  );
}

/** @throws what `importQlib` throws; FILE_EXISTS, FILE_WRITE_FAILED */
export function importQlibStore(
  source: string,
  folder: string,
  options: Omit<ImportQlibOptions, 'progress' | 'signal'>,
  services: Services,
): Promise<StoreSummary> {
  const { progress, signal } = services;
  return makeStore(folder, services, () => importQlib(resolve(source), { ...options, progress, signal }));
}

/** @throws what `importTushare` throws; FILE_EXISTS, FILE_WRITE_FAILED */
export function importTushareStore(
  folder: string,
  options: Omit<ImportTushareOptions, 'progress' | 'signal'>,
  services: Services,
): Promise<StoreSummary> {
  const { progress, signal } = services;
  return makeStore(folder, services, () => importTushare({ ...options, progress, ...(signal ? { signal } : {}) }));
}

/** @throws what `importBarFiles` throws; FILE_EXISTS, FILE_WRITE_FAILED */
export function importBarFilesStore(
  source: string,
  folder: string,
  options: Omit<ImportBarFilesOptions, 'progress' | 'signal'>,
  services: Services,
): Promise<StoreSummary> {
  const { progress, signal } = services;
  return makeStore(folder, services, () => importBarFiles(resolve(source), { ...options, progress, signal }));
}

/** @throws what `importYahoo` throws; FILE_EXISTS, FILE_WRITE_FAILED */
export function importYahooStore(
  folder: string,
  options: Omit<ImportYahooOptions, 'progress' | 'signal'>,
  services: Services,
): Promise<StoreSummary> {
  const { progress, signal } = services;
  return makeStore(folder, services, () => importYahoo({ ...options, progress, ...(signal ? { signal } : {}) }));
}
