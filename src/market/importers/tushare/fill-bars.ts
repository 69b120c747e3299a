import { CandlenetError, type Day, formatDay, lowerBound } from '../../../util/index.js';
import { boardOf, exchangeOf } from '../../boards.js';
import { type CleaningOptions, cleanSeries, type FindingTally } from '../../cleaning/index.js';
import { MOST_AMOUNT, MOST_FACTOR, MOST_PRICE, MOST_SHARES } from '../../plausible.js';
import type { Rulebook } from '../../rulebooks/index.js';
import type { BarMatrix } from '../../types.js';
import type { TushareRows } from './rows.js';
import { markSpecialTreatment, type StockRows } from './stock-rows.js';

/** `vol` counts lots (手). */
export const SHARES_PER_LOT = 100;
/** `amount` counts thousands of yuan. */
const YUAN_PER_AMOUNT = 1000;

/** Puts the bars of one stock into row `s`, raw and in shares and yuan, then cleaned in place. @throws TABLE_INVALID */
export function fillStock(
  bars: BarMatrix,
  s: number,
  stock: StockRows,
  listDate: Day | null,
  rulebook: Rulebook,
  tally: FindingTally,
  cleaning?: CleaningOptions,
): void {
  const { daily } = stock;
  const sessions = bars.dates.length;
  const cells = [...daily.byDay].map(([day, row]) => [sessionOf(bars.dates, day, daily.rows, row), row] as const);
  const indices = cells.map(([session]) => session);
  const start = indices.reduce((least, session) => Math.min(least, session), sessions);
  const end = indices.reduce((most, session) => Math.max(most, session), -1) + 1;
  const row = <A extends Float64Array | Uint8Array>(matrix: A) =>
    matrix.subarray(s * sessions + start, s * sessions + end) as A;
  const dates = bars.dates.subarray(start, end);
  const change = new Float64Array(end - start).fill(Number.NaN);
  const series = {
    symbol: stock.symbol,
    board: boardOf(stock.symbol),
    exchange: exchangeOf(stock.symbol),
    dates,
    open: row(bars.open),
    high: row(bars.high),
    low: row(bars.low),
    close: row(bars.close),
    volume: row(bars.volume),
    amount: bars.amount && row(bars.amount),
    factor: row(bars.adjFactor),
    change,
    suspended: row(bars.suspended),
    st: bars.st && stock.names ? row(bars.st) : null,
    flags: row(bars.flags),
    startsWithListing: listDate !== null && listDate >= bars.dates[0] && lowerBound(bars.dates, listDate) === start,
  };
  for (const [session, from] of cells) {
    const t = session - start;
    for (const field of ['open', 'high', 'low', 'close'] as const)
      series[field][t] = daily.rows.positive(from, field, MOST_PRICE);
    series.volume[t] = Math.round(daily.rows.number(from, 'vol', MOST_SHARES / SHARES_PER_LOT) * SHARES_PER_LOT);
    if (series.amount)
      series.amount[t] = daily.rows.number(from, 'amount', MOST_AMOUNT / YUAN_PER_AMOUNT) * YUAN_PER_AMOUNT;
    change[t] = daily.rows.number(from, 'pct_chg') / 100;
  }
  fillFactors(series.factor, dates, stock);
  if (stock.suspended) restOnHalts(series, stock.suspended);
  if (bars.st && stock.names) markSpecialTreatment(stock.names, dates, row(bars.st));
  cleanSeries(series, rulebook, tally, cleaning);
}

function sessionOf(dates: Int32Array, day: Day, { what }: TushareRows, row: number): number {
  const session = lowerBound(dates, day);
  if (dates[session] === day) return session;
  throw new CandlenetError(
    'TABLE_INVALID',
    `${what}: row ${row + 1}, column "trade_date": found ${formatDay(day)}, expected a session of the exchange in the period asked for`,
  );
}

/** A session without a factor keeps the last; a bar before any factor cannot be adjusted. */
function fillFactors(factor: Float64Array, dates: Int32Array, { factors, daily }: StockRows): void {
  for (let t = 0; t < dates.length; t++) {
    const row = factors.byDay.get(dates[t]);
    const stated = row === undefined ? Number.NaN : factors.rows.positive(row, 'adj_factor', MOST_FACTOR);
    if (row !== undefined && stated <= 0) {
      throw new CandlenetError(
        'TABLE_INVALID',
        `${factors.rows.what}: row ${row + 1}, column "adj_factor": found ${stated}, expected a number above 0`,
      );
    }
    if (stated > 0) factor[t] = stated;
    else if (t > 0) factor[t] = factor[t - 1];
    else {
      throw new CandlenetError(
        'TABLE_INVALID',
        `${factors.rows.what}: found no factor above 0 for ${formatDay(dates[0])}, the first bar of ${daily.rows.what}`,
      );
    }
  }
}

interface Resting {
  readonly dates: Int32Array;
  readonly open: Float64Array;
  readonly high: Float64Array;
  readonly low: Float64Array;
  readonly close: Float64Array;
  readonly volume: Float64Array;
  readonly amount: Float64Array | null;
}

/** A session without a bar that the source calls a halt is a suspended day, no gap. */
function restOnHalts(series: Resting, halts: ReadonlySet<Day>): void {
  for (let t = 1; t < series.dates.length; t++) {
    if (!Number.isNaN(series.close[t]) || !halts.has(series.dates[t]) || Number.isNaN(series.close[t - 1])) continue;
    for (const prices of [series.open, series.high, series.low, series.close]) prices[t] = series.close[t - 1];
    series.volume[t] = 0;
    if (series.amount) series.amount[t] = 0;
  }
}
