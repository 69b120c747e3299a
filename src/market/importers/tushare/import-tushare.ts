import { createTableBuilder } from '../../../tables/index.js';
import { CandlenetError, type Day, formatDay, lowerBound, silentProgress } from '../../../util/index.js';
import { type CleaningOptions, createFindingTally, type FindingTally } from '../../cleaning/index.js';
import { said, withoutSecrets } from '../../import-record.js';
import { knownIndex } from '../../known-indices.js';
import { rulebookByName } from '../../rulebooks/index.js';
import { fundamentalsSchema } from '../../store-schema.js';
import type { BarMatrix, DataFinding, FundamentalTable, MarketTables } from '../../types.js';
import { checkMembership } from '../check-membership.js';
import { describeInstruments } from '../describe-instruments.js';
import { emptyBars } from '../empty-bars.js';
import { createRateLimit, createSource, type RateLimit, type SourceOptions } from '../http/index.js';
import type { InstrumentFacts } from '../instrument-names.js';
import { forgetBefore, type KnownPart, withoutStored } from '../known-part.js';
import { readIndexSeries } from './benchmark.js';
import { readSessions } from './calendar.js';
import { TUSHARE_URL, type TushareApi } from './call.js';
import { type Disclosures, fundamentalsOf, readDisclosures } from './disclosures.js';
import { fillStock } from './fill-bars.js';
import { createSourceFindings } from './findings.js';
import { readListings } from './listings.js';
import { readMacro } from './macro.js';
import { readMembers } from './members.js';
import { checkNewsSources, readNews } from './news.js';
import { compact } from './rows.js';
import { readStock, type StockRows } from './stock-rows.js';
import { actionsOf, valuationsOf } from './stock-tables.js';

export interface ImportTushareOptions extends SourceOptions {
  readonly token: string;
  /** One of the indices candlenet knows, such as `csi300`. */
  readonly index: string;
  readonly from: Day;
  readonly to: Day;
  /** Requests a minute of single apis, where they differ from `requestsPerMinute` (default 200). */
  readonly limits?: Readonly<Record<string, number>>;
  readonly cleaning?: CleaningOptions;
  /** Sources of short news, such as `sina` and `cls`, a request a day and source; left out, no news are read. */
  readonly news?: readonly string[];
  /** What the store to be joined has: asked for anew is only what came since, with the year before to judge it by. */
  readonly known?: KnownPart;
}

const RULEBOOK = 'cn-a-share';
const REQUESTS_PER_MINUTE = 200;

/**
 * Reads an index's stocks from Tushare Pro: members over time, raw bars with their factors, suspensions, names under special
 * treatment, daily ratios, dividends, statements and indicators on their days of announcement, macro series, news where asked for, and
 * the index itself. What the account may not use is left out and said; sessions, members, bars and factors must be there.
 * @throws ARGUMENT_INVALID, INDEX_UNKNOWN, HTTP_FAILED, HTTP_REFUSED, TABLE_INVALID, DATE_OUT_OF_STORE, UNIVERSE_EMPTY,
 *   INTERRUPTED, FILE_WRITE_FAILED (cache)
 */
export async function importTushare(options: ImportTushareOptions): Promise<MarketTables> {
  const { from, to, known, progress = silentProgress } = options;
  const index = knownIndex(options.index);
  if (index === null)
    throw new CandlenetError('INDEX_UNKNOWN', `index: found "${options.index}", expected one such as csi300`);
  if (from > to) {
    throw new CandlenetError(
      'ARGUMENT_INVALID',
      `period: found ${formatDay(from)} … ${formatDay(to)}, expected from ≤ to`,
    );
  }
  checkNewsSources(options.news ?? []);
  const tushare = connect(options);
  const tally = createFindingTally();
  const found = createSourceFindings();
  const dates = await readSessions(tushare, from, to);
  const asked = known === undefined ? dates : dates.subarray(lowerBound(dates, known.from));
  const listings = await readListings(tushare);
  const months = progress.start('Index members', undefined, 'months');
  const members = await readMembers(tushare, index, asked, (month) => months.update(month));
  months.end();

  const wanted = [...new Set(members.map(({ symbol }) => symbol))].sort();
  const task = progress.start('Asking Tushare', wanted.length, 'stocks');
  const stocks: StockRows[] = [];
  const disclosures: Disclosures[] = [];
  for (const [i, symbol] of wanted.entries()) {
    const sessions = known?.symbols.has(symbol) ? asked : dates;
    const stock = await readStock(tushare, symbol, sessions, found);
    if (stock.daily.byDay.size > 0) {
      stocks.push(stock);
      disclosures.push(await readDisclosures(tushare, symbol, sessions[0], dates[dates.length - 1], found));
    }
    task.update(i + 1, symbol);
  }
  task.end();
  if (stocks.length === 0) {
    throw new CandlenetError(
      'UNIVERSE_EMPTY',
      `tushare daily: none of ${wanted.length} members has a bar in the period`,
    );
  }

  const bars = fillBars(stocks, dates, listings, { tally, cleaning: options.cleaning });
  checkMembership(index.index, members, asked, new Set(bars.symbols), tally);
  const benchmark = await readIndexSeries(tushare, index, asked, found);
  if (benchmark === null) tally.count('benchmark-absent', () => `${index.index}: index_daily has no rows`);
  const period = { from: dates[0], to: dates[dates.length - 1] };
  const valuations = valuationsOf(stocks, disclosures);
  const disclosed = fundamentalsOf(stocks, disclosures, period.to, found);
  const fundamentals = known === undefined ? disclosed : disclosed && sinceAsked(disclosed, known);
  const actions = actionsOf(stocks, period.from, period.to, found);
  const { macro, findings: macroFindings } = await readMacro(tushare, asked[0], period.to, found);
  const { news, findings: newsFindings } = await newsOf(options, tushare, stocks, listings, {
    ...period,
    from: asked[0],
  });
  found.notPermitted(tushare.refused);
  const findings = [...tally.findings(), ...found.list(), ...macroFindings, ...newsFindings];
  const market: MarketTables = {
    title: `${index.name} (Tushare)`,
    source: `Tushare Pro over HTTP, ${formatDay(from)} … ${formatDay(to)}`,
    imports: [recordOf(options, index.index)],
    rulebook: RULEBOOK,
    bars,
    instruments: describeInstruments(bars.symbols, benchmark === null ? [] : [index], listings, tally),
    members,
    benchmarks: benchmark === null ? [] : [benchmark],
    ...(actions ? { actions } : {}),
    ...(valuations ? { valuations } : {}),
    ...(fundamentals ? { fundamentals } : {}),
    ...(macro ? { macro } : {}),
    ...(news ? { news } : {}),
    findings,
  };
  if (known === undefined) return market;
  const before = createFindingTally();
  fillBars(upTo(stocks, known.last), dates, listings, { tally: before, cleaning: options.cleaning });
  forgetBefore(bars, known);
  const told = new Set(before.findings().map(({ kind }) => kind as string));
  const isNew = ({ kind }: DataFinding) => (told.has(kind) ? !OF_THE_WINDOW.has(kind) : !known.findings.has(kind));
  return {
    ...market,
    membersKnown: [asked[0], period.to],
    findings: withoutStored(findings.filter(isNew), before.findings()),
    findingsAreNew: true,
  };
}

