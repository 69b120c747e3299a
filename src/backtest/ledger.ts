import type { ActionTable, TradingRules } from '../market/index.js';
import { type Day, invariant } from '../util/index.js';
import type { Charges } from './costs.js';
import type { DividendTax } from './dividend-tax.js';
import { HeldSymbols } from './held-symbols.js';
import { RecordColumns } from './record-columns.js';
import { RoundTrips } from './round-trips.js';
import { EVENT_KINDS, EVENTS_SCHEMA, FILLS_SCHEMA, SIDES, type Side } from './schemas.js';
import { Settlement } from './settlement.js';

/** Slack of a whole number of shares after a multiplication by a factor ratio. */
const WHOLE_SHARE_SLACK = 1e-9;
/** Relative to the amount: rounding that may leave cash a hair below zero. */
const CASH_SLACK = 1e-9;

type EventKind = (typeof EVENT_KINDS)[number];

/** Cash and shares, and the trail of everything that moved them. Cash is never negative, shares never are. */
export class Ledger {
  cash: number;
  readonly shares: Float64Array;
  readonly held: HeldSymbols;
  /** What the position cost, charges included and less what actions paid out; falls with sales in proportion. */
  readonly basis: Float64Array;
  /** Since the last `beginSession`, in money. */
  traded = 0;
  charged = 0;
  readonly roundTrips: RoundTrips;
  private readonly fills = new RecordColumns(FILLS_SCHEMA);
  private readonly events = new RecordColumns(EVENTS_SCHEMA);
  private readonly settlement: Settlement;
  private date: Day = 0;
  /** Shares held before the period that cannot be sold in its first session. */
  private readonly locked = new Map<number, number>();
  private started = false;
  /** Tax that fell due while there was no cash. */
  private owing = 0;

  constructor(
    private readonly symbols: readonly string[],
    initialCash: number,
    longestSettlement = 1,
    private readonly taxes: DividendTax | null = null,
  ) {
    this.cash = initialCash;
    this.shares = new Float64Array(symbols.length);
    this.basis = new Float64Array(symbols.length);
    this.held = new HeldSymbols(symbols.length);
    this.settlement = new Settlement(symbols.length, longestSettlement);
    this.roundTrips = new RoundTrips(symbols);
  }

  /** A position from before the period, valued at the close before it. */
  hold(s: number, shares: number, available: number, price: number, date: Day): void {
    this.shares[s] += shares;
    this.basis[s] += shares * price;
    this.held.add(s);
    this.locked.set(s, shares - available);
    this.roundTrips.buy(s, date, shares, shares * price);
    this.taxes?.buy(s, date, shares);
  }

  beginSession(date: Day): void {
    if (this.started) this.locked.clear();
    this.started = true;
    this.date = date;
    this.traded = 0;
    this.charged = 0;
    this.settlement.beginSession();
  }

  /** Cash that purchases may use: not the proceeds that are still to settle. */
  spendable(): number {
    return Math.max(0, this.cash - this.settlement.unsettledCash());
  }

  /** Shares that can be sold now: with a settlement of n sessions, not those bought in the last n, this one included. */
  settledShares(s: number, settlementSessions: number): number {
    const unsettled = this.settlement.unsettledShares(s, settlementSessions) + (this.locked.get(s) ?? 0);
    return Math.max(0, this.shares[s] - unsettled);
  }

  buy(orderId: number, s: number, shares: number, price: number, charges: Charges): void {
    const cost = shares * price + charges.total;
    this.cash = withoutDust(this.cash - cost, cost);
    this.basis[s] += cost;
    this.shares[s] += shares;
    this.held.add(s);
    this.settlement.buy(s, shares);
    this.roundTrips.buy(s, this.date, shares, cost);
    this.taxes?.buy(s, this.date, shares);
    this.recordFill(orderId, s, 'buy', shares, price, charges);
  }

  sell(orderId: number, s: number, shares: number, price: number, charges: Charges, cashSettlementSessions = 0): void {
    const before = this.shares[s];
    // The message is made only where it is needed: this runs once a fill.
    if (shares > before) invariant(false, `${this.symbols[s]}: sale of ${shares} of ${before} shares`);
    const proceeds = shares * price - charges.total;
    this.cash = withoutDust(this.cash + proceeds, shares * price);
    this.settlement.sell(proceeds, cashSettlementSessions);
    this.basis[s] *= 1 - shares / before;
    this.shares[s] = before - shares;
    this.roundTrips.receive(s, proceeds);
    if (this.taxes !== null) this.payTax(s, before, this.taxes.sell(s, this.date, shares, before));
    this.recordFill(orderId, s, 'sell', shares, price, charges);
    this.closeIfEmpty(s);
  }

  /**
   * Reinvests what a change of the adjustment factor pays: shares × ratio. Where shares are whole, the fraction left
   * over is paid out in cash at the ex-right reference price.
   */
  scale(s: number, ratio: number, referencePrice: number, wholeShares: boolean, kind: EventKind = 'factor'): void {
    const before = this.shares[s];
    if (before === 0) return;
    const exact = before * ratio;
    const after = wholeShares ? Math.floor(exact + WHOLE_SHARE_SLACK) : exact;
    this.settlement.scale(s, after / before);
    this.taxes?.scale(s, after / before);
    this.locked.set(s, ((this.locked.get(s) ?? 0) * after) / before);
    this.shares[s] = after;
    this.payOut(s, kind, before, Math.max(0, exact - after) * referencePrice);
    this.closeIfEmpty(s);
  }

