import type { Day } from '../util/index.js';

/** Forecasts of one model as a dated table: what was known after the close of `date`. Rows ascend by date, then symbol. */
export interface ForecastTable {
  readonly length: number;
  readonly date: Int32Array;
  readonly symbol: readonly string[];
  readonly pBuy: Float32Array;
  readonly pHold: Float32Array;
  readonly pSell: Float32Array;
}

/** What a policy wants to hold after the next session's fills; weights of equity, cash is the rest. */
export interface TargetWeights {
  readonly signalDate: Day;
  /** Symbol → weight ≥ 0; the sum is at most 1. Symbols not named are to be sold. */
  readonly weights: ReadonlyMap<string, number>;
}
