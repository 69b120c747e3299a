import type { BarMatrix } from '../market/index.js';
import { invariant } from '../util/index.js';
import type { Ledger } from './ledger.js';
import type { MarketView } from './market-view.js';
import type { Holding, PolicyContext } from './policy.js';

/** Shows a policy the ledger after each close. */
export class LedgerWindow {
  private readonly entrySession: Int32Array;
  private readonly highest: Float64Array;
  private readonly equities: Float64Array;
  private readonly indexOf: ReadonlyMap<string, number>;
  private closes = 0;
  private peak = 0;
  private session = -1;

  constructor(
    private readonly bars: BarMatrix,
    private readonly market: MarketView,
    private readonly ledger: Ledger,
    indexOf: ReadonlyMap<string, number>,
    sessions: number,
  ) {
    this.indexOf = indexOf;
    this.entrySession = new Int32Array(bars.symbols.length).fill(-1);
    this.highest = new Float64Array(bars.symbols.length);
    this.equities = new Float64Array(sessions);
  }

  /** Shares of a symbol became more by an action: its past prices fall by the ratio. */
  scale(s: number, ratio: number): void {
    this.highest[s] /= ratio;
  }

  /** Takes in a close. */
  close(d: number, equity: number): void {
    this.session = d;
    this.equities[this.closes++] = equity;
    this.peak = Math.max(this.peak, equity);
    const { held, roundTrips } = this.ledger;
    for (let i = 0; i < held.count; i++) {
      const s = held.at(i);
      const began = roundTrips.entryOf(s);
      const entered = this.entrySession[s];
      if (entered < 0 || this.bars.dates[entered] !== began) {
        // Every position begins in the session that is closing.
        this.entrySession[s] = d;
        this.highest[s] = this.market.mark[s];
      } else this.highest[s] = Math.max(this.highest[s], this.market.mark[s]);
    }
  }

  context(): PolicyContext {
    const { bars, market, ledger, session, indexOf } = this;
    const { symbols, dates } = bars;
    const equity = this.equities[this.closes - 1];
    const now = () => invariant(session === this.session, 'a policy read the context of a session that has passed');
    const show = (s: number) => this.holding(s, equity);
    let holdings: Holding[] | null = null;
    return {
      session,
      date: dates[session],
      nextDate: dates[session + 1],
      symbols,
      equity,
      cash: ledger.cash,
      peakEquity: this.peak,
      drawdown: equity / this.peak - 1,
      equityHistory: this.equities.subarray(0, this.closes),
      sessionsTraded: this.closes - 1,
      get holdings() {
        if (holdings === null) now();
        holdings ??= Array.from({ length: ledger.held.count }, (_, i) => show(ledger.held.at(i)));
        return holdings;
      },
      price: (symbol) => {
        now();
        const s = indexOf.get(symbol);
        return s === undefined ? Number.NaN : market.mark[s];
      },
      tradable(symbol) {
        const s = indexOf.get(symbol);
        return s !== undefined && market.obstacle(s, session) === '';
      },
    };
  }

  private holding(s: number, equity: number): Holding {
    const shares = this.ledger.shares[s];
    const price = this.market.mark[s];
    return {
      symbol: this.bars.symbols[s],
      shares,
      price,
      value: shares * price,
      weight: (shares * price) / equity,
      entrySession: this.entrySession[s],
      entryDate: this.ledger.roundTrips.entryOf(s),
      entryPrice: this.ledger.basis[s] / shares,
      highestPrice: this.highest[s],
    };
  }
}
