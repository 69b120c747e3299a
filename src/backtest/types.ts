import type { Day } from '../util/index.js';

/** Forecasts of one model as a dated table: what was known after the close of `date`. Rows ascend by date, then symbol. */
export interface ForecastTable {
  readonly length: number;
  readonly date: Int32Array;
  readonly symbol: readonly string[];
  readonly pBuy: Float32Array;
  /** NaN where the model knows two classes, buy and sell. */
  readonly pHold: Float32Array;
  readonly pSell: Float32Array;
  /** Of a model that forecasts a number, whose probabilities are NaN; absent where it knows classes. */
  readonly score?: Float32Array;
}

/** What a policy wants to hold after the next session's fills; weights of equity, cash is the rest. */
export interface TargetWeights {
  readonly signalDate: Day;
  /** Symbol → weight ≥ 0; the sum is at most 1. Symbols not named are to be sold. */
  readonly weights: ReadonlyMap<string, number>;
  /** Symbol → why its order is given, such as `stop-loss`, for the audit trail; `target` where absent. */
  readonly reasons?: ReadonlyMap<string, string>;
}

/**
 * Which price of the session after the signal an order fills at. `vwap`: amount over volume where the bars have an
 * amount, else the typical price (high + low + close) / 3, kept inside [low, high]. `close`: that session's own close.
 */
export type FillPrice = 'open' | 'vwap' | 'close';

/** What becomes of the part of an order that the participation cap leaves: a working order of the next session, or nothing. */
export type Remainder = 'carry' | 'cancel';
