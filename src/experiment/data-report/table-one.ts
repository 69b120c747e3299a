import { buildPanel, columnCoverage } from '../../features/index.js';
import {
  type BarCoverage,
  type BarMatrix,
  type FundamentalTable,
  knownDayOfNews,
  type MacroTable,
  type MarketStore,
  type NewsTable,
  type ValuationTable,
} from '../../market/index.js';
import type { DataTypeReport } from '../../report/index.js';
import { type Day, formatDay, lowerBound, silentProgress } from '../../util/index.js';
import { breathe, type Services } from '../services.js';

/** The paper's five columns of news, made from the score of each piece. */
const NEWS_VARIABLES = 5;
const SYMBOLS_AT_ONCE = 200;

/** What a store has beside its bars, null where it has none. */
export interface DatedTables {
  readonly macro: MacroTable | null;
  readonly fundamentals: FundamentalTable | null;
  readonly valuations: ValuationTable | null;
  readonly news: NewsTable | null;
}

/** As known on a day. @throws STORE_INVALID */
export const readDatedTables = async (store: MarketStore, asOf: Day): Promise<DatedTables> => ({
  macro: await store.readMacro({ asOf }),
  fundamentals: await store.readFundamentals({ asOf }),
  valuations: await store.readValuations({ asOf }),
  news: await store.readNews({ asOf }),
});

/** A row a data type that the store has; one it lacks has no row. */
export async function tableOne(
  store: MarketStore,
  bars: BarMatrix,
  coverage: BarCoverage,
  { macro, fundamentals, valuations, news }: DatedTables,
  services: Services,
): Promise<DataTypeReport[]> {
  const { source, sources = {}, rulebook } = store.manifest;
  const of = (table: string) => sources[table] ?? source;
  const { from, to } = spanOf(bars.dates);
  const rows = [
    priceRow(bars, coverage, { from, to, source: of('bars') }),
    await technicalRow(bars, { from, to }, services),
  ];
  if (macro && macro.length > 0) rows.push(macroRow(macro, bars.dates, of('macro')));
  if (fundamentals && fundamentals.length > 0) rows.push(fundamentalRow(fundamentals, of('fundamentals')));
  if (valuations && valuations.length > 0) rows.push(valuationRow(valuations, of('valuations')));
  if (news && news.length > 0) rows.push(newsRow(news, rulebook, of('news')));
  return rows;
}

type SpanAndSource = Pick<DataTypeReport, 'from' | 'to' | 'source'>;

function priceRow(
  bars: BarMatrix,
  { stockDays, missingBars, columns }: BarCoverage,
  stated: SpanAndSource,
): DataTypeReport {
  const variables = bars.amount === null ? 5 : 6;
  const absent = columns
    .filter(({ column }) => column !== 'adj_factor')
    .reduce((sum, { missing }) => sum + missing, missingBars * variables);
  return {
    type: 'Stock prices',
    samples: stockDays,
    sample: 'stock-day inside a listing',
    variables,
    missingShare: absent / (stockDays * variables),
    ...stated,
  };
}

/** Computed a few stocks at a time, so that no panel of the whole market stands in memory. */
async function technicalRow(
  bars: BarMatrix,
  span: Pick<DataTypeReport, 'from' | 'to'>,
  { progress, signal }: Services,
): Promise<DataTypeReport> {
  const days = bars.dates.length;
  const task = progress.start('Computing indicators', bars.symbols.length, 'stocks');
  let samples = 0;
  let absent = 0;
  let variables = 0;
  for (let first = 0; first < bars.symbols.length; first += SYMBOLS_AT_ONCE) {
    await breathe(signal);
    const some = sliceSymbols(bars, first, Math.min(bars.symbols.length, first + SYMBOLS_AT_ONCE));
    const panel = buildPanel(some, { featureSet: ['technical'], progress: silentProgress });
    const columns = columnCoverage(panel, new Uint8Array(some.symbols.length * days).fill(1));
    variables = columns.length;
    samples += columns[0].rows;
    for (const { warmUp, missing } of columns) absent += warmUp + missing;
    task.update(first + some.symbols.length);
  }
  task.end();
  return {
    type: 'Technical indicators',
    samples,
    sample: 'stock-day traded',
    variables,
    missingShare: absent / (samples * variables),
    source: 'computed from the bars by TA-Lib’s definitions; missing while warming up',
    ...span,
  };
}

