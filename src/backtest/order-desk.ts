import { buyableShares, isLimitDown, isLimitUp, sellableShares, type TradingRules } from '../market/index.js';
import type { Day } from '../util/index.js';
import { affordableShares, Charges, type CostModel, chargesOf, impactOfOneShare } from './costs.js';
import type { FillPrices } from './fill-prices.js';
import type { Ledger } from './ledger.js';
import type { MarketView } from './market-view.js';
import { OrderRecords } from './order-records.js';
import type { OrderReason, Side } from './schemas.js';
import type { Target } from './target.js';
import type { Remainder } from './types.js';
import { WorkingOrders } from './working-orders.js';

/** Differences below this, relative to the holding, are rounding and no order. */
const SHARE_NOISE = 1e-12;
/** A purchase this close to what the cash buys, relative, is affordable. */
const CASH_NOISE = 1e-12;
/** Why an order is given when the policy says nothing of it. */
const BY_TARGET = 'target';

export interface DeskOptions {
  /** Fraction of the trailing mean volume an order may take; null is no cap. */
  readonly maxVolumeShare: number | null;
  readonly remainder: Remainder;
}

/**
 * Turns a target into orders at the ex-right reference prices known before the open, and fills them at the session's
 * price: first all sales, then the purchases in the order of the target with the cash there is. What the participation
 * cap leaves is carried as a working order or dropped; all else that is not filled is dropped.
 */
export class OrderDesk {
  readonly records = new OrderRecords();
  private readonly working: WorkingOrders;
  private readonly charges = new Charges();
  /** What stood in the way of the rest of the order judged last. */
  private reason: OrderReason = '';

  constructor(
    private readonly symbols: readonly string[],
    private readonly market: MarketView,
    private readonly ledger: Ledger,
    private readonly costs: CostModel,
    private readonly prices: FillPrices,
    private readonly options: DeskOptions,
  ) {
    this.working = new WorkingOrders(symbols.length);
  }

  /** A new target: it takes the place of every working order. */
  trade(target: Target, d: number, date: Day): void {
    this.cancelAll(date, 'superseded');
    const equity = this.ledger.cash + this.ledger.positionsValue(this.market.mark);
    const sales: number[] = [];
    const surpluses: number[] = [];
    const { shares, held } = this.ledger;
    for (let i = 0; i < held.count; i++) {
      const s = held.at(i);
      const surplus = shares[s] - this.desiredShares(target, s, equity);
      const whole = target.weights[s] === 0;
      const worthwhile = whole || sellableShares(surplus, shares[s], this.market.rulesOf(s)) > 0;
      if (!(surplus > SHARE_NOISE * shares[s]) || !worthwhile) continue;
      sales.push(s);
      surpluses.push(surplus);
    }
    const purchases: number[] = [];
    const shortfalls: number[] = [];
    for (const s of target.named) {
      if (target.weights[s] === 0) continue;
      const missing = this.desiredShares(target, s, equity) - shares[s];
      // A new name always leaves a trace, even when its target is less than a lot; a topping-up below a lot is no order.
      const worthwhile = shares[s] === 0 || buyableShares(missing, this.market.rulesOf(s)) > 0;
      if (missing <= SHARE_NOISE * shares[s] || !worthwhile) continue;
      purchases.push(s);
      shortfalls.push(missing);
    }
    for (let i = 0; i < sales.length; i++) this.give(sales[i], 'sell', surpluses[i], target, d, date);
    for (let i = 0; i < purchases.length; i++) this.give(purchases[i], 'buy', shortfalls[i], target, d, date);
  }

  /** A session without a new target: working orders go on, sales first. */
  continueWorking(d: number, date: Day): void {
    for (const side of ['sell', 'buy'] as const) {
      for (const s of this.working.symbols(side)) {
        const id = this.working.of(s);
        this.settle(id, s, side, this.attempt(id, s, side, this.records.left(id), d), true, date);
      }
    }
  }

  /** Orders of several days end with an action of their share, which changes what a share is. */
  cancelForAction(s: number, date: Day): void {
    if (this.working.of(s) >= 0) this.cancelWorking(s, date, 'corporate-action');
  }

  /** Orders of several days end with the listing of their share, held or not. */
  cancelEnded(d: number, date: Day): void {
    for (const side of ['sell', 'buy'] as const) {
      for (const s of this.working.symbols(side)) {
        if (this.market.hasEnded(s, d)) this.cancelWorking(s, date, 'delisting');
      }
    }
  }

  private cancelAll(date: Day, reason: OrderReason): void {
    for (const side of ['sell', 'buy'] as const) {
      for (const s of this.working.symbols(side)) this.cancelWorking(s, date, reason);
    }
  }

  private cancelWorking(s: number, date: Day, reason: OrderReason): void {
    this.records.cancel(this.working.of(s), date, reason);
    this.working.remove(s);
  }