/** Findings about membership count the sessions asked for, not the store's. */
const OF_THE_WINDOW = new Set(['member-without-bars', 'membership-size', 'benchmark-absent']);

/** The part of each stock's bars that a store has. */
function upTo(stocks: readonly StockRows[], last: Day): StockRows[] {
  return stocks
    .map((stock) => ({
      ...stock,
      daily: { ...stock.daily, byDay: new Map([...stock.daily.byDay].filter(([day]) => day <= last)) },
    }))
    .filter(({ daily }) => daily.byDay.size > 0);
}

/** Of symbols that were not asked for from their first day, what is made of the years before the figures is whole only later. */
function sinceAsked(table: FundamentalTable, { symbols, from }: KnownPart): FundamentalTable {
  const { symbol, announced } = table.columns;
  const builder = createTableBuilder(fundamentalsSchema);
  for (let row = 0; row < table.length; row++) {
    if (symbols.has(symbol[row]) && announced[row] < from) continue;
    const { field, period_end, value } = table.columns;
    builder.add({
      symbol: symbol[row],
      period_end: period_end[row],
      field: field[row],
      announced: announced[row],
      value: value[row],
    });
  }
  return builder.build();
}

function recordOf(options: ImportTushareOptions, index: string) {
  const { from, baseUrl, requestsPerMinute, limits, news, cleaning } = options;
  return said({
    kind: 'tushare' as const,
    index,
    from: formatDay(from),
    baseUrl: withoutSecrets(baseUrl),
    requestsPerMinute,
    limits,
    news: news?.slice(),
    cleaning,
  });
}

async function newsOf(
  { news: sources = [], progress = silentProgress }: ImportTushareOptions,
  tushare: TushareApi,
  stocks: readonly StockRows[],
  listings: ReadonlyMap<string, InstrumentFacts>,
  period: { readonly from: Day; readonly to: Day },
): ReturnType<typeof readNews> {
  if (sources.length === 0) return { news: undefined, findings: [] };
  const task = progress.start('Asking for news', period.to - period.from + 1, 'days');
  const found = await readNews(tushare, sources, stocks, listings, period, (day) => task.update(day));
  task.end();
  return found;
}

function connect(options: ImportTushareOptions): TushareApi {
  const { token, limits = {}, requestsPerMinute = REQUESTS_PER_MINUTE } = options;
  if (!/^\S+$/.test(token)) {
    throw new CandlenetError('ARGUMENT_INVALID', 'tushare: found no token, expected the token of your account');
  }
  const { client, pacing } = createSource('tushare', { ...options, requestsPerMinute });
  const buckets = new Map<string, RateLimit>();
  return {
    client,
    token,
    url: options.baseUrl ?? TUSHARE_URL,
    until: compact(options.to),
    refused: new Set(),
    limitOf(api) {
      const bucket = buckets.get(api) ?? createRateLimit(limits[api] ?? requestsPerMinute, pacing);
      buckets.set(api, bucket);
      return bucket;
    },
  };
}

function fillBars(
  stocks: readonly StockRows[],
  dates: Int32Array,
  listings: ReadonlyMap<string, InstrumentFacts>,
  { tally, cleaning }: { readonly tally: FindingTally; readonly cleaning?: CleaningOptions },
): BarMatrix {
  const st = stocks.every(({ names }) => names !== null);
  const bars = emptyBars(
    stocks.map(({ symbol }) => symbol),
    dates,
    { amount: true, st },
  );
  const rulebook = rulebookByName(RULEBOOK);
  for (const [s, stock] of stocks.entries()) {
    fillStock(bars, s, stock, listings.get(stock.symbol)?.listDate ?? null, rulebook, tally, cleaning);
  }
  if (!st) tally.count('st-absent', () => bars.symbols[0], { cases: bars.symbols.length });
  return bars;
}
