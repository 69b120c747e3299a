import { createTableBuilder } from '../tables/index.js';
import { type Day, invariant } from '../util/index.js';
import type { Charges } from './costs.js';
import { RoundTrips } from './round-trips.js';
import { EVENTS_SCHEMA, FILLS_SCHEMA, type Side } from './schemas.js';

/** Slack of a whole number of shares after a multiplication by a factor ratio. */
const WHOLE_SHARE_SLACK = 1e-9;
/** Relative to the amount: rounding that may leave cash a hair below zero. */
const CASH_SLACK = 1e-9;

/** Cash and shares, and the trail of everything that moved them. Cash is never negative, shares never are. */
export class Ledger {
  cash: number;
  readonly shares: Float64Array;
  /** Since the last `beginSession`, in money. */
  traded = 0;
  charged = 0;
  readonly fills = createTableBuilder(FILLS_SCHEMA);
  readonly events = createTableBuilder(EVENTS_SCHEMA);
  readonly roundTrips: RoundTrips;
  private date: Day = 0;
  private started = false;
  /** Shares bought in the current session. */
  private readonly fresh: Float64Array;
  /** Initial shares that cannot be sold in the first session. */
  private readonly locked = new Map<number, number>();

  constructor(
    private readonly symbols: readonly string[],
    initialCash: number,
  ) {
    this.cash = initialCash;
    this.shares = new Float64Array(symbols.length);
    this.fresh = new Float64Array(symbols.length);
    this.roundTrips = new RoundTrips(symbols);
  }

  /** A position held before the first session, taken at a price. */
  hold(s: number, shares: number, available: number, price: number, date: Day): void {
    this.shares[s] += shares;
    this.locked.set(s, shares - available);
    this.roundTrips.buy(s, date, shares, shares * price);
  }

  beginSession(date: Day): void {
    if (this.started) this.locked.clear();
    this.started = true;
    this.date = date;
    this.traded = 0;
    this.charged = 0;
    this.fresh.fill(0);
  }

  /** Shares that can be sold now: with a settlement of one session, not those bought in this one. */
  settledShares(s: number, settlementSessions: number): number {
    const fresh = settlementSessions > 0 ? this.fresh[s] : 0;
    return this.shares[s] - fresh - (this.locked.get(s) ?? 0);
  }

  buy(orderId: number, s: number, shares: number, price: number, charges: Charges): void {
    const cost = shares * price + charges.total;
    this.cash = withoutDust(this.cash - cost, cost);
    this.shares[s] += shares;
    this.fresh[s] += shares;
    this.roundTrips.buy(s, this.date, shares, cost);
    this.recordFill(orderId, s, 'buy', shares, price, charges);
  }

  sell(orderId: number, s: number, shares: number, price: number, charges: Charges): void {
    invariant(shares <= this.shares[s], `${this.symbols[s]}: sale of ${shares} of ${this.shares[s]} shares`);
    const proceeds = shares * price - charges.total;
    this.cash = withoutDust(this.cash + proceeds, shares * price);
    this.shares[s] -= shares;
    this.roundTrips.receive(s, proceeds);
    if (this.shares[s] === 0) this.roundTrips.close(s, this.date);
    this.recordFill(orderId, s, 'sell', shares, price, charges);
  }

  /**
   * Reinvests what a change of the adjustment factor pays: shares × ratio. Where shares are whole, the fraction left
   * over is paid out in cash at the ex-right reference price.
   */
  scale(s: number, ratio: number, referencePrice: number, wholeShares: boolean): void {
    const before = this.shares[s];
    if (before === 0) return;
    const exact = before * ratio;
    const after = wholeShares ? Math.floor(exact + WHOLE_SHARE_SLACK) : exact;
    const cash = Math.max(0, exact - after) * referencePrice;
    this.shares[s] = after;
    this.cash += cash;
    this.roundTrips.receive(s, cash);
    if (after === 0) this.roundTrips.close(s, this.date);
    this.recordEvent(s, 'factor', before, after, cash);
  }

  /** Turns a position whose listing has ended into cash. */
  settleDelisting(s: number, price: number): void {
    const before = this.shares[s];
    if (before === 0) return;
    const cash = before * price;
    this.shares[s] = 0;
    this.cash += cash;
    this.roundTrips.receive(s, cash);
    this.roundTrips.close(s, this.date);
    this.recordEvent(s, 'delisting', before, 0, cash);
  }

  /** Σ shares × price over what is held. */
  positionsValue(prices: Float64Array): number {
    let value = 0;
    for (let s = 0; s < this.shares.length; s++) if (this.shares[s] > 0) value += this.shares[s] * prices[s];
    return value;
  }

  countPositions(): number {
    let count = 0;
    for (let s = 0; s < this.shares.length; s++) if (this.shares[s] > 0) count++;
    return count;
  }

  private recordFill(orderId: number, s: number, side: Side, shares: number, price: number, charges: Charges): void {
    this.traded += shares * price;
    this.charged += charges.total;
    this.fills.add({
      order_id: orderId,
      date: this.date,
      symbol: this.symbols[s],
      side,
      shares,
      price,
      amount: shares * price,
      commission: charges.commission,
      stamp_duty: charges.stampDuty,
      transfer_fee: charges.transferFee,
      spread: charges.spread,
    });
  }

  private recordEvent(s: number, kind: 'factor' | 'delisting', before: number, after: number, cash: number): void {
    const symbol = this.symbols[s];
    this.events.add({ date: this.date, symbol, kind, shares_before: before, shares_after: after, cash });
  }
}

function withoutDust(cash: number, amount: number): number {
  invariant(cash >= -CASH_SLACK * amount, `cash of ${cash} after a fill of ${amount}`);
  return Math.max(0, cash);
}
