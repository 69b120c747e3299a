import { hashTable } from '../../tables/index.js';
import { CandlenetError, formatDay } from '../../util/index.js';
import { countBars, symbolsWithBars } from '../bar-rows.js';
import type { ImportRecord } from '../import-record.js';
import {
  type ConflictPolicy,
  type Disagreement,
  joinPart,
  type MergeTolerance,
  readStoreTables,
  replaceMarket,
  withPolicy,
} from '../merge/index.js';
import { openMarketStore } from '../store.js';
import type { StoreManifest } from '../store-schema.js';
import { storeTables } from '../store-tables.js';
import type { DataFinding, MarketTables } from '../types.js';
import { contentHash } from '../verify-store.js';
import { type AskingOptions, askAgain, isHttp, sourceInWords, takesPeriod } from './ask-again.js';
import { checkContinuation } from './check-continuation.js';

export interface UpdateOptions extends AskingOptions {
  /** What becomes of a row that contradicts the store, of sources whose import was not told; refused when left out. */
  readonly onConflict?: ConflictPolicy;
  /** Ask and join, but write nothing. */
  readonly dryRun?: boolean;
}

export interface StoreExtent {
  /** Last session, YYYY-MM-DD. */
  readonly to: string;
  readonly sessions: number;
  readonly stocks: number;
}

/** What one source had to say that the store did not know. */
export interface SourceUpdate {
  readonly source: string;
  readonly sessions: number;
  readonly bars: number;
  /** New rows of other tables, of those that have any. */
  readonly rows: Readonly<Record<string, number>>;
  /** Values that the source tells otherwise than the store, by column; which of the two stands is by `onConflict`. */
  readonly revised: readonly Disagreement[];
  readonly onConflict: ConflictPolicy;
}

export interface StoreUpdate {
  /** Of the store as it is on disk. */
  readonly manifest: StoreManifest;
  readonly before: StoreExtent;
  /** Of what the store holds now, or of a dry run would hold. */
  readonly after: StoreExtent;
  readonly findings: readonly DataFinding[];
  /** Whether the content is, or of a dry run would be, another than before. */
  readonly changed: boolean;
  readonly sources: readonly SourceUpdate[];
}

/** Yahoo's prices are float32, its volumes whole shares after every later split. */
const TOLERANCES: { readonly [K in ImportRecord['kind']]?: Partial<MergeTolerance> } = {
  yahoo: { price: 2 ** -20, volume: 1e-3, factor: 2 ** -18 },
};

/**
 * Asks every source of a store again, by how it was imported, and joins what is new. All sources are read before anything is
 * written, and the store is written whole or not at all; a source that has nothing new changes nothing.
 * @throws STORE_SOURCE_UNKNOWN for a store that says nothing of its sources; STORE_CONFLICT, also for prices a source has restated;
 *   ARGUMENT_INVALID; STORE_INVALID, FILE_WRITE_FAILED, and what the importers throw
 */
export async function updateMarketStore(dir: string, options: UpdateOptions): Promise<StoreUpdate> {
  const store = await openMarketStore(dir);
  const { manifest: known } = store;
  const records = known.imports ?? [];
  checkSources(dir, known, records);
  checkOptions(dir, records, options);
  if (options.to !== undefined && options.to < store.lastDay) {
    throw new CandlenetError(
      'ARGUMENT_INVALID',
      `to: found ${formatDay(options.to)}, expected no day before ${known.to}, the last session of ${dir}`,
    );
  }
  const before = await readStoreTables(store);
  const asking = { ...options, lastWholeDay: Math.max(options.lastWholeDay, store.lastDay) };
  // What has no bars of its own is judged by the bars of the others.
  const ordered = [...(before.imports ?? [])].sort((a, b) => Number(isTable(a)) - Number(isTable(b)));
  let market = before;
  const sources: SourceUpdate[] = [];
  for (const record of ordered) {
    const onConflict = record.onConflict ?? options.onConflict ?? 'refuse';
    const part = await askAgain(record, market, onConflict, asking);
    options.signal?.throwIfAborted();
    const place = sourceInWords(record);
    if (part.bars) checkContinuation(place, market.bars, part.bars, onConflict, isHttp(record));
    const told = record.onConflict ? withPolicy(part, record.onConflict) : part;
    const joined = joinPart(dir, market, told, onConflict, TOLERANCES[record.kind]);
    sources.push({ source: place, onConflict, revised: joined.disagreements, ...gained(market, joined.market) });
    market = joined.market;
  }
  const told = { before: extentOf(before), after: extentOf(market), findings: market.findings, sources };
  if (options.dryRun) {
    return { manifest: known, changed: hashOf(market) !== known.contentHash, ...told };
  }
  // The same sources as before: their words and records stand.
  const { source, imports } = before;
  const { manifest, changed } = await replaceMarket(dir, known, before, { ...market, source, imports });
  return { manifest, changed, ...told };
}

