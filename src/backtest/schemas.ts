import type { TableSchema } from '../tables/index.js';

/** Every order and its fate. `shares_requested` is what the target asks for in shares of the trade date. */
export const ORDERS_SCHEMA = {
  id: 'int32',
  signal_date: 'day',
  trade_date: 'day',
  symbol: 'string',
  side: 'string',
  shares_requested: 'float64',
  shares_filled: 'float64',
  status: 'string',
  reason: 'string',
} as const satisfies TableSchema;

/** `amount` is shares × price; the four charges are cash beside it. */
export const FILLS_SCHEMA = {
  order_id: 'int32',
  date: 'day',
  symbol: 'string',
  side: 'string',
  shares: 'float64',
  price: 'float64',
  amount: 'float64',
  commission: 'float64',
  stamp_duty: 'float64',
  transfer_fee: 'float64',
  spread: 'float64',
} as const satisfies TableSchema;

/** What changed a position without an order: `factor` (reinvested dividend, split) and `delisting`. */
export const EVENTS_SCHEMA = {
  date: 'day',
  symbol: 'string',
  kind: 'string',
  shares_before: 'float64',
  shares_after: 'float64',
  cash: 'float64',
} as const satisfies TableSchema;

/**
 * After each close. The first row is the last close before the period, with the initial capital: n sessions give n
 * returns. `turnover` is one-way: (bought + sold) / 2 over the equity of the close before.
 */
export const EQUITY_SCHEMA = {
  date: 'day',
  cash: 'float64',
  positions_value: 'float64',
  equity: 'float64',
  turnover: 'float64',
  costs: 'float64',
  positions: 'int32',
} as const satisfies TableSchema;

/** Closed trades, from the first share bought to the last one gone. `shares` bought in all; `pnl` after all charges. */
export const ROUND_TRIPS_SCHEMA = {
  symbol: 'string',
  entry_date: 'day',
  exit_date: 'day',
  shares: 'float64',
  cost: 'float64',
  pnl: 'float64',
} as const satisfies TableSchema;

/** What is held after the last close. */
export const POSITIONS_SCHEMA = {
  date: 'day',
  symbol: 'string',
  shares: 'float64',
  price: 'float64',
  value: 'float64',
  weight: 'float64',
  entry_date: 'day',
} as const satisfies TableSchema;

export type Side = 'buy' | 'sell';
export type OrderStatus = 'filled' | 'partial' | 'rejected';

/** Why an order was not, or not wholly, filled; '' when it was. */
export type OrderReason =
  | ''
  /** The instrument has no bar: not listed, delisted, or missing in the source. */
  | 'no-bar'
  /** The bar of the session is flagged as misrecorded. */
  | 'misrecorded'
  /** Listed, but nothing traded. */
  | 'suspended'
  /** The open stood at the upper limit: there are no sellers. */
  | 'limit-up'
  /** The open stood at the lower limit: there are no buyers. */
  | 'limit-down'
  /** There is a price limit, but no price to measure it from (first session, issue price unknown). */
  | 'no-reference-price'
  /** More than the allowed share of the trailing volume. */
  | 'volume-cap'
  /** The cash did not reach. */
  | 'cash'
  /** The target is less than the smallest order. */
  | 'below-lot'
  /** Bought in this session: not yet settled. */
  | 'unsettled';
