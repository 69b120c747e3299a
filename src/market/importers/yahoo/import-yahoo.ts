import { CandlenetError, type Day, formatDay, lowerBound, silentProgress } from '../../../util/index.js';
import { boardOf, canonicalSymbol, exchangeOf } from '../../boards.js';
import { type CleaningOptions, cleanSeries, createFindingTally } from '../../cleaning/index.js';
import { said, withoutSecrets } from '../../import-record.js';
import { isPlausibleFactor, isPlausiblePrice, MOST_FACTOR, MOST_PRICE, MOST_SHARES } from '../../plausible.js';
import { rulebookByName } from '../../rulebooks/index.js';
import type { BenchmarkSeries, CorporateAction, DataFinding, MarketTables } from '../../types.js';
import { describeInstrument } from '../describe-instruments.js';
import { emptyBars } from '../empty-bars.js';
import { createRateLimit, createSource, type SourceOptions } from '../http/index.js';
import { forgetBefore, type KnownPart, withoutStored } from '../known-part.js';
import { askChart, type Chart, YAHOO_URL } from './chart.js';
import { type RawSeries, rawSeries } from './raw-series.js';

export interface ImportYahooOptions extends SourceOptions {
  /** As Yahoo writes them: `AAPL`, `600519.SS`, `000001.SZ`. */
  readonly symbols: readonly string[];
  readonly from: Day;
  readonly to: Day;
  /** What the group of symbols is called, as an index of which all are members; default `yahoo`. */
  readonly index?: string;
  /** Yahoo's symbol of the benchmark, such as `^GSPC`; left out, there is none. */
  readonly benchmark?: string;
  readonly cleaning?: CleaningOptions;
  /** What the store to be joined has: asked for anew is only what came since, with the year before to judge it by. */
  readonly known?: KnownPart;
}

const REQUESTS_PER_MINUTE = 60;

/**
 * Reads bars, splits and dividends from Yahoo's chart endpoint, which is no documented service and may change. Prices come
 * restated for splits and are put back to what traded. Symbols of the United States follow `us-equity`, those of Shanghai and
 * Shenzhen `cn-a-share`, others `frictionless`; one store holds one of them.
 * @throws ARGUMENT_INVALID, HTTP_FAILED, HTTP_REFUSED, TABLE_INVALID, UNIVERSE_EMPTY, INTERRUPTED, FILE_WRITE_FAILED (cache)
 */
export async function importYahoo(options: ImportYahooOptions): Promise<MarketTables> {
  const { from, to, index = 'yahoo', benchmark, known, progress = silentProgress } = options;
  const wanted = [...new Set(options.symbols)];
  if (wanted.length === 0) throw new CandlenetError('ARGUMENT_INVALID', 'yahoo: found no symbol, expected one or more');
  if (from > to) {
    throw new CandlenetError(
      'ARGUMENT_INVALID',
      `period: found ${formatDay(from)} … ${formatDay(to)}, expected from ≤ to`,
    );
  }
  const requestsPerMinute = options.requestsPerMinute ?? REQUESTS_PER_MINUTE;
  const { client, pacing } = createSource('yahoo', { ...options, requestsPerMinute });
  const limit = createRateLimit(requestsPerMinute, pacing);
  const source = { client, limit, url: options.baseUrl ?? YAHOO_URL, until: formatDay(to) };
  const task = progress.start('Asking Yahoo', wanted.length, 'symbols');
  const charts: Chart[] = [];
  for (const [i, symbol] of wanted.entries()) {
    const start = known?.symbols.has(canonicalOf(symbol)) ? known.from : from;
    charts.push(await askChart(source, symbol, start));
    task.update(i + 1, symbol);
  }
  task.end();
  const level = benchmark === undefined ? null : await askChart(source, benchmark, known?.from ?? from);
  const build = (until: Day) => buildMarket(charts, level, { from, to: until, index, cleaning: options.cleaning });
  const market = { ...build(to), imports: [recordOf(options, wanted)] };
  if (known === undefined) return market;
  const before = charts.some(({ days }) => days.some((day) => day >= from && day <= known.last))
    ? build(known.last).findings
    : [];
  forgetBefore(market.bars, known);
  return { ...market, findings: withoutStored(market.findings, before), findingsAreNew: true };
}

