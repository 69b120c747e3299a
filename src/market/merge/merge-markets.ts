import type { Table, TableSchema } from '../../tables/index.js';
import { CandlenetError } from '../../util/index.js';
import { joinRecords } from '../import-record.js';
import {
  actionsSchema,
  benchmarkSchema,
  fundamentalsSchema,
  macroSchema,
  newsSchema,
  valuationsSchema,
} from '../store-schema.js';
import { actionsToTable, benchmarksToTable, tableToActions, tableToBenchmarks } from '../store-tables.js';
import type { BarMatrix, BenchmarkSeries, MarketPart, MarketTables } from '../types.js';
import { createDisagreements, type Disagreement, type DisagreementTally } from './disagreements.js';
import { mergeBars } from './merge-bars.js';
import { mergeFindings } from './merge-findings.js';
import { mergeInstruments } from './merge-listings.js';
import { assumesMembers, mergeMembers, type NamedMembers } from './merge-members.js';
import { mergeRows } from './merge-rows.js';
import { DEFAULT_TOLERANCE, type MergedPart, type MergeOptions, type NamedMarket, orderSources } from './options.js';

export interface MergedMarket {
  readonly market: MarketTables;
  /** Every column that two sources have, with how many of its values differ; what was taken is by priority. */
  readonly disagreements: readonly Disagreement[];
}

/**
 * One market of several sources: every row that any of them has. Where several have a value the first by priority stands,
 * and where they contradict each other is counted, with examples. What the first leaves empty the next fills in.
 * @param sources at least one of them with bars; all under the same rulebook
 * @throws ARGUMENT_INVALID
 */
export function mergeMarkets(sources: readonly NamedMarket[], options: MergeOptions = {}): MergedMarket {
  const orderOf = orderSources(sources, options);
  const tolerance = { ...DEFAULT_TOLERANCE, ...options.tolerance };
  const general = orderOf('prices').map(({ market }) => market);
  const base = general.find((market): market is MarketTables => market.bars !== undefined);
  if (base === undefined)
    throw new CandlenetError('ARGUMENT_INVALID', 'merge: found no source with bars, expected one');
  const other = sources.find(({ market }) => (market.rulebook ?? base.rulebook) !== base.rulebook);
  if (other) {
    throw new CandlenetError(
      'ARGUMENT_INVALID',
      `merge: ${other.name} is under the rulebook ${other.market.rulebook}, expected ${base.rulebook} as the others`,
    );
  }
  const disagreements = createDisagreements();
  const withBars = (part: MergedPart) =>
    orderOf(part).flatMap(({ name, market }) => (market.bars ? [{ name, bars: market.bars }] : []));
  const { bars, carried } = mergeBars(
    { prices: withBars('prices'), volume: withBars('volume'), amount: withBars('amount'), st: withBars('st') },
    tolerance,
    disagreements.of('bars'),
  );
  const fold = <T>(
    part: MergedPart,
    pick: (market: MarketPart) => T | undefined,
    join: (first: readonly [string, T], second: readonly [string, T], tally: DisagreementTally) => T,
  ): T | undefined => {
    let merged: [string, T] | undefined;
    for (const { name, market } of orderOf(part)) {
      const value = pick(market);
      if (value === undefined) continue;
      merged = merged === undefined ? [name, value] : [merged[0], join(merged, [name, value], disagreements.of(part))];
    }
    return merged?.[1];
  };
  const foldTable = <S extends TableSchema>(
    part: MergedPart,
    schema: S,
    key: readonly (keyof S & string)[],
    pick: (market: MarketPart) => Table<S> | undefined,
    within = tolerance.value,
  ) =>
    fold(part, pick, ([name, table], [otherName, otherTable], tally) =>
      mergeRows(schema, key, { name, table }, { name: otherName, table: otherTable }, within, tally),
    );
  const actions = foldTable('actions', actionsSchema, ['symbol', 'ex_date'], ({ actions: rows }) =>
    rows ? (actionsToTable(rows) as Table<typeof actionsSchema>) : undefined,
  );
  const benchmark = foldTable(
    'benchmark',
    benchmarkSchema,
    ['index', 'date'],
    ({ benchmarks }) => (benchmarks ? (benchmarksToTable({ benchmarks }) as Table<typeof benchmarkSchema>) : undefined),
    tolerance.price,
  );
  const fundamentals = foldTable(
    'fundamentals',
    fundamentalsSchema,
    ['symbol', 'field', 'announced', 'period_end'],
    (market) => market.fundamentals,
  );
  const valuations = foldTable('valuations', valuationsSchema, ['symbol', 'date'], (market) => market.valuations);
  const macro = foldTable('macro', macroSchema, ['series', 'released', 'period_end'], (market) => market.macro);
  const news = foldTable('news', newsSchema, ['symbol', 'published', 'title', 'body'], (market) => market.news);
  const members = fold<NamedMembers>(
    'members',
    (market) => namedMembers(market, base.bars),
    ([name, first], [otherName, second], tally) => ({
      ...first,
      members: mergeMembers({ ...first, name }, { ...second, name: otherName }, bars.dates, tally),
      known: [Math.min(first.known[0], second.known[0]), Math.max(first.known[1], second.known[1])],
    }),
  );
  const imports = sources.reduce(
    (all, { market: { imports: own = [] } }) => joinRecords(all, own),
    [] as NonNullable<MarketTables['imports']>,
  );
  const market: MarketTables = {
    title: base.title,
    source: [...new Set(general.map(({ source }) => source))].join('; '),
    ...(imports.length > 0 ? { imports } : {}),
    rulebook: base.rulebook,
    ...(general.some(({ sources: said }) => said)
      ? { sources: Object.assign({}, ...general.map(({ sources: said }) => said ?? {}).reverse()) }
      : {}),
    bars,
    instruments: fold('instruments', ({ instruments }) => instruments, mergeInstruments) ?? [],
    members: members?.members ?? [],
    benchmarks: benchmark ? inOrder(tableToBenchmarks(benchmark), general) : [],
    ...(actions ? { actions: tableToActions(actions) } : {}),
    ...(fundamentals ? { fundamentals } : {}),
    ...(valuations ? { valuations } : {}),
    ...(macro ? { macro } : {}),
    ...(news ? { news } : {}),
    findings: mergeFindings(general, bars, carried),
  };
  return { market, disagreements: disagreements.report() };
}

/** Series in the order in which the sources list them. */
function inOrder(series: BenchmarkSeries[], parts: readonly MarketPart[]): BenchmarkSeries[] {
  const order = parts.flatMap(({ benchmarks = [] }) => benchmarks.map(({ index }) => index));
  return series.sort((a, b) => order.indexOf(a.index) - order.indexOf(b.index));
}

function namedMembers(market: MarketPart, fallback: BarMatrix): NamedMembers | undefined {
  if (market.members === undefined || market.members.length === 0) return undefined;
  const { dates } = market.bars ?? fallback;
  return {
    name: '',
    members: market.members,
    known: market.membersKnown ?? [dates[0], dates[dates.length - 1]],
    assumed: assumesMembers(market),
  };
}
