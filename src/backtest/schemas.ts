import type { TableSchema } from '../tables/index.js';

/**
 * Every order and its fate. `shares_requested` is what the target asks for in shares of the trade date, the session the
 * order first stood in; it is the sum of what was filled, rejected (by a rule, or less than a lot), cancelled after it
 * had worked on, and carried beyond the last session. `why` is the policy's reason.
 */
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
  why: 'string',
  shares_rejected: 'float64',
  shares_cancelled: 'float64',
  shares_carried: 'float64',
} as const satisfies TableSchema;

/** `amount` is shares × price; the five charges are cash beside it. */
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
  impact: 'float64',
} as const satisfies TableSchema;

/** What befell working orders between fills: `carried` to the next session, or `cancelled`, with the reason. */
export const ORDER_TRAIL_SCHEMA = {
  order_id: 'int32',
  date: 'day',
  event: 'string',
  shares: 'float64',
  reason: 'string',
} as const satisfies TableSchema;

/**
 * What changed a position without an order: `factor` (a change of the factor reinvested), `delisting`, and of the
 * store's actions `dividend`, `bonus` (a fraction of a share paid out), `rights` (cash is negative) and `rights-lapsed`.
 * `dividend-tax` changes no shares and its cash is negative; with a sale it comes before the fill.
 */
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
export type OrderStatus = (typeof STATUSES)[number];

export const SIDES = ['buy', 'sell'] as const satisfies readonly Side[];
export const STATUSES = ['filled', 'partial', 'rejected', 'working', 'cancelled'] as const;
export const EVENT_KINDS = [
  'factor',
  'delisting',
  'dividend',
  'bonus',
  'rights',
  'rights-lapsed',
  'dividend-tax',
] as const;
export const TRAIL_EVENTS = ['carried', 'cancelled'] as const;

/** Why an order was not, or not wholly, filled; '' when it was. The first four say what kept a symbol from trading. */
export const REASONS = [
  '',
  /** The instrument has no bar: not listed, delisted, or missing in the source. */
  'no-bar',
  /** The bar of the session is flagged as misrecorded. */
  'misrecorded',
  /** Listed, but nothing traded. */
  'suspended',
  /** The price of the fill stood at the upper limit (a VWAP: the whole session did): there are no sellers. */
  'limit-up',
  /** The same at the lower limit: there are no buyers. */
  'limit-down',
  /** There is a price limit, but no price to measure it from (first session, issue price unknown). */
  'no-reference-price',
  /** More than the allowed share of the trailing volume. */
  'volume-cap',
  /** The cash did not reach. */
  'cash',
  /** The target is less than the smallest order. */
  'below-lot',
  /** Bought too recently: not yet settled. */
  'unsettled',
  /** A working order gave way to a new target. */
  'superseded',
  /** A working order ended with an action of its share, as orders of several days do. */
  'corporate-action',
  /** A working order ended with the listing of its share. */
  'delisting',
] as const;
export type OrderReason = (typeof REASONS)[number];

/** The reasons and kinds by their codes in the records. */
export const Reason = Object.fromEntries(REASONS.map((name, code) => [name, code])) as Readonly<
  Record<OrderReason, number>
>;

export const Status = Object.fromEntries(STATUSES.map((name, code) => [name, code])) as Readonly<
  Record<OrderStatus, number>
>;
