import { type Instrument, type Rulebook, type TradingRules, tradingRulesOn } from '../market/index.js';
import { parseDay } from '../util/index.js';

/** The rules of each venue, resolved once for every span of sessions in which no row of the rulebook changes. */
export class RuleSpans {
  /** [symbols] */
  private readonly venueOf: Int32Array;
  /** [sessions] */
  private readonly spanOf: Int32Array;
  private readonly venues: Instrument[] = [];
  private readonly rules: TradingRules[][] = [];
  /** Longest settlement of shares that the rulebook knows, in sessions. */
  readonly longestSettlement: number;

  constructor(rulebook: Rulebook, instruments: readonly Instrument[], dates: Int32Array) {
    this.venueOf = new Int32Array(instruments.length);
    const venueKeys = new Map<string, number>();
    for (const [s, instrument] of instruments.entries()) {
      const key = `${instrument.board} ${instrument.exchange}`;
      if (!venueKeys.has(key)) venueKeys.set(key, this.venues.push(instrument) - 1);
      this.venueOf[s] = venueKeys.get(key)!;
    }
    const changes = new Set<number>();
    for (const { from, to } of rulebook.rules) {
      changes.add(parseDay(from));
      if (to !== null) changes.add(parseDay(to) + 1);
    }
    const ordered = [...changes].sort((a, b) => a - b);
    this.spanOf = new Int32Array(dates.length);
    let passed = 0;
    for (let d = 0; d < dates.length; d++) {
      const before = passed;
      while (passed < ordered.length && ordered[passed] <= dates[d]) passed++;
      if (d === 0 || passed > before) {
        this.rules.push(this.venues.map((venue) => tradingRulesOn(rulebook, venue, dates[d])));
      }
      this.spanOf[d] = this.rules.length - 1;
    }
    this.longestSettlement = Math.max(1, ...this.rules.flat().map((rules) => rules.settlementSessions));
  }

  /** Rules of session d at the venue of symbol s. */
  of(s: number, d: number): TradingRules {
    return this.rules[this.spanOf[d]][this.venueOf[s]];
  }
}
