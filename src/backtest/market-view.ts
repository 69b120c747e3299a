import {
  BarFlag,
  type BarMatrix,
  freeSessionsOfListing,
  type Instrument,
  type PriceLimits,
  priceLimitsOf,
  type Rulebook,
  type TradingRules,
  tradingRulesOn,
} from '../market/index.js';
import { type Day, indexAsOf, lowerBound } from '../util/index.js';
import type { OrderReason } from './schemas.js';

/** Factor changes below this, relative, are noise of float32 sources and no corporate action. */
const FACTOR_NOISE = 1e-6;
/** Sessions of the trailing mean volume. */
export const VOLUME_SESSIONS = 20;

const UNUSABLE = BarFlag.MISRECORDED;
const DID_NOT_TRADE = BarFlag.FILLED;

/**
 * The market as it unfolds: `openSession(d)` makes known what is published before the open of d (the ex-right factor),
 * `closeSession(d)` the closes. Between the two, `mark` is the ex-right reference price of each symbol.
 */
export class MarketView {
  /** Last good close, carried through factor changes; NaN before the first. */
  readonly mark: Float64Array;
  /** New shares for one old at this session's open, from the change of the adjustment factor; 1 without one. */
  readonly shareRatio: Float64Array;

  private readonly factor: Float64Array;
  private readonly lastBar: Int32Array;
  /** Session of the listing; far in the past where it is older than the bars or unknown. */
  private readonly listSession: Int32Array;
  private readonly freeSessions: Int32Array;
  private readonly venueOf: Int32Array;
  private readonly venues: Instrument[] = [];
  private rules: TradingRules[] = [];

  constructor(
    private readonly bars: BarMatrix,
    instruments: readonly Instrument[],
    private readonly rulebook: Rulebook,
  ) {
    const symbols = bars.symbols.length;
    const sessions = bars.dates.length;
    this.mark = new Float64Array(symbols).fill(Number.NaN);
    this.shareRatio = new Float64Array(symbols).fill(1);
    this.factor = new Float64Array(symbols).fill(Number.NaN);
    this.lastBar = new Int32Array(symbols).fill(-1);
    this.listSession = new Int32Array(symbols).fill(-sessions - 1);
    this.freeSessions = new Int32Array(symbols);
    this.venueOf = new Int32Array(symbols);
    const venueKeys = new Map<string, number>();
    for (let s = 0; s < symbols; s++) {
      const instrument = instruments[s];
      const key = `${instrument.board} ${instrument.exchange}`;
      if (!venueKeys.has(key)) venueKeys.set(key, this.venues.push(instrument) - 1);
      this.venueOf[s] = venueKeys.get(key)!;
      let last = sessions - 1;
      while (last >= 0 && Number.isNaN(bars.close[s * sessions + last])) last--;
      const { delistDate } = instrument;
      this.lastBar[s] = delistDate === null ? last : Math.min(last, indexAsOf(bars.dates, delistDate));
      const { listDate } = instrument;
      if (listDate !== null && listDate >= bars.dates[0]) {
        this.listSession[s] = lowerBound(bars.dates, listDate);
        this.freeSessions[s] = freeSessionsOfListing(rulebook, instrument, listDate);
      }
    }
  }

  /** Takes in what is known before the open of session d. */
  openSession(d: number): void {
    const { dates, adjFactor, close, flags } = this.bars;
    const day: Day = dates[d];
    this.rules = this.venues.map((venue) => tradingRulesOn(this.rulebook, venue, day));
    for (let s = 0; s < this.mark.length; s++) {
      this.shareRatio[s] = 1;
      const cell = s * dates.length + d;
      const factor = adjFactor[cell];
      if (!(factor > 0) || Number.isNaN(close[cell]) || (flags[cell] & UNUSABLE) !== 0) continue;
      const ratio = factor / this.factor[s];
      if (Math.abs(ratio - 1) <= FACTOR_NOISE) continue;
      this.factor[s] = factor;
      if (Number.isNaN(ratio)) continue;
      this.shareRatio[s] = ratio;
      this.mark[s] /= ratio;
    }
  }

  /** Takes in the closes of session d. */
  closeSession(d: number): void {
    const { dates, close } = this.bars;
    for (let s = 0; s < this.mark.length; s++) {
      if (this.obstacle(s, d) === '') this.mark[s] = close[s * dates.length + d];
    }
  }

  /** Why nothing can trade in symbol s during session d; '' when something can. */
  obstacle(s: number, d: number): OrderReason {
    const { dates, open, close, volume, suspended, flags } = this.bars;
    const cell = s * dates.length + d;
    if ((flags[cell] & UNUSABLE) !== 0) return 'misrecorded';
    if (!(close[cell] > 0)) return 'no-bar';
    if (suspended[cell] === 1 || (flags[cell] & DID_NOT_TRADE) !== 0 || volume[cell] === 0) return 'suspended';
    return open[cell] > 0 ? '' : 'no-bar';
  }

  open(s: number, d: number): number {
    return this.bars.open[s * this.bars.dates.length + d];
  }

  /** Rules of the session last opened, at the venue of symbol s. */
  rulesOf(s: number): TradingRules {
    return this.rules[this.venueOf[s]];
  }

  /** Price limits of session d; null where there is a limit but no reference price. Valid until `closeSession(d)`. */
  limits(s: number, d: number): PriceLimits | null {
    const session = d - this.listSession[s] + 1;
    return priceLimitsOf(this.rulesOf(s), this.mark[s], {
      sessionOfListing: session <= this.bars.dates.length ? session : null,
      freeSessions: this.freeSessions[s],
      specialTreatment: this.bars.st?.[s * this.bars.dates.length + d] === 1,
    });
  }

  /** Whether the listing has ended before session d: it was delisted, or no bar follows. */
  hasEnded(s: number, d: number): boolean {
    return d > this.lastBar[s];
  }

  /** Mean volume of the 20 sessions before d, in shares of session d; sessions without trade count as 0. */
  trailingVolume(s: number, d: number): number {
    const { dates, volume, adjFactor } = this.bars;
    let sum = 0;
    let count = 0;
    for (let past = Math.max(0, d - VOLUME_SESSIONS); past < d; past++) {
      const cell = s * dates.length + past;
      if (this.obstacle(s, past) === 'no-bar') continue;
      count++;
      const shares = (volume[cell] * this.factor[s]) / adjFactor[cell];
      if (this.obstacle(s, past) === '' && shares > 0) sum += shares;
    }
    return count === 0 ? 0 : sum / count;
  }
}
