import {
  type ConflictPolicy,
  type DataFinding,
  type Disagreement,
  type SourceUpdate,
  type StoreExtent,
  updateMarketStore,
} from '../../market/index.js';
import { type Day, formatCount, parseDay, systemClock } from '../../util/index.js';
import { peakMemoryBytes, type Services } from '../services.js';

export interface UpdateStoreOptions {
  /** Last day asked for; left out, over HTTP yesterday, of files all they have. */
  readonly to?: Day;
  readonly onConflict?: ConflictPolicy;
  readonly dryRun?: boolean;
  readonly tushareToken: () => string;
  readonly cacheDir?: string;
  readonly baseUrl?: string;
  readonly requestsPerMinute?: number;
}

/** What came into a store that was there. */
export interface UpdateSummary {
  readonly store: string;
  readonly title: string;
  readonly dryRun: boolean;
  /** Whether the content is, or would be, another than before. */
  readonly changed: boolean;
  readonly before: StoreExtent;
  readonly after: StoreExtent;
  /** Of the store as it is on disk. */
  readonly contentHash: string;
  readonly sources: readonly SourceUpdate[];
  readonly findings: readonly DataFinding[];
  readonly seconds: number;
  readonly peakMemoryBytes: number;
}

/** @throws what `updateMarketStore` throws */
export async function updateStore(
  folder: string,
  { cacheDir, baseUrl, requestsPerMinute, ...options }: UpdateStoreOptions,
  services: Services,
): Promise<UpdateSummary> {
  const began = systemClock.seconds();
  const { progress, signal } = services;
  const update = await updateMarketStore(folder, {
    ...options,
    lastWholeDay: parseDay(systemClock.now().slice(0, 10)) - 1,
    http: {
      ...(cacheDir === undefined ? {} : { cacheDir }),
      ...(baseUrl === undefined ? {} : { baseUrl }),
      ...(requestsPerMinute === undefined ? {} : { requestsPerMinute }),
    },
    progress,
    ...(signal ? { signal } : {}),
  });
  const { manifest, before, after, changed, sources, findings } = update;
  return {
    store: folder,
    title: manifest.title,
    dryRun: options.dryRun ?? false,
    changed,
    before,
    after,
    contentHash: manifest.contentHash,
    sources,
    findings,
    seconds: systemClock.seconds() - began,
    peakMemoryBytes: peakMemoryBytes(),
  };
}

export function renderUpdateSummary(summary: UpdateSummary): string {
  const { store, before, after, sources, changed, dryRun } = summary;
  const last = dryRun
    ? `  Dry run: ${store} stays as it was${changed ? '' : ', and would stay so'}`
    : changed
      ? `  Store written to ${store}, content ${summary.contentHash.slice(0, 16)}`
      : `  Nothing new for ${store}: it stays as it was`;
  const extent = ({ to, sessions, stocks }: StoreExtent) =>
    `to ${to}, ${formatCount(sessions)} sessions, ${formatCount(stocks)} stocks`;
  return [
    '',
    `  ${summary.title}`,
    `  before    ${extent(before)}`,
    `  ${(dryRun ? 'would be' : 'now').padEnd(8)}  ${extent(after)}`,
    '',
    ...sources.flatMap(renderSource),
    last,
    '',
  ].join('\n');
}

function renderSource({ source, sessions, bars, rows, revised, onConflict }: SourceUpdate): string[] {
  const others = Object.entries(rows).map(([table, count]) => `${formatCount(count)} of ${table}`);
  const gains = [`${formatCount(sessions)} sessions`, `${formatCount(bars)} bars`, ...others].join(', ');
  return [`  ${source}`, `    new: ${gains}`, ...revised.map((one) => renderRevision(one, onConflict)), ''];
}

function renderRevision({ table, column, count, examples: [first] }: Disagreement, onConflict: ConflictPolicy): string {
  const said = first.values.map(({ source, value }) => `${source} ${value}`).join(', ');
  const done = onConflict === 'replace' ? 'replaced' : 'the store’s kept';
  return `    revised: ${formatCount(count)} of ${table} ${column}, e.g. ${first.key}: ${said}; ${done}`;
}
