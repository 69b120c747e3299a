import type { Board } from '../types.js';

/**
 * The bars of one instrument from its first to its last session in the source, one cell a session of the calendar.
 * Cleaning changes them in place, in time order: what it does on a session depends on no later one.
 */
export interface InstrumentSeries {
  readonly symbol: string;
  readonly board: Board;
  readonly exchange: string;
  readonly dates: Int32Array;
  /** Raw prices; NaN where the source has no bar. */
  readonly open: Float64Array;
  readonly high: Float64Array;
  readonly low: Float64Array;
  readonly close: Float64Array;
  readonly volume: Float64Array;
  readonly amount: Float64Array | null;
  readonly factor: Float64Array;
  /** The source's own return of the session as a fraction, from the ex-right reference price; null where it has none. */
  readonly change: Float64Array | null;
  readonly suspended: Uint8Array;
  /** 1 under special treatment; absent where the source has no flag. */
  readonly st?: Uint8Array | null;
  readonly flags: Uint8Array;
  /** Whether the first bar is the first session of the listing; when the source merely begins there it is not known. */
  readonly startsWithListing: boolean;
  /** False where the prices are adjusted ones, not those that were paid; true when left out. */
  readonly asTraded?: boolean;
}

/** Session t repeats the last close: no trade, volume 0. Without an earlier close there is nothing to repeat. */
export function carryLastClose(series: InstrumentSeries, t: number): void {
  const last = t > 0 ? series.close[t - 1] : Number.NaN;
  series.open[t] = last;
  series.high[t] = last;
  series.low[t] = last;
  series.close[t] = last;
  series.volume[t] = 0;
  if (series.amount) series.amount[t] = 0;
  if (t > 0) series.factor[t] = series.factor[t - 1];
  series.suspended[t] = 1;
}
