import type { DataFinding, Disagreement, MarketTables, StoreManifest } from '../../market/index.js';
import { formatCount } from '../../util/index.js';

/** What came into a store, and what is wrong with it. */
export interface StoreSummary {
  readonly store: string;
  readonly title: string;
  readonly source: string;
  readonly from: string;
  readonly to: string;
  readonly sessions: number;
  /** Stocks and indices with bars. */
  readonly instruments: number;
  readonly stocks: number;
  readonly bars: number;
  readonly indices: readonly { readonly index: string; readonly spells: number; readonly members: number }[];
  readonly benchmarks: readonly string[];
  readonly contentHash: string;
  readonly findings: readonly DataFinding[];
  /** Whether the content is another than before, and where the import contradicted it: of an import into a store. */
  readonly changed: boolean;
  readonly disagreements: readonly Disagreement[];
  /** Wall time and peak memory of the import. */
  readonly seconds: number;
  readonly peakMemoryBytes: number;
}

export function summariseStore(
  store: string,
  market: MarketTables,
  manifest: StoreManifest,
  effort: { readonly seconds: number; readonly peakMemoryBytes: number },
  joining: { readonly changed: boolean; readonly disagreements: readonly Disagreement[] } = {
    changed: true,
    disagreements: [],
  },
): StoreSummary {
  const indices = manifest.memberIndices.map((index) => {
    const spells = market.members.filter((spell) => spell.index === index);
    return { index, spells: spells.length, members: new Set(spells.map(({ symbol }) => symbol)).size };
  });
  return {
    store,
    title: manifest.title,
    source: manifest.source,
    from: manifest.from,
    to: manifest.to,
    sessions: manifest.sessions,
    instruments: manifest.symbols + manifest.benchmarkIndices.length,
    stocks: manifest.symbols,
    bars: manifest.tables.bars.rows,
    indices,
    benchmarks: market.benchmarks.map(({ index, name, kind }) => `${name} (${index}, ${kind} index)`),
    contentHash: manifest.contentHash,
    findings: manifest.findings,
    ...joining,
    ...effort,
  };
}

export function renderStoreSummary(summary: StoreSummary): string {
  const facts: [string, string][] = [
    ['period', `${summary.from} … ${summary.to}, ${formatCount(summary.sessions)} sessions`],
    [
      'instruments',
      `${formatCount(summary.instruments)}: ${formatCount(summary.stocks)} stocks and ${summary.benchmarks.join(', ')}`,
    ],
    ['bars', formatCount(summary.bars)],
    ...summary.indices.map(({ index, spells, members }): [string, string] => [
      'membership',
      `${index}: ${formatCount(members)} stocks over time in ${formatCount(spells)} spells`,
    ]),
    ['content', summary.contentHash.slice(0, 16)],
    ['effort', `${summary.seconds.toFixed(1)} s, ${Math.round(summary.peakMemoryBytes / 2 ** 20)} MiB at the peak`],
  ];
  const width = Math.max(...facts.map(([name]) => name.length));
  return [
    '',
    `  ${summary.title}`,
    `  ${summary.source}`,
    '',
    ...facts.map(([name, value]) => `  ${name.padEnd(width)}  ${value}`),
    '',
    ...renderFindings(summary.findings),
    ...renderDisagreements(summary.disagreements),
    summary.changed ? `  Store written to ${summary.store}` : `  Nothing new for ${summary.store}: it stays as it was`,
    '',
  ].join('\n');
}

function renderDisagreements(disagreements: readonly Disagreement[]): string[] {
  if (disagreements.length === 0) return [];
  return [
    '  Where the import contradicts what the store held; the first of the two stands',
    ...disagreements.map(({ table, column, count, compared, examples: [{ key, values }] }) => {
      const said = values.map(({ source, value }) => `${source} ${value}`).join(', ');
      return `  ${table} ${column}: ${formatCount(count)} of ${formatCount(compared)}, e.g. ${key}: ${said}`;
    }),
    '',
  ];
}

export function renderFindings(findings: readonly DataFinding[]): string[] {
  if (findings.length === 0) return [];
  const width = Math.max(...findings.map(({ count }) => formatCount(count).length));
  const indent = ' '.repeat(width + 4);
  const found = findings.filter(({ count }) => count > 0);
  const clean = findings.filter(({ count }) => count === 0);
  return [
    '  What is wrong with it, or worth knowing',
    ...found.flatMap(({ title, count, example, action }) => [
      `  ${formatCount(count).padStart(width)}  ${title}`,
      ...(example !== '' ? [`${indent}e.g. ${example}`] : []),
      ...(action !== '' ? [`${indent}→ ${action}`] : []),
    ]),
    ...(clean.length > 0 ? ['  Looked for and not found', ...clean.map(({ title }) => `${indent}${title}`)] : []),
    '',
  ];
}
