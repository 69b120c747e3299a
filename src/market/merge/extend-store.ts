import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { CandlenetError, canonicalJson, writeFileAtomically } from '../../util/index.js';
import { isActionFinding } from '../action-findings.js';
import { fromStore } from '../import-record.js';
import { openMarketStore } from '../store.js';
import { MANIFEST_FILE, type StoreManifest } from '../store-schema.js';
import type { MarketPart, MarketTables } from '../types.js';
import { writeMarketStore } from '../write-store.js';
import type { Disagreement } from './disagreements.js';
import { mergeMarkets } from './merge-markets.js';
import { assumesMembers } from './merge-members.js';
import type { MergeTolerance } from './options.js';
import { readStoreTables } from './read-store-tables.js';
import { withoutRestated } from './restated-findings.js';

/** What becomes of a row that contradicts one the store holds. */
export const CONFLICT_POLICIES = ['refuse', 'keep', 'replace'] as const;

export type ConflictPolicy = (typeof CONFLICT_POLICIES)[number];

export interface ExtendedStore {
  readonly manifest: StoreManifest;
  /** All the store now holds. */
  readonly market: MarketTables;
  /** Whether the content of the store is another than before. */
  readonly changed: boolean;
  /** Where the new rows contradict those of before; empty for a new store. */
  readonly disagreements: readonly Disagreement[];
}

/** Rows print and parse exactly; what is left are factors multiplied up over another stretch. */
const SAME = 1e-9;
const SAME_EVERYWHERE = { price: SAME, volume: SAME, amount: SAME, factor: SAME, value: SAME };

/**
 * Makes a market the content of a store, or joins it to what the store holds: later days, further symbols, further tables.
 * Nothing of before is lost; rows the store has already change nothing. The store is written whole or not at all.
 * @throws STORE_CONFLICT naming both values, with the policy `refuse`; STORE_INVALID, FILE_EXISTS, FILE_WRITE_FAILED, TABLE_INVALID
 */
export async function extendMarketStore(
  dir: string,
  part: MarketPart,
  onConflict: ConflictPolicy = 'refuse',
): Promise<ExtendedStore> {
  const told = withPolicy(part, onConflict);
  if (!existsSync(join(dir, MANIFEST_FILE))) {
    const market = wholeMarket(dir, told);
    return { manifest: await writeMarketStore(dir, market), market, changed: true, disagreements: [] };
  }
  const store = await openMarketStore(dir);
  if (store.manifest.truth) {
    throw new CandlenetError(
      'FILE_EXISTS',
      `${dir}: holds a synthetic market, expected a store of imported data or a new folder`,
    );
  }
  const before = await readStoreTables(store);
  const { market: merged, disagreements } = joinPart(dir, before, told, onConflict);
  return { ...(await replaceMarket(dir, store.manifest, before, merged)), disagreements };
}

/** A part whose record says what became of its contradictions. */
export function withPolicy(part: MarketPart, onConflict: ConflictPolicy): MarketPart {
  const { imports } = part;
  if (onConflict === 'refuse' || imports === undefined) return part;
  return { ...part, imports: imports.map((record) => ({ ...record, onConflict })) };
}

/** Writes what a store is to hold, and nothing where that is what it holds; how it was imported is kept either way. */
export async function replaceMarket(
  dir: string,
  known: StoreManifest,
  before: MarketTables,
  merged: MarketTables,
): Promise<Omit<ExtendedStore, 'disagreements'>> {
  const manifest = await writeMarketStore(dir, merged, known.contentHash);
  if (manifest.contentHash !== known.contentHash) return { manifest, market: merged, changed: true };
  const imports = merged.imports?.map((record) => fromStore(dir, record));
  if (canonicalJson(imports ?? null) === canonicalJson(known.imports ?? null)) {
    return { manifest: known, market: before, changed: false };
  }
  const recorded = { ...known, imports };
  writeFileAtomically(join(dir, MANIFEST_FILE), `${JSON.stringify(recorded, null, 2)}\n`);
  return {
    manifest: recorded,
    market: { ...before, ...(merged.imports ? { imports: merged.imports } : {}) },
    changed: false,
  };
}

/**
 * What a store and a part of a market are together, in memory.
 * @param tolerance where the source prints its numbers less exactly than a store keeps them
 * @throws STORE_CONFLICT with the policy `refuse`
 */
export function joinPart(
  dir: string,
  before: MarketTables,
  part: MarketPart,
  onConflict: ConflictPolicy,
  tolerance: Partial<MergeTolerance> = {},
): Pick<ExtendedStore, 'market' | 'disagreements'> {
  const own = { ...before, findings: before.findings.filter(({ kind }) => !isActionFinding(kind)) };
  const findings = withoutRestated(own, part);
  const sources = [
    { name: STORE, market: { ...own, findings: findings.own, membersAssumed: assumesMembers(own) } },
    { name: NEW, market: { ...part, findings: findings.added, membersAssumed: assumesMembers(part) } },
  ];
  const priority = onConflict === 'replace' ? [NEW, STORE] : [STORE, NEW];
  const { market, disagreements } = mergeMarkets(sources, {
    priority,
    tolerance: { ...SAME_EVERYWHERE, ...tolerance },
  });
  const contradictions = disagreements.filter(({ count }) => count > 0);
  if (onConflict === 'refuse' && contradictions.length > 0) throw conflict(dir, part, contradictions);
  return { market: { ...market, title: before.title }, disagreements: contradictions };
}

const STORE = 'the store';
const NEW = 'the import';

function conflict(dir: string, part: MarketPart, contradictions: readonly Disagreement[]): CandlenetError {
  const { table, column, examples } = contradictions[0];
  const [{ key, values }] = examples;
  const said = (source: string) => values.find((one) => one.source === source)?.value;
  const place = part.placeOf?.(table, key) ?? part.source;
  const rows = contradictions.reduce((sum, { count }) => sum + count, 0);
  return new CandlenetError(
    'STORE_CONFLICT',
    `${place}: ${table} ${key}, column "${column}": found ${said(NEW)}, ${dir} has ${said(STORE)} (${rows} such values), expected the same, or a choice to keep or to replace`,
  );
}

function wholeMarket(dir: string, part: MarketPart): MarketTables {
  const { bars, title, rulebook, instruments = [], members = [], benchmarks = [] } = part;
  if (bars === undefined || title === undefined || rulebook === undefined) {
    throw new CandlenetError(
      'FILE_NOT_FOUND',
      `${dir}: market store not found, expected one to join: import its bars first`,
    );
  }
  return { ...part, bars, title, rulebook, instruments, members, benchmarks };
}