function recordOf(options: ImportYahooOptions, symbols: readonly string[]) {
  const { from, index = 'yahoo', benchmark, baseUrl, requestsPerMinute, cleaning } = options;
  return said({
    kind: 'yahoo' as const,
    symbols: [...symbols],
    index,
    from: formatDay(from),
    benchmark,
    baseUrl: withoutSecrets(baseUrl),
    requestsPerMinute,
    cleaning,
  });
}

function buildMarket(
  all: readonly Chart[],
  level: Chart | null,
  { from, to, index, cleaning }: { from: Day; to: Day; index: string; cleaning?: CleaningOptions },
): MarketTables {
  const inside = (day: Day) => day >= from && day <= to;
  const charts = all
    .filter(({ days }) => days.some(inside))
    .map((chart) => ({ chart, symbol: canonicalOf(chart.symbol) }))
    .sort((a, b) => (a.symbol < b.symbol ? -1 : 1));
  if (charts.length === 0) {
    throw new CandlenetError('UNIVERSE_EMPTY', `yahoo: none of ${all.length} symbols has a bar in the period`);
  }
  const rulebook = onlyOne(
    'rulebook',
    charts.map(({ chart }) => [chart.symbol, rulebookOf(chart)] as const),
  );
  const currency = onlyOne(
    'currency',
    charts.map(({ chart }) => [chart.symbol, chart.currency] as const),
  );
  const dates = Int32Array.from(new Set(charts.flatMap(({ chart }) => chart.days.filter(inside)))).sort();
  const bars = emptyBars(
    charts.map(({ symbol }) => symbol),
    dates,
    { amount: false, st: false },
  );
  const tally = createFindingTally();
  const book = rulebookByName(rulebook);
  const actions: CorporateAction[] = [];
  for (const [s, { chart, symbol }] of charts.entries()) {
    const raw = rawSeries(chart);
    const sessions = chart.days.flatMap((day, t) => (inside(day) ? [{ t, session: lowerBound(dates, day) }] : []));
    const start = s * dates.length + sessions[0].session;
    const end = s * dates.length + sessions[sessions.length - 1].session + 1;
    const row = <A extends Float64Array | Uint8Array>(matrix: A) => matrix.subarray(start, end) as A;
    const series = {
      symbol,
      board: boardOf(symbol),
      exchange: exchangeOf(symbol),
      dates: dates.subarray(start - s * dates.length, end - s * dates.length),
      open: row(bars.open),
      high: row(bars.high),
      low: row(bars.low),
      close: row(bars.close),
      volume: row(bars.volume),
      amount: null,
      factor: row(bars.adjFactor),
      change: null,
      suspended: row(bars.suspended),
      flags: row(bars.flags),
      startsWithListing: false,
    };
    for (const { t, session } of sessions) {
      const at = session - sessions[0].session;
      for (const field of ['open', 'high', 'low', 'close', 'volume', 'factor'] as const)
        series[field][at] = plausible(chart.symbol, field, chart.days[t], raw[field][t]);
    }
    cleanSeries(series, book, tally, cleaning);
    actions.push(...raw.actions.filter(({ exDate }) => inside(exDate)).map((action) => ({ symbol, ...action })));
  }
  tally.count('amount-absent', () => bars.symbols[0], { cases: bars.close.filter((price) => price > 0).length });
  tally.count('st-absent', () => bars.symbols[0], { cases: bars.symbols.length });
  tally.count('listing-dates-absent', () => bars.symbols[0], { cases: bars.symbols.length });
  for (const { chart, symbol } of charts) if (chart.name === '') tally.count('names-absent', () => symbol);
  if (level === null) tally.count('benchmark-absent', () => `${index}: no benchmark was asked for`);
  const last = dates[dates.length - 1];
  return {
    title: `${index} (Yahoo)`,
    source: `Yahoo chart endpoint over HTTP, prices in ${currency || 'an unnamed currency'}`,
    rulebook,
    bars,
    instruments: charts.map(({ chart, symbol }) => ({
      ...describeInstrument(symbol, undefined),
      name: chart.name,
      exchange: exchangeOf(symbol) || chart.exchange,
    })),
    members: bars.symbols.map((symbol) => ({ index, symbol, from: dates[0], to: last })),
    benchmarks: level === null ? [] : [benchmarkOf(index, level, inside)],
    actions,
    findings: [
      ...tally.findings(),
      ...sourceFindings(
        charts.map(({ symbol }) => symbol),
        all.length - charts.length,
      ),
    ],
  };
}

