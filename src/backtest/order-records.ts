import type { Day } from '../util/index.js';
import { RecordColumns } from './record-columns.js';
import {
  ORDER_TRAIL_SCHEMA,
  ORDERS_SCHEMA,
  type OrderReason,
  REASONS,
  Reason,
  SIDES,
  type Side,
  STATUSES,
  Status,
  TRAIL_EVENTS,
} from './schemas.js';

/** The fate of every order; an order's id is its row. */
export class OrderRecords {
  private readonly orders = new RecordColumns(ORDERS_SCHEMA);
  private readonly trail = new RecordColumns(ORDER_TRAIL_SCHEMA);
  private readonly whys: string[] = [];
  private readonly whyCodes = new Map<string, number>();
  private lastWhy = 0;

  get count(): number {
    return this.orders.length;
  }

  add(signalDate: Day, tradeDate: Day, s: number, side: Side, requested: number, why: string): number {
    const id = this.orders.length;
    const row = this.orders.next();
    const { columns } = this.orders;
    columns.id[row] = id;
    columns.signal_date[row] = signalDate;
    columns.trade_date[row] = tradeDate;
    columns.symbol[row] = s;
    columns.side[row] = side === 'buy' ? 0 : 1;
    columns.shares_requested[row] = requested;
    columns.why[row] = this.codeOf(why);
    return id;
  }

  /** What is left of an order in shares. */
  left(id: number): number {
    const { shares_requested, shares_filled, shares_rejected, shares_cancelled } = this.orders.chunkOf(id);
    const row = this.orders.rowOf(id);
    return shares_requested[row] - shares_filled[row] - shares_rejected[row] - shares_cancelled[row];
  }

  fill(id: number, shares: number): void {
    this.orders.chunkOf(id).shares_filled[this.orders.rowOf(id)] += shares;
  }

  /** The rest of an order ends in the session it was given in, for a reason ('' where it was filled). */
  end(id: number, reason: OrderReason): void {
    const order = this.orders.chunkOf(id);
    const row = this.orders.rowOf(id);
    order.shares_rejected[row] = this.left(id);
    order.reason[row] = Reason[reason];
    order.status[row] =
      order.shares_filled[row] === 0 ? Status.rejected : reason === '' ? Status.filled : Status.partial;
  }

  carry(id: number, date: Day, reason: OrderReason): void {
    const order = this.orders.chunkOf(id);
    const row = this.orders.rowOf(id);
    order.shares_carried[row] = this.left(id);
    order.reason[row] = Reason[reason];
    order.status[row] = Status.working;
    this.record(id, date, 'carried', reason);
  }

  /** A working order is done; what is left of it is less than a lot. */
  finish(id: number): void {
    this.orders.chunkOf(id).shares_carried[this.orders.rowOf(id)] = 0;
    this.end(id, '');
  }

  cancel(id: number, date: Day, reason: OrderReason): void {
    const order = this.orders.chunkOf(id);
    const row = this.orders.rowOf(id);
    this.record(id, date, 'cancelled', reason);
    order.shares_carried[row] = 0;
    order.shares_cancelled[row] = this.left(id);
    order.reason[row] = Reason[reason];
    order.status[row] = order.shares_filled[row] === 0 ? Status.cancelled : Status.partial;
  }

  ordersTable(symbols: readonly string[]) {
    const names = { symbol: symbols, side: SIDES, status: STATUSES, reason: REASONS, why: this.whys };
    return this.orders.toTable(names);
  }

  trailTable() {
    return this.trail.toTable({ event: TRAIL_EVENTS, reason: REASONS });
  }

  private record(id: number, date: Day, event: (typeof TRAIL_EVENTS)[number], reason: OrderReason): void {
    const i = this.trail.next();
    const { columns } = this.trail;
    columns.order_id[i] = id;
    columns.date[i] = date;
    columns.event[i] = TRAIL_EVENTS.indexOf(event);
    columns.shares[i] = this.left(id);
    columns.reason[i] = Reason[reason];
  }

  private codeOf(why: string): number {
    if (why === this.whys[this.lastWhy]) return this.lastWhy;
    let code = this.whyCodes.get(why);
    if (code === undefined) {
      code = this.whys.push(why) - 1;
      this.whyCodes.set(why, code);
    }
    this.lastWhy = code;
    return code;
  }
}
