export { buyAndHoldBenchmark, type EquityCurve } from './benchmark.js';
export type { CostOptions } from './costs.js';
export { explainOrder } from './explain-order.js';
export type { BacktestOptions, InitialHolding } from './options.js';
export type { Holding, Policy, PolicyContext, PolicyStep, Trader } from './policy.js';
export { PreparedMarket } from './prepared-market.js';
export type { BacktestResult } from './result.js';
export { runBacktest } from './run-backtest.js';
export {
  EQUITY_SCHEMA,
  EVENTS_SCHEMA,
  FILLS_SCHEMA,
  ORDER_TRAIL_SCHEMA,
  ORDERS_SCHEMA,
  type OrderReason,
  type OrderStatus,
  POSITIONS_SCHEMA,
  ROUND_TRIPS_SCHEMA,
  type Side,
} from './schemas.js';
export { scoreOf } from './score.js';
export type { SweepMarket, SweepStep, SweepStrategy } from './sweep/strategy.js';
export { MOMENTUM_STRATEGY, type SweepOptions, type SweepResult, sweepBacktests } from './sweep/sweep-backtests.js';
export type { Target } from './target.js';
export type { FillPrice, ForecastTable, Remainder, TargetWeights } from './types.js';
