import { buyableShares, isLimitDown, isLimitUp, sellableShares } from '../market/index.js';
import { createTableBuilder } from '../tables/index.js';
import type { Day } from '../util/index.js';
import { affordableShares, type CostModel, chargesOf } from './costs.js';
import type { Ledger } from './ledger.js';
import type { MarketView } from './market-view.js';
import { ORDERS_SCHEMA, type OrderReason, type Side } from './schemas.js';
import type { Target } from './target.js';

/** Differences below this, relative to the holding, are rounding and no order. */
const SHARE_NOISE = 1e-12;
/** A purchase this close to what the cash buys, relative, is affordable. */
const CASH_NOISE = 1e-12;

interface Order {
  readonly s: number;
  readonly side: Side;
  /** Wanted by the target, before lots. */
  readonly wanted: number;
}

/** The largest part of an order that can be done, and what stood in the way of the rest. */
interface Fillable {
  readonly shares: number;
  readonly reason: OrderReason;
}

const none = (reason: OrderReason): Fillable => ({ shares: 0, reason });

/**
 * Turns a target into orders at the ex-right reference prices known before the open, and fills them at the open: first
 * all sales, then the purchases in the order of the target with the cash there is. What is not filled is dropped.
 */
export class OrderDesk {
  readonly orders = createTableBuilder(ORDERS_SCHEMA);
  private nextId = 0;

  constructor(
    private readonly symbols: readonly string[],
    private readonly market: MarketView,
    private readonly ledger: Ledger,
    private readonly costs: CostModel,
    /** Fraction of the trailing mean volume an order may take; null is no cap. */
    private readonly maxVolumeShare: number | null,
  ) {}

  trade(target: Target, d: number, date: Day): void {
    const equity = this.ledger.cash + this.ledger.positionsValue(this.market.mark);
    const { sales, purchases } = this.ordersFor(target, equity);
    for (const order of sales) this.execute(order, this.sale(order, d), target.signalDate, d, date);
    for (const order of purchases) this.execute(order, this.purchase(order, d), target.signalDate, d, date);
  }

  private ordersFor(target: Target, equity: number): { sales: Order[]; purchases: Order[] } {
    const { shares } = this.ledger;
    const sales: Order[] = [];
    const purchases: Order[] = [];
    for (let s = 0; s < shares.length; s++) {
      if (shares[s] === 0) continue;
      const surplus = shares[s] - this.desiredShares(target, s, equity);
      const whole = target.weights[s] === 0;
      const worthwhile = whole || sellableShares(surplus, shares[s], this.market.rulesOf(s)) > 0;
      if (surplus > SHARE_NOISE * shares[s] && worthwhile) sales.push({ s, side: 'sell', wanted: surplus });
    }
    for (const s of target.named) {
      if (target.weights[s] === 0) continue;
      const missing = this.desiredShares(target, s, equity) - shares[s];
      // A new name always leaves a trace, even when its target is less than a lot; a topping-up below a lot is no order.
      const worthwhile = shares[s] === 0 || buyableShares(missing, this.market.rulesOf(s)) > 0;
      if (!(missing <= SHARE_NOISE * shares[s]) && worthwhile) purchases.push({ s, side: 'buy', wanted: missing });
    }
    return { sales, purchases };
  }

  /** NaN where the symbol never had a price. */
  private desiredShares(target: Target, s: number, equity: number): number {
    return target.weights[s] === 0 ? 0 : (target.weights[s] * equity) / this.market.mark[s];
  }

  private sale(order: Order, d: number): Fillable {
    const { s } = order;
    const rules = this.market.rulesOf(s);
    const obstacle = this.market.obstacle(s, d);
    if (obstacle !== '') return none(obstacle);
    const limits = this.market.limits(s, d);
    if (limits === null) return none('no-reference-price');
    const price = this.market.open(s, d);
    if (isLimitDown(price, limits, rules.tick)) return none('limit-down');

    const held = this.ledger.shares[s];
    let shares = sellableShares(order.wanted, held, rules);
    let reason: OrderReason = shares === 0 ? 'below-lot' : '';
    const settled = this.ledger.settledShares(s, rules.settlementSessions);
    if (shares > settled) [shares, reason] = [sellableShares(settled, held, rules), 'unsettled'];
    const cap = this.volumeCap(s, d);
    if (shares > cap) [shares, reason] = [sellableShares(cap, held, rules), 'volume-cap'];
    if (shares > 0) {
      const proceeds = shares * price - chargesOf(this.costs, rules, 'sell', shares, price).total;
      if (this.ledger.cash + proceeds < 0) return none('cash');
    }
    return { shares, reason };
  }

  private purchase(order: Order, d: number): Fillable {
    const { s } = order;
    const rules = this.market.rulesOf(s);
    const obstacle = this.market.obstacle(s, d);
    if (obstacle !== '') return none(obstacle);
    const limits = this.market.limits(s, d);
    // Without a last close the order has no size; a share is not bought on the first session of its bars.
    if (limits === null || Number.isNaN(order.wanted)) return none('no-reference-price');
    const price = this.market.open(s, d);
    if (isLimitUp(price, limits, rules.tick)) return none('limit-up');

    let shares = buyableShares(order.wanted, rules);
    if (shares === 0) return none('below-lot');
    let reason: OrderReason = '';
    const cap = this.volumeCap(s, d);
    if (shares > cap) [shares, reason] = [buyableShares(cap, rules), 'volume-cap'];
    const affordable = affordableShares(this.costs, rules, this.ledger.cash, price);
    if (shares > affordable * (1 + CASH_NOISE)) [shares, reason] = [buyableShares(affordable, rules), 'cash'];
    return { shares, reason };
  }

  private volumeCap(s: number, d: number): number {
    if (this.maxVolumeShare === null) return Number.POSITIVE_INFINITY;
    return this.maxVolumeShare * this.market.trailingVolume(s, d);
  }

  private execute(order: Order, fill: Fillable, signalDate: Day, d: number, date: Day): void {
    const { s, side } = order;
    const id = this.nextId++;
    if (fill.shares > 0) {
      const price = this.market.open(s, d);
      const charges = chargesOf(this.costs, this.market.rulesOf(s), side, fill.shares, price);
      if (side === 'buy') this.ledger.buy(id, s, fill.shares, price, charges);
      else this.ledger.sell(id, s, fill.shares, price, charges);
    }
    this.orders.add({
      id,
      signal_date: signalDate,
      trade_date: date,
      symbol: this.symbols[s],
      side,
      shares_requested: order.wanted,
      shares_filled: fill.shares,
      status: fill.shares === 0 ? 'rejected' : fill.reason === '' ? 'filled' : 'partial',
      reason: fill.reason,
    });
  }
}