function sliceSymbols(bars: BarMatrix, from: number, to: number): BarMatrix {
  const days = bars.dates.length;
  const cut = <T extends Float64Array | Uint8Array>(values: T) => values.subarray(from * days, to * days) as T;
  return {
    symbols: bars.symbols.slice(from, to),
    dates: bars.dates,
    open: cut(bars.open),
    high: cut(bars.high),
    low: cut(bars.low),
    close: cut(bars.close),
    volume: cut(bars.volume),
    amount: bars.amount && cut(bars.amount),
    adjFactor: cut(bars.adjFactor),
    suspended: cut(bars.suspended),
    st: bars.st && cut(bars.st),
    flags: cut(bars.flags),
  };
}

function macroRow({ columns }: MacroTable, dates: Int32Array, source: string): DataTypeReport {
  const firstReleased = new Map<string, Day>();
  for (const [i, series] of columns.series.entries()) {
    if (Number.isNaN(columns.value[i])) continue;
    firstReleased.set(series, Math.min(columns.released[i], firstReleased.get(series) ?? columns.released[i]));
  }
  const series = new Set(columns.series);
  let absent = 0;
  for (const name of series) {
    const first = firstReleased.get(name);
    absent += first === undefined ? dates.length : lowerBound(dates, first);
  }
  return {
    type: 'Macroeconomic series',
    samples: dates.length,
    sample: 'session; missing before the first release',
    variables: series.size,
    ...spanOf(columns.period_end),
    missingShare: absent / (dates.length * series.size),
    source,
  };
}

function fundamentalRow({ columns, length: rows }: FundamentalTable, source: string): DataTypeReport {
  const reports = new Set<string>();
  const facts = new Set<string>();
  for (let i = 0; i < rows; i++) {
    const report = `${columns.symbol[i]} ${columns.period_end[i]}`;
    reports.add(report);
    if (!Number.isNaN(columns.value[i])) facts.add(`${report} ${columns.field[i]}`);
  }
  const fields = new Set(columns.field).size;
  return {
    type: 'Fundamentals',
    samples: reports.size,
    sample: 'company and period',
    variables: fields,
    ...spanOf(columns.period_end),
    missingShare: 1 - facts.size / (reports.size * fields),
    source,
  };
}

function valuationRow({ columns, length: rows }: ValuationTable, source: string): DataTypeReport {
  const { symbol: _, date, ...ratios } = columns;
  const values = Object.values(ratios);
  let absent = 0;
  for (const column of values) for (const value of column) if (Number.isNaN(value)) absent++;
  return {
    type: 'Daily ratios',
    samples: rows,
    sample: 'stock-day',
    variables: values.length,
    ...spanOf(date),
    missingShare: absent / (rows * values.length),
    source,
  };
}

function newsRow({ columns, length: rows }: NewsTable, rulebook: string, source: string): DataTypeReport {
  const unscored = columns.score.filter(Number.isNaN).length;
  const [first, last] = extremes(columns.published);
  return {
    type: 'News',
    samples: rows,
    sample: 'piece of news; missing where the source has no score',
    variables: NEWS_VARIABLES,
    from: formatDay(knownDayOfNews(rulebook, first)),
    to: formatDay(knownDayOfNews(rulebook, last)),
    missingShare: unscored / rows,
    source,
  };
}

function spanOf(days: ArrayLike<Day>): { from: string; to: string } {
  const [first, last] = extremes(days);
  return { from: formatDay(first), to: formatDay(last) };
}

function extremes(values: ArrayLike<number>): [number, number] {
  let least = Number.POSITIVE_INFINITY;
  let most = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < values.length; i++) {
    least = Math.min(least, values[i]);
    most = Math.max(most, values[i]);
  }
  return [least, most];
}
