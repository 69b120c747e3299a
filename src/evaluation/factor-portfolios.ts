import { BarFlag, type BarMatrix } from '../market/index.js';
import { standardDeviation } from '../stats/index.js';
import { CandlenetError, monthOf } from '../util/index.js';

/** Where factors are formed: bars, and who belonged to the universe [S × D]. */
export interface FactorMarket {
  readonly bars: Pick<BarMatrix, 'symbols' | 'dates' | 'close' | 'adjFactor' | 'flags'>;
  readonly universe: Uint8Array;
}

/** A stock's characteristic as known at the close of a session; higher is the long side, NaN keeps it out. */
export type Characteristic = (stock: number, session: number) => number;

export interface LongShortOptions {
  /** Share of the ranked stocks on each side; 0.3 as in Fama & French (1993). */
  readonly share?: number;
  /** Fewer ranked stocks than this make no factor. */
  readonly minimum?: number;
}

/**
 * Daily return of a long-short portfolio: the stocks of the universe with the highest characteristic less those with the
 * lowest, weighted equally, as known at the last close before the first session and before each new month. Returns are
 * total, close to close; what does not trade stands still, and its next price tells what happened meanwhile. No costs.
 * @param sessions first and last of the period, indices into the bars' dates
 * @returns one number a session; NaN where too few stocks have the characteristic
 * @throws ARGUMENT_INVALID where no session lies before the first, or the share is none
 */
export function longShortReturns(
  { bars, universe }: FactorMarket,
  characteristic: Characteristic,
  { first, last }: { readonly first: number; readonly last: number },
  { share = 0.3, minimum = 10 }: LongShortOptions = {},
): Float64Array {
  const { dates, symbols } = bars;
  const days = dates.length;
  if (!(first >= 1 && last < days && first <= last)) {
    const span = `sessions ${first} … ${last} of ${days}`;
    throw new CandlenetError('ARGUMENT_INVALID', `period: found ${span}, expected one before the first`);
  }
  if (!(share > 0 && share <= 0.5)) {
    throw new CandlenetError('ARGUMENT_INVALID', `share: found ${share}, expected above 0, at most 0.5`);
  }
  const price = (stock: number, session: number) => adjustedClose(bars, stock * days + session);
  const lastPrice = new Float64Array(symbols.length);
  let sides: Sides | null = null;
  return Float64Array.from({ length: last - first + 1 }, (_, i) => {
    const session = first + i;
    if (i === 0 || monthOf(dates[session]) !== monthOf(dates[session - 1])) {
      const known = session - 1;
      const ranked = symbols
        .map((__, stock) => ({ stock, value: characteristic(stock, known) }))
        .filter(({ stock, value }) => universe[stock * days + known] === 1 && Number.isFinite(value));
      const tradable = ranked.filter(({ stock }) => Number.isFinite(price(stock, known)));
      sides = tradable.length < minimum ? null : split(tradable, share);
      for (const { stock } of tradable) lastPrice[stock] = price(stock, known);
    }
    if (sides === null) return Number.NaN;
    const meanReturn = (stocks: readonly number[]) => {
      let sum = 0;
      for (const stock of stocks) {
        const now = price(stock, session);
        if (!Number.isFinite(now)) continue;
        sum += now / lastPrice[stock] - 1;
        lastPrice[stock] = now;
      }
      return sum / stocks.length;
    };
    return meanReturn(sides.long) - meanReturn(sides.short);
  });
}

interface Sides {
  readonly long: readonly number[];
  readonly short: readonly number[];
}

/** Ties go by the order of the stocks, so that equal inputs make equal portfolios. */
function split(ranked: { readonly stock: number; readonly value: number }[], share: number): Sides {
  const order = ranked.sort((a, b) => a.value - b.value || a.stock - b.stock).map(({ stock }) => stock);
  const count = Math.max(1, Math.floor(share * order.length));
  return { long: order.slice(-count), short: order.slice(0, count) };
}

/** Sessions of a month and of a year, in which the literature counts momentum and reversal. */
const MONTH = 21;
const YEAR = 252;
const VOLATILITY_SESSIONS = 60;

/** Return over the year before last month (Jegadeesh & Titman 1993, as Carhart 1997 counts it). */
export const momentumCharacteristic =
  ({ bars }: Pick<FactorMarket, 'bars'>): Characteristic =>
  (stock, session) =>
    change(bars, stock, session - YEAR, session - MONTH);

/** Less the return of the last month: its losers are the long side (Jegadeesh 1990). */
export const reversalCharacteristic =
  ({ bars }: Pick<FactorMarket, 'bars'>): Characteristic =>
  (stock, session) =>
    -change(bars, stock, session - MONTH, session);

/** Less the standard deviation of the last 60 daily returns (Blitz & van Vliet 2007, on days). */
export const lowVolatilityCharacteristic =
  ({ bars }: Pick<FactorMarket, 'bars'>): Characteristic =>
  (stock, session) =>
    session < VOLATILITY_SESSIONS
      ? Number.NaN
      : -standardDeviation(
          Float64Array.from({ length: VOLATILITY_SESSIONS }, (_, back) =>
            change(bars, stock, session - back - 1, session - back),
          ),
        );

/** Change of the adjusted close; NaN before the first session or where a price is missing. */
function change(bars: FactorMarket['bars'], stock: number, from: number, to: number): number {
  if (from < 0) return Number.NaN;
  const at = stock * bars.dates.length;
  return adjustedClose(bars, at + to) / adjustedClose(bars, at + from) - 1;
}

/** NaN without a bar that can be believed. */
function adjustedClose({ close, adjFactor, flags }: FactorMarket['bars'], cell: number): number {
  const price = close[cell] * adjFactor[cell];
  return price > 0 && (flags[cell] & BarFlag.MISRECORDED) === 0 ? price : Number.NaN;
}
