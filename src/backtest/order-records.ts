import type { Day } from '../util/index.js';
import { NumericRows } from './numeric-rows.js';
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

const [REQUESTED, FILLED, STATUS, REASON, REJECTED, CANCELLED, CARRIED] = [5, 6, 7, 8, 10, 11, 12];

/** The fate of every order; an order's id is its row. */
export class OrderRecords {
  private readonly orders = new NumericRows(Object.keys(ORDERS_SCHEMA).length);
  private readonly trail = new NumericRows(Object.keys(ORDER_TRAIL_SCHEMA).length);
  private readonly whys: string[] = [];
  private readonly whyCodes = new Map<string, number>();

  get count(): number {
    return this.orders.length;
  }

  add(signalDate: Day, tradeDate: Day, s: number, side: Side, requested: number, why: string): number {
    const id = this.orders.length;
    const i = this.orders.next();
    const { data } = this.orders;
    data[i] = id;
    data[i + 1] = signalDate;
    data[i + 2] = tradeDate;
    data[i + 3] = s;
    data[i + 4] = side === 'buy' ? 0 : 1;
    data[i + 5] = requested;
    data[i + 9] = this.codeOf(why);
    return id;
  }

  /** What is left of an order in shares. */
  left(id: number): number {
    const data = this.orders.chunkOf(id);
    const i = this.orders.offsetOf(id);
    return data[i + REQUESTED] - data[i + FILLED] - data[i + REJECTED] - data[i + CANCELLED];
  }

  fill(id: number, shares: number): void {
    this.orders.chunkOf(id)[this.orders.offsetOf(id) + FILLED] += shares;
  }

  /** The rest of an order ends in the session it was given in, for a reason ('' where it was filled). */
  end(id: number, reason: OrderReason): void {
    const data = this.orders.chunkOf(id);
    const i = this.orders.offsetOf(id);
    data[i + REJECTED] = this.left(id);
    data[i + REASON] = Reason[reason];
    data[i + STATUS] = data[i + FILLED] === 0 ? Status.rejected : reason === '' ? Status.filled : Status.partial;
  }

  carry(id: number, date: Day, reason: OrderReason): void {
    const data = this.orders.chunkOf(id);
    const i = this.orders.offsetOf(id);
    data[i + CARRIED] = this.left(id);
    data[i + REASON] = Reason[reason];
    data[i + STATUS] = Status.working;
    this.record(id, date, 'carried', reason);
  }

  /** A working order is done; what is left of it is less than a lot. */
  finish(id: number): void {
    this.orders.chunkOf(id)[this.orders.offsetOf(id) + CARRIED] = 0;
    this.end(id, '');
  }

  cancel(id: number, date: Day, reason: OrderReason): void {
    const data = this.orders.chunkOf(id);
    const i = this.orders.offsetOf(id);
    this.record(id, date, 'cancelled', reason);
    data[i + CARRIED] = 0;
    data[i + CANCELLED] = this.left(id);
    data[i + REASON] = Reason[reason];
    data[i + STATUS] = data[i + FILLED] === 0 ? Status.cancelled : Status.partial;
  }

  ordersTable(symbols: readonly string[]) {
    const names = { symbol: symbols, side: SIDES, status: STATUSES, reason: REASONS, why: this.whys };
    return this.orders.toTable(ORDERS_SCHEMA, names);
  }

  trailTable() {
    return this.trail.toTable(ORDER_TRAIL_SCHEMA, { event: TRAIL_EVENTS, reason: REASONS });
  }

  private record(id: number, date: Day, event: (typeof TRAIL_EVENTS)[number], reason: OrderReason): void {
    const i = this.trail.next();
    this.trail.data.set([id, date, TRAIL_EVENTS.indexOf(event), this.left(id), Reason[reason]], i);
  }

  private codeOf(why: string): number {
    let code = this.whyCodes.get(why);
    if (code === undefined) {
      code = this.whys.push(why) - 1;
      this.whyCodes.set(why, code);
    }
    return code;
  }
}
