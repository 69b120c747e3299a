import {
  type BarMatrix,
  freeSessionsOfListing,
  type Instrument,
  type LimitSheet,
  type PriceLimits,
  priceLimitsOf,
  type Rulebook,
  type TradingRules,
} from '../market/index.js';
import { lowerBound } from '../util/index.js';
import type { Liquidity } from './liquidity.js';
import { type Ending, endingOf } from './listing-end.js';
import type { MarketTape } from './market-tape.js';
import { PreparedMarket } from './prepared-market.js';
import { RuleSpans } from './rule-spans.js';
import { type OrderReason, REASONS } from './schemas.js';

/** What a view reads: a `PreparedMarket`, or its parts on another thread. */
export type MarketSource = Pick<PreparedMarket, 'tape' | 'liquidity'>;

/**
 * The market as it unfolds: `openSession(d)` makes known what is published before the open of d (the ex-right
 * reference), `closeSession(d)` the closes. Between the two, `mark` is the ex-right reference price of each symbol.
 */
export class MarketView {
  /** Last good close, carried through actions; NaN before the first. */
  mark: Float64Array;
  readonly tape: MarketTape;
  readonly spans: RuleSpans;
  private session = 0;
  /** Where the marks of a session with changes are worked out; the other sessions read the tape as it is. */
  private readonly references: Float64Array;
  private readonly source: MarketSource;
  private trailing: Liquidity | null = null;
  private readonly endings: readonly (readonly Ending[])[];
  /** Session of the listing; far in the past where it is older than the bars or unknown. */
  private readonly listSession: Int32Array;
  private readonly freeSessions: Int32Array;
  private readonly symbols: number;
  private readonly sessions: number;
  /** Filled in once an order: neither outlives it. */
  private readonly state = { sessionOfListing: null as number | null, freeSessions: 0, specialTreatment: false };
  private readonly sheet: LimitSheet = { lower: 0, upper: 0 };

  constructor(
    private readonly bars: BarMatrix,
    instruments: readonly Instrument[],
    rulebook: Rulebook,
    prepared: MarketSource = new PreparedMarket(bars),
  ) {
    this.tape = prepared.tape;
    this.source = prepared;
    this.symbols = bars.symbols.length;
    this.sessions = bars.dates.length;
    this.mark = new Float64Array(this.symbols).fill(Number.NaN);
    this.references = this.mark.slice();
    this.spans = new RuleSpans(rulebook, instruments, bars.dates);
    this.endings = instruments.map(({ delistDate }, s) => endingOf(bars, s, delistDate));
    this.listSession = new Int32Array(this.symbols).fill(-this.sessions - 1);
    this.freeSessions = new Int32Array(this.symbols);
    for (const [s, instrument] of instruments.entries()) {
      const { listDate } = instrument;
      if (listDate !== null && listDate >= bars.dates[0]) {
        this.listSession[s] = lowerBound(bars.dates, listDate);
        this.freeSessions[s] = freeSessionsOfListing(rulebook, instrument, listDate);
      }
    }
  }

  /** Takes in what is known before the open of session d. */
  openSession(d: number): void {
    const { changeStart, changeSymbol, changeRatio } = this.tape;
    this.session = d;
    if (d > 0) this.mark = this.tape.mark.subarray((d - 1) * this.symbols, d * this.symbols);
    if (changeStart[d] === changeStart[d + 1]) return;
    this.references.set(this.mark);
    this.mark = this.references;
    for (let i = changeStart[d]; i < changeStart[d + 1]; i++) this.mark[changeSymbol[i]] /= changeRatio[i];
  }

  /** Takes in the closes of session d. */
  closeSession(d: number): void {
    this.mark = this.tape.mark.subarray(d * this.symbols, (d + 1) * this.symbols);
  }

  /** Why nothing can trade in symbol s during session d; '' when something can. */
  obstacle(s: number, d: number): OrderReason {
    return REASONS[this.tape.obstacle[s * this.sessions + d]];
  }

  cell(s: number, d: number): number {
    return s * this.sessions + d;
  }

  /** Rules of the session last opened, at the venue of symbol s. */
  rulesOf(s: number): TradingRules {
    return this.spans.of(s, this.session);
  }

  /** Price limits of session d; null where there is a limit but no reference price. Valid until the next call. */
  limits(s: number, d: number): PriceLimits | null {
    const session = d - this.listSession[s] + 1;
    const { state } = this;
    state.sessionOfListing = session <= this.sessions ? session : null;
    state.freeSessions = this.freeSessions[s];
    state.specialTreatment = this.bars.st?.[s * this.sessions + d] === 1;
    return priceLimitsOf(this.rulesOf(s), this.mark[s], state, this.sheet);
  }

  /** Whether the listing counts as ended before session d, by what is known there: see `endingOf`. */
  hasEnded(s: number, d: number): boolean {
    return this.endings[s].some(([from, to]) => d >= from && d <= to);
  }

  /** Mean volume of the 20 sessions before d, in shares of session d. */
  trailingVolume(s: number, d: number): number {
    return this.liquidity().volume[s * this.sessions + d];
  }

  /** Daily volatility over the 20 sessions before d; NaN where too few traded. */
  trailingVolatility(s: number, d: number): number {
    return this.liquidity().volatility[s * this.sessions + d];
  }

  private liquidity(): Liquidity {
    this.trailing ??= this.source.liquidity();
    return this.trailing;
  }
}
