import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { hashTable, writeParquet } from '../tables/index.js';
import { CandlenetError, formatDay, makeFolders, temporaryName, writeFailed } from '../util/index.js';
import { actionFindings } from './action-findings.js';
import { stUnknownBars, symbolsWithBars } from './bar-rows.js';
import { checkMarketTables } from './check-tables.js';
import { fromStore } from './import-record.js';
import {
  MANIFEST_FILE,
  STORE_SCHEMA_VERSION,
  type StoreManifest,
  type StoreTableName,
  tableFile,
} from './store-schema.js';
import { hasWeights, storeTables } from './store-tables.js';
import type { MarketTables } from './types.js';
import { contentHash } from './verify-store.js';

/**
 * Writes a market as a store folder, whole or not at all: the folder is filled under a temporary name and takes the
 * place of an older store only when it is complete. Other files that lie in the older store move along.
 * Equal tables give an equal `contentHash`. Where the market states corporate actions, what speaks against them joins
 * its findings.
 * @param unless content hash of the store that is there: equal content is then not written again
 * @throws FILE_EXISTS when `dir` is something other than a store or an empty folder; FILE_WRITE_FAILED; TABLE_INVALID
 */
export async function writeMarketStore(dir: string, market: MarketTables, unless?: string): Promise<StoreManifest> {
  const target = resolve(dir);
  checkReplaceable(target, dir);
  checkMarketTables(market);
  const temporary = temporaryName(target);
  let manifest: StoreManifest;
  try {
    makeFolders(dirname(target));
    mkdirSync(temporary);
    const entries: TableEntries = {};
    for (const make of storeTables(market)) {
      const { name, table, schema } = make();
      // The hash is worked out on this thread while DuckDB compresses on its own.
      const written = writeParquet(join(temporary, tableFile(name)), table, schema);
      entries[name] = { rows: table.length, hash: hashTable(table, schema) };
      await written;
    }
    manifest = makeManifest(dir, market, entries);
    if (manifest.contentHash === unless) {
      rmSync(temporary, { recursive: true, force: true });
      return manifest;
    }
    writeFileSync(join(temporary, MANIFEST_FILE), `${JSON.stringify(manifest, null, 2)}\n`);
    replaceFolder(temporary, target);
  } catch (error) {
    if (existsSync(temporary)) rmSync(temporary, { recursive: true, force: true });
    throw atTarget(writeFailed(dir, error), temporary, dir);
  }
  return manifest;
}

function checkReplaceable(target: string, shown: string): void {
  if (!existsSync(target)) return;
  if (!statSync(target).isDirectory()) {
    throw new CandlenetError('FILE_EXISTS', `${shown}: is a file, expected a market store or a new folder`);
  }
  const entries = readdirSync(target);
  if (entries.length > 0 && !entries.includes(MANIFEST_FILE)) {
    throw new CandlenetError(
      'FILE_EXISTS',
      `${shown}: is a folder without ${MANIFEST_FILE} (it holds ${entries[0]}), expected a market store or a new folder`,
    );
  }
}

/** The user knows the folder asked for, not its temporary name. */
function atTarget(error: CandlenetError, temporary: string, dir: string): CandlenetError {
  return new CandlenetError(error.code, error.message.replaceAll(temporary, dir), { cause: error });
}

/** Swaps a finished folder in; when that fails the older one stands again. */
function replaceFolder(temporary: string, target: string): void {
  if (!existsSync(target)) {
    renameSync(temporary, target);
    return;
  }
  const old = temporaryName(target);
  renameSync(target, old);
  try {
    renameSync(temporary, target);
  } catch (error) {
    renameSync(old, target);
    throw error;
  }
  for (const entry of readdirSync(old)) {
    if (entry !== MANIFEST_FILE && !entry.endsWith('.parquet')) renameSync(join(old, entry), join(target, entry));
  }
  rmSync(old, { recursive: true, force: true });
}

type TableEntries = Partial<Record<StoreTableName, { readonly rows: number; readonly hash: string }>>;

function makeManifest(dir: string, market: MarketTables, entries: TableEntries): StoreManifest {
  const { bars, truth } = market;
  const truthFacts = truth && {
    kind: truth.kind,
    seed: truth.seed,
    windowDays: truth.windowDays,
    horizonDays: truth.horizonDays,
    labelK: truth.labelK,
    labelVolatilityDays: truth.labelVolatilityDays,
  };
  const unknown = stUnknownBars(bars);
  return {
    format: 'candlenet-market-store',
    schemaVersion: STORE_SCHEMA_VERSION,
    title: market.title,
    source: market.source,
    ...(market.sources ? { sources: market.sources } : {}),
    ...(market.imports?.length ? { imports: market.imports.map((record) => fromStore(dir, record)) } : {}),
    rulebook: market.rulebook,
    contentHash: contentHash({
      rulebook: market.rulebook,
      tables: entries as StoreManifest['tables'],
      truth: truthFacts,
    }),
    from: formatDay(bars.dates[0]),
    to: formatDay(bars.dates[bars.dates.length - 1]),
    sessions: bars.dates.length,
    symbols: symbolsWithBars(bars),
    memberIndices: [...new Set(market.members.map((spell) => spell.index))],
    benchmarkIndices: market.benchmarks.map((series) => series.index),
    ...(hasWeights(market.members) ? { hasMemberWeights: true } : {}),
    hasAmount: bars.amount !== null,
    hasSt: bars.st !== null,
    ...(unknown > 0 ? { stUnknownBars: unknown } : {}),
    tables: entries as StoreManifest['tables'],
    findings: [...market.findings, ...actionFindings(market)],
    ...(truthFacts ? { truth: truthFacts } : {}),
  };
}
