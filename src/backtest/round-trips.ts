import type { Table } from '../tables/index.js';
import type { Day } from '../util/index.js';
import { RecordColumns } from './record-columns.js';
import { ROUND_TRIPS_SCHEMA } from './schemas.js';

/** Follows each position from the first share bought to the last one gone, however many fills lie between. */
export class RoundTrips {
  private readonly entryDate: Int32Array;
  private readonly bought: Float64Array;
  private readonly paid: Float64Array;
  private readonly received: Float64Array;
  private readonly closed = new RecordColumns(ROUND_TRIPS_SCHEMA);

  constructor(private readonly symbols: readonly string[]) {
    this.entryDate = new Int32Array(symbols.length);
    this.bought = new Float64Array(symbols.length);
    this.paid = new Float64Array(symbols.length);
    this.received = new Float64Array(symbols.length);
  }

  /** @param cash what the purchase took, charges included */
  buy(s: number, date: Day, shares: number, cash: number): void {
    if (this.bought[s] === 0) this.entryDate[s] = date;
    this.bought[s] += shares;
    this.paid[s] += cash;
  }

  /** Cash from a sale after charges, from a fraction of a share paid out, or from a settlement. */
  receive(s: number, cash: number): void {
    this.received[s] += cash;
  }

  close(s: number, date: Day): void {
    const i = this.closed.next();
    const { columns } = this.closed;
    columns.symbol[i] = s;
    columns.entry_date[i] = this.entryDate[s];
    columns.exit_date[i] = date;
    columns.shares[i] = this.bought[s];
    columns.cost[i] = this.paid[s];
    columns.pnl[i] = this.received[s] - this.paid[s];
    this.bought[s] = 0;
    this.paid[s] = 0;
    this.received[s] = 0;
  }

  /** Cash paid for shares that an action offered. */
  subscribe(s: number, shares: number, cash: number): void {
    this.bought[s] += shares;
    this.paid[s] += cash;
  }

  entryOf(s: number): Day {
    return this.entryDate[s];
  }

  build(): Table<typeof ROUND_TRIPS_SCHEMA> {
    return this.closed.toTable({ symbol: this.symbols });
  }
}
