import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { type Table, writeParquet } from '../tables/index.js';
import {
  CandlenetError,
  canonicalJson,
  formatDay,
  makeFolders,
  sha256,
  temporaryName,
  writeFailed,
} from '../util/index.js';
import { actionFindings } from './action-findings.js';
import { stUnknownBars } from './bar-rows.js';
import { checkMarketTables } from './check-tables.js';
import { type barsSchema, MANIFEST_FILE, STORE_SCHEMA_VERSION, type StoreManifest, tableFile } from './store-schema.js';
import { type StoreTable, toStoreTables } from './store-tables.js';
import type { MarketTables } from './types.js';

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
  const tables = toStoreTables(market);
  const manifest = makeManifest(market, tables);
  if (manifest.contentHash === unless) return manifest;
  const temporary = temporaryName(target);
  try {
    makeFolders(dirname(target));
    mkdirSync(temporary);
    for (const { name, table, schema } of tables) await writeParquet(join(temporary, tableFile(name)), table, schema);
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

function makeManifest(market: MarketTables, tables: readonly StoreTable[]): StoreManifest {
  const { bars, truth } = market;
  const entries = Object.fromEntries(tables.map(({ name, table, hash }) => [name, { rows: table.length, hash }]));
  const truthFacts = truth && {
    kind: truth.kind,
    seed: truth.seed,
    windowDays: truth.windowDays,
    horizonDays: truth.horizonDays,
    labelK: truth.labelK,
    labelVolatilityDays: truth.labelVolatilityDays,
  };
  const unknown = bars.st === null ? 0 : stUnknownBars(tables[0].table as Table<typeof barsSchema>);
  const symbols = new Set(tables[0].table.columns.symbol as string[]);
  return {
    format: 'candlenet-market-store',
    schemaVersion: STORE_SCHEMA_VERSION,
    title: market.title,
    source: market.source,
    rulebook: market.rulebook,
    contentHash: sha256(canonicalJson({ rulebook: market.rulebook, tables: entries, truth: truthFacts ?? null })),
    from: formatDay(bars.dates[0]),
    to: formatDay(bars.dates[bars.dates.length - 1]),
    sessions: bars.dates.length,
    symbols: symbols.size,
    memberIndices: [...new Set(market.members.map((spell) => spell.index))],
    benchmarkIndices: market.benchmarks.map((series) => series.index),
    hasAmount: bars.amount !== null,
    hasSt: bars.st !== null,
    ...(unknown > 0 ? { stUnknownBars: unknown } : {}),
    tables: entries as StoreManifest['tables'],
    findings: [...market.findings, ...actionFindings(market)],
    ...(truthFacts ? { truth: truthFacts } : {}),
  };
}