function extentOf({ bars }: MarketTables): StoreExtent {
  const { dates } = bars;
  return { to: formatDay(dates[dates.length - 1]), sessions: dates.length, stocks: symbolsWithBars(bars) };
}

const isTable = (record: ImportRecord) => record.kind === 'files' && record.table !== 'bars';

function checkSources(dir: string, manifest: StoreManifest, records: readonly ImportRecord[]): void {
  if (records.length > 0) return;
  const found = manifest.truth ? 'a synthetic market' : 'no record of how it was imported';
  const expected = manifest.truth
    ? 'a store of imported data'
    : 'one; import its source into it again with `candlenet import`, which changes nothing else and records it';
  throw new CandlenetError('STORE_SOURCE_UNKNOWN', `${dir}: found ${found}, expected ${expected}`);
}

function checkOptions(dir: string, records: readonly ImportRecord[], { to, http }: UpdateOptions): void {
  if (to !== undefined && !records.some(takesPeriod)) {
    throw new CandlenetError(
      'ARGUMENT_INVALID',
      `to: found ${formatDay(to)}, expected none: ${dir} was imported from files, which are read whole`,
    );
  }
  const asked = records.filter(isHttp).length;
  if (http?.baseUrl !== undefined && asked !== 1) {
    throw new CandlenetError(
      'ARGUMENT_INVALID',
      `baseUrl: found ${http.baseUrl}, expected one source over HTTP that it is the address of, ${dir} has ${asked}`,
    );
  }
}

function gained(before: MarketTables, after: MarketTables): Pick<SourceUpdate, 'sessions' | 'bars' | 'rows'> {
  const [had, have] = [rowsOf(before), rowsOf(after)];
  const rows = Object.entries(have).map(([name, count]) => [name, count - (had[name] ?? 0)] as const);
  return {
    sessions: after.bars.dates.length - before.bars.dates.length,
    bars: countBars(after.bars) - countBars(before.bars),
    rows: Object.fromEntries(rows.filter(([, count]) => count !== 0)),
  };
}

function rowsOf({ instruments, members, benchmarks, actions, ...dated }: MarketTables): Record<string, number> {
  const { fundamentals, valuations, macro, news } = dated;
  return {
    instruments: instruments.length,
    members: members.length,
    benchmark: benchmarks.reduce((sum, { dates }) => sum + dates.length, 0),
    actions: actions?.length ?? 0,
    fundamentals: fundamentals?.length ?? 0,
    valuations: valuations?.length ?? 0,
    macro: macro?.length ?? 0,
    news: news?.length ?? 0,
  };
}

function hashOf(market: MarketTables): string {
  const tables = storeTables(market).map((make) => {
    const { name, table, schema } = make();
    return [name, { rows: table.length, hash: hashTable(table, schema) }] as const;
  });
  const entries = Object.fromEntries(tables) as StoreManifest['tables'];
  return contentHash({ rulebook: market.rulebook, tables: entries });
}