  /**
   * Pays an action of the store: cash, then bonus shares, then rights. Rights are taken up, in whole shares and as far as
   * the cash reaches, where they cost less than the ex-right reference price; else they lapse.
   * @param rules of the record day
   */
  applyAction(
    s: number,
    actions: ActionTable,
    row: number,
    referencePrice: number,
    wholeShares: boolean,
    rules: TradingRules,
  ): void {
    const before = this.shares[s];
    if (before === 0) return;
    const { cash, bonus, shares, rights, rightsPrice } = actions;
    if (cash[row] > 0) this.payOut(s, 'dividend', before, before * cash[row]);
    const income = cash[row] + bonus[row] * rules.bonusShareIncome;
    if (this.taxes !== null && income > 0) this.payTax(s, before, this.taxes.dividend(s, income, rules));
    if (shares[row] !== 0) this.scale(s, 1 + shares[row], referencePrice, wholeShares, 'bonus');
    if (rights[row] > 0) this.subscribe(s, before * rights[row], rightsPrice[row], referencePrice, wholeShares);
  }

  private subscribe(s: number, offered: number, price: number, referencePrice: number, wholeShares: boolean): void {
    const held = this.shares[s];
    const wanted = price < referencePrice && held > 0 ? Math.min(offered, this.spendable() / price) : 0;
    const taken = wholeShares ? Math.floor(wanted + WHOLE_SHARE_SLACK) : wanted;
    const cost = Math.min(taken * price, this.cash);
    this.shares[s] += taken;
    this.cash -= cost;
    this.basis[s] += cost;
    this.roundTrips.subscribe(s, taken, cost);
    this.taxes?.buy(s, this.date, taken);
    this.recordEvent(s, taken > 0 ? 'rights' : 'rights-lapsed', held, this.shares[s], -cost);
  }

  /** Turns a position whose listing has ended into cash. */
  settleDelisting(s: number, price: number): void {
    const before = this.shares[s];
    if (before === 0) return;
    this.shares[s] = 0;
    this.payOut(s, 'delisting', before, before * price);
    if (this.taxes !== null) this.payTax(s, 0, this.taxes.sell(s, this.date, before, before));
    this.closeIfEmpty(s);
  }

  /** Σ shares × price over what is held. */
  positionsValue(prices: Float64Array): number {
    let value = 0;
    for (let i = 0; i < this.held.count; i++) {
      const s = this.held.at(i);
      value += this.shares[s] * prices[s];
    }
    return value;
  }

  fillsTable() {
    return this.fills.toTable({ symbol: this.symbols, side: SIDES });
  }

  eventsTable() {
    return this.events.toTable({ symbol: this.symbols, kind: EVENT_KINDS });
  }

  /** Pays tax as far as the cash reaches; the rest waits for the next occasion. */
  private payTax(s: number, held: number, due: number): void {
    this.owing += due;
    const paid = Math.min(this.owing, this.cash);
    if (!(paid > 0)) return;
    this.owing -= paid;
    this.cash -= paid;
    this.basis[s] += held > 0 ? paid * (this.shares[s] / held) : 0;
    this.roundTrips.receive(s, -paid);
    this.recordEvent(s, 'dividend-tax', held, held, -paid);
  }

  private payOut(s: number, kind: EventKind, before: number, cash: number): void {
    this.cash += cash;
    this.basis[s] -= cash;
    this.roundTrips.receive(s, cash);
    this.recordEvent(s, kind, before, this.shares[s], cash);
  }

  private closeIfEmpty(s: number): void {
    if (this.shares[s] !== 0) return;
    this.basis[s] = 0;
    this.held.remove(s);
    this.roundTrips.close(s, this.date);
  }

  private recordFill(orderId: number, s: number, side: Side, shares: number, price: number, charges: Charges): void {
    this.traded += shares * price;
    this.charged += charges.total;
    const i = this.fills.next();
    const { columns } = this.fills;
    columns.order_id[i] = orderId;
    columns.date[i] = this.date;
    columns.symbol[i] = s;
    columns.side[i] = side === 'buy' ? 0 : 1;
    columns.shares[i] = shares;
    columns.price[i] = price;
    columns.amount[i] = shares * price;
    columns.commission[i] = charges.commission;
    columns.stamp_duty[i] = charges.stampDuty;
    columns.transfer_fee[i] = charges.transferFee;
    columns.spread[i] = charges.spread;
    columns.impact[i] = charges.impact;
  }

  private recordEvent(s: number, kind: EventKind, before: number, after: number, cash: number): void {
    const i = this.events.next();
    const { columns } = this.events;
    columns.date[i] = this.date;
    columns.symbol[i] = s;
    columns.kind[i] = EVENT_KINDS.indexOf(kind);
    columns.shares_before[i] = before;
    columns.shares_after[i] = after;
    columns.cash[i] = cash;
  }
}

function withoutDust(cash: number, amount: number): number {
  if (cash >= 0) return cash;
  invariant(cash >= -CASH_SLACK * amount, `cash of ${cash} after a fill of ${amount}`);
  return 0;
}