  private give(s: number, side: Side, wanted: number, target: Target, d: number, date: Day): void {
    const why = target.reasons?.get(this.symbols[s]) ?? BY_TARGET;
    const id = this.records.add(target.signalDate, date, s, side, wanted, why);
    this.settle(id, s, side, this.attempt(id, s, side, wanted, d), false, date);
  }

  /** What becomes of an order after the session. */
  private settle(id: number, s: number, side: Side, reason: OrderReason, wasWorking: boolean, date: Day): void {
    const ends = reason === '' || reason === 'below-lot' || reason === 'cash';
    if (this.options.remainder === 'carry' && (reason === 'volume-cap' || (wasWorking && !ends))) {
      this.records.carry(id, date, reason);
      this.working.add(s, side, id);
      return;
    }
    if (!wasWorking) {
      this.records.end(id, reason);
      return;
    }
    this.working.remove(s);
    if (reason === '') this.records.finish(id);
    else this.records.cancel(id, date, reason);
  }

  /** NaN where the symbol never had a price. */
  private desiredShares(target: Target, s: number, equity: number): number {
    return target.weights[s] === 0 ? 0 : (target.weights[s] * equity) / this.market.mark[s];
  }

  /** Fills the largest part of an order that can be done, and says what stood in the way of the rest. */
  private attempt(id: number, s: number, side: Side, wanted: number, d: number): OrderReason {
    this.reason = this.market.obstacle(s, d);
    if (this.reason !== '') return this.reason;
    const limits = this.market.limits(s, d);
    // Without a last close the order has no size; a share is not bought on the first session of its bars.
    if (limits === null || Number.isNaN(wanted)) return 'no-reference-price';
    const rules = this.market.rulesOf(s);
    const cell = this.market.cell(s, d);
    const judged = this.prices.judged(cell, side);
    if (side === 'buy' && isLimitUp(judged, limits, rules.tick)) return 'limit-up';
    if (side === 'sell' && isLimitDown(judged, limits, rules.tick)) return 'limit-down';

    const price = this.prices.at(cell);
    const impact =
      this.costs.impactCoefficient === 0
        ? 0
        : impactOfOneShare(this.costs, this.market.trailingVolatility(s, d), this.market.trailingVolume(s, d));
    const shares =
      side === 'buy'
        ? this.purchasable(s, wanted, price, impact, rules, d)
        : this.saleable(s, wanted, price, impact, rules, d);
    if (shares === 0) return this.reason;
    const charges = chargesOf(this.costs, rules, side, shares, price, impact, this.charges);
    if (side === 'buy') this.ledger.buy(id, s, shares, price, charges);
    else this.ledger.sell(id, s, shares, price, charges, rules.cashSettlementSessions);
    this.records.fill(id, shares);
    return this.reason;
  }

  private saleable(s: number, wanted: number, price: number, impact: number, rules: TradingRules, d: number): number {
    const held = this.ledger.shares[s];
    let shares = sellableShares(wanted, held, rules);
    if (shares === 0) this.reason = 'below-lot';
    const settled = this.ledger.settledShares(s, rules.settlementSessions);
    if (shares > settled) {
      shares = sellableShares(settled, held, rules);
      this.reason = 'unsettled';
    }
    const cap = this.volumeCap(s, d);
    if (shares > cap) {
      shares = sellableShares(cap, held, rules);
      this.reason = 'volume-cap';
    }
    if (shares === 0) return 0;
    const { total } = chargesOf(this.costs, rules, 'sell', shares, price, impact, this.charges);
    if (this.ledger.cash + shares * price - total >= 0) return shares;
    this.reason = 'cash';
    return 0;
  }

  private purchasable(s: number, wanted: number, price: number, impact: number, rules: TradingRules, d: number) {
    let shares = buyableShares(wanted, rules);
    if (shares === 0) {
      this.reason = 'below-lot';
      return 0;
    }
    const cap = this.volumeCap(s, d);
    if (shares > cap) {
      shares = buyableShares(cap, rules);
      this.reason = 'volume-cap';
    }
    const cash = this.ledger.spendable();
    if (shares * price + chargesOf(this.costs, rules, 'buy', shares, price, impact, this.charges).total <= cash)
      return shares;
    const affordable = affordableShares(this.costs, rules, cash, price, impact);
    if (shares > affordable * (1 + CASH_NOISE)) {
      shares = buyableShares(affordable, rules);
      this.reason = 'cash';
    }
    return shares;
  }

  private volumeCap(s: number, d: number): number {
    const { maxVolumeShare } = this.options;
    return maxVolumeShare === null ? Number.POSITIVE_INFINITY : maxVolumeShare * this.market.trailingVolume(s, d);
  }
}
