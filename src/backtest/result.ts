import type { Table } from '../tables/index.js';
import type { Day } from '../util/index.js';
import type {
  EQUITY_SCHEMA,
  EVENTS_SCHEMA,
  FILLS_SCHEMA,
  ORDER_TRAIL_SCHEMA,
  ORDERS_SCHEMA,
  POSITIONS_SCHEMA,
  ROUND_TRIPS_SCHEMA,
} from './schemas.js';

/** All that happened, as tables that can be written as they are. Every money figure is in the rulebook's currency. */
export interface BacktestResult {
  readonly policy: string;
  readonly rulebook: string;
  /** First and last session of the period. */
  readonly from: Day;
  readonly to: Day;
  readonly initialCapital: number;
  readonly orders: Table<typeof ORDERS_SCHEMA>;
  /** What befell working orders between their fills. */
  readonly orderTrail: Table<typeof ORDER_TRAIL_SCHEMA>;
  readonly fills: Table<typeof FILLS_SCHEMA>;
  readonly events: Table<typeof EVENTS_SCHEMA>;
  readonly equity: Table<typeof EQUITY_SCHEMA>;
  readonly roundTrips: Table<typeof ROUND_TRIPS_SCHEMA>;
  /** What is held after the last close. */
  readonly positions: Table<typeof POSITIONS_SCHEMA>;
  /** What was assumed, and which rules were off because the source lacks what they need. */
  readonly notes: readonly string[];
}