function benchmarkOf(
  index: string,
  { symbol, name, days, columns }: Chart,
  inside: (day: Day) => boolean,
): BenchmarkSeries {
  const rows = days.flatMap((day, t) => (inside(day) && columns.close[t] > 0 ? [t] : []));
  const column = (name: 'open' | 'high' | 'low' | 'close' | 'volume') =>
    Float64Array.from(rows, (t) => plausible(symbol, name, days[t], columns[name][t]));
  return {
    index,
    name: name || symbol,
    kind: 'price',
    dates: Int32Array.from(rows, (t) => days[t]),
    open: column('open'),
    high: column('high'),
    low: column('low'),
    close: column('close'),
    volume: column('volume'),
  };
}

/** A value as traded, or NaN, 0 and less, which the cleaning counts. @throws TABLE_INVALID */
function plausible(symbol: string, field: keyof RawSeries, day: Day, value: number): number {
  if (!(value > 0)) return value;
  const [most, isIn] =
    field === 'volume'
      ? [MOST_SHARES, value <= MOST_SHARES]
      : field === 'factor'
        ? [MOST_FACTOR, isPlausibleFactor(value)]
        : [MOST_PRICE, isPlausiblePrice(value)];
  if (isIn) return value;
  throw new CandlenetError(
    'TABLE_INVALID',
    `yahoo ${symbol}: ${formatDay(day)}, column "${field}": found ${value} as traded, expected no more than ${most}`,
  );
}

/** Yahoo writes SS for Shanghai. */
function canonicalOf(symbol: string): string {
  return canonicalSymbol(symbol.replace(/\.SS$/i, '.SH')) ?? symbol.toUpperCase();
}

/** Which rulebook a market of Yahoo's is under, by the suffix of the symbol and the currency; the first that fits. */
const MARKETS = [
  {
    symbol: /\.(SS|SZ)$/i,
    currency: /^/,
    rulebook: 'cn-a-share',
  },
  {
    symbol: /^[^.]+$/,
    currency: /^USD$/,
    rulebook: 'us-equity',
  },
  {
    symbol: /^/,
    currency: /^/,
    rulebook: 'frictionless',
  },
];

function rulebookOf(chart: Chart): string {
  return MARKETS.find(({ symbol, currency }) => symbol.test(chart.symbol) && currency.test(chart.currency))!.rulebook;
}

function onlyOne(what: string, found: readonly (readonly [symbol: string, value: string])[]): string {
  const other = found.find(([, value]) => value !== found[0][1]);
  if (!other) return found[0][1];
  throw new CandlenetError(
    'ARGUMENT_INVALID',
    `yahoo: found ${found[0][0]} with ${what} ${found[0][1]} and ${other[0]} with ${other[1]}, expected one ${what} in a store`,
  );
}

function sourceFindings(symbols: readonly string[], empty: number): DataFinding[] {
  return [
    {
      kind: 'members-chosen-afterwards',
      title: 'Symbols that were chosen by hand, not by an index of the day',
      count: symbols.length,
      example: symbols[0],
      action: 'members on every session: results are biased towards survivors',
    },
    {
      kind: 'symbol-without-bars',
      title: 'Symbols without a bar in the period',
      count: empty,
      example: empty === 0 ? '' : 'see the list of symbols asked for',
      action: 'left out',
    },
  ];
}
