import { standardDeviation } from '../stats/index.js';

/**
 * What policies read of daily bars, symbol-major: the cell of symbol s on session d is `s * dates.length + d`. Prices are
 * raw, NaN without a bar; adjusted = raw × adjFactor, and a day's factor is known on that day. A market's bars fit.
 */
export interface PriceTable {
  readonly symbols: readonly string[];
  readonly dates: Int32Array;
  readonly open: Float64Array;
  readonly close: Float64Array;
  /** Shares. */
  readonly volume: Float64Array;
  /** Currency; null where the source has none. */
  readonly amount: Float64Array | null;
  readonly adjFactor: Float64Array;
  readonly flags: Uint8Array;
}

export interface PriceHistoryOptions {
  /** A bar with any of these bits in its flags is unusable, such as a misrecorded one. Default 0: all are sound. */
  readonly unusableFlags?: number;
}

/**
 * Back-adjusted prices as known after the close of a session. Every read names its session and looks back from it: what
 * comes later cannot be reached. A day without a sound bar carries the last close. Undefined is NaN.
 */
export class PriceHistory {
  private readonly rows: ReadonlyMap<string, number>;
  private readonly days: number;
  /** [symbols × sessions] Last sound adjusted close. */
  private readonly carried: Float64Array;
  /** Natural logarithms of them. */
  private readonly logs: Float64Array;
  private readonly unusable: number;

  constructor(
    private readonly table: PriceTable,
    { unusableFlags = 0 }: PriceHistoryOptions = {},
  ) {
    const { symbols, dates, close, adjFactor } = table;
    this.unusable = unusableFlags;
    this.days = dates.length;
    this.rows = new Map(symbols.map((symbol, s) => [symbol, s]));
    this.carried = new Float64Array(close.length);
    for (let s = 0; s < symbols.length; s++) {
      let last = Number.NaN;
      for (let cell = s * this.days; cell < (s + 1) * this.days; cell++) {
        const price = close[cell] * adjFactor[cell];
        if (price > 0 && this.isSound(cell)) last = price;
        this.carried[cell] = last;
      }
    }
    this.logs = this.carried.map(Math.log);
  }

  get symbols(): readonly string[] {
    return this.table.symbols;
  }

  /** Adjusted close, or the last one before it. */
  close(symbol: string, session: number): number {
    const s = this.rows.get(symbol);
    return s === undefined || session < 0 ? Number.NaN : this.carried[s * this.days + session];
  }

  /** Adjusted open of the session itself; NaN without a sound bar. */
  open(symbol: string, session: number): number {
    const s = this.rows.get(symbol);
    if (s === undefined || session < 0) return Number.NaN;
    const cell = s * this.days + session;
    return this.isSound(cell) ? this.table.open[cell] * this.table.adjFactor[cell] : Number.NaN;
  }

  /** Simple return over the `sessions` up to the close of `session`. */
  growth(symbol: string, session: number, sessions: number): number {
    return this.close(symbol, session) / this.close(symbol, session - sessions) - 1;
  }

  /** Log returns of the last `sessions`, oldest first; NaN before the first close. */
  logReturns(symbol: string, session: number, sessions: number): Float64Array {
    const returns = new Float64Array(sessions).fill(Number.NaN);
    const s = this.rows.get(symbol);
    if (s === undefined) return returns;
    const last = s * this.days + session;
    for (let i = Math.max(0, sessions - session); i < sessions; i++) {
      const cell = last - sessions + 1 + i;
      returns[i] = this.logs[cell] - this.logs[cell - 1];
    }
    return returns;
  }

  /** Sample standard deviation of the log returns of the last `sessions`; NaN when one of them is missing. */
  volatility(symbol: string, session: number, sessions: number): number {
    return standardDeviation(this.logReturns(symbol, session, sessions));
  }

  /**
   * Mean money traded a session over the last `sessions`: the amount where the source has one, else close × volume. A
   * session without a sound bar counts as 0; NaN before the first bar.
   */
  tradedValue(symbol: string, session: number, sessions: number): number {
    const s = this.rows.get(symbol);
    if (s === undefined || Number.isNaN(this.close(symbol, session))) return Number.NaN;
    const { amount, close, volume } = this.table;
    let sum = 0;
    for (let day = Math.max(0, session - sessions + 1); day <= session; day++) {
      const cell = s * this.days + day;
      const value = amount === null ? close[cell] * volume[cell] : amount[cell];
      if (value > 0 && this.isSound(cell)) sum += value;
    }
    return sum / sessions;
  }

  /**
   * What shares counted on `since` are worth at the close of `session`, in money: at their raw price then, grown with the
   * adjusted price, so that bonus shares and splits in between count in. From the first close where there was none by then;
   * NaN without a close by `session`.
   */
  valueOfShares(symbol: string, session: number, shares: number, since: number): number {
    const s = this.rows.get(symbol);
    if (s === undefined || session < 0) return Number.NaN;
    const { close, adjFactor } = this.table;
    const traded = (d: number) =>
      close[s * this.days + d] * adjFactor[s * this.days + d] > 0 && this.isSound(s * this.days + d);
    let from = Math.min(since, session);
    while (from >= 0 && !traded(from)) from--;
    if (from < 0) for (from = Math.max(0, since); from <= session && !traded(from); ) from++;
    if (from > session) return Number.NaN;
    return (shares * close[s * this.days + from] * this.close(symbol, session)) / this.close(symbol, from);
  }

  private isSound(cell: number): boolean {
    return (this.table.flags[cell] & this.unusable) === 0;
  }
}
