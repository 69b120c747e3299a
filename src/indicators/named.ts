import { computeFunction, functionByName } from './functions/index.js';

// The functions that features are made of, by name.

/** Simple moving average; TA-Lib SMA. Defined from bar `period` on. */
export function sma(values: Float64Array, period = 30): Float64Array {
  return computeFunction(functionByName('SMA'), [values], { timeperiod: period })[0];
}

/** Relative strength index with Wilder's smoothing, 0 … 100 (0 when nothing moved); TA-Lib RSI. Defined from index `period`. */
export function rsi(values: Float64Array, period = 14): Float64Array {
  return computeFunction(functionByName('RSI'), [values], { timeperiod: period })[0];
}

export interface BollingerBands {
  readonly upper: Float64Array;
  readonly middle: Float64Array;
  readonly lower: Float64Array;
}

/**
 * Bollinger bands: simple mean ± `deviations` standard deviations; TA-Lib BBANDS. Defined from bar `period` on.
 * The period of 20 is Bollinger's, and TA-Lib's default from 0.8 on (5 before).
 */
export function bbands(values: Float64Array, period = 20, deviations = 2): BollingerBands {
  const parameters = { timeperiod: period, nbdevup: deviations, nbdevdn: deviations };
  const [upper, middle, lower] = computeFunction(functionByName('BBANDS'), [values], parameters);
  return { upper, middle, lower };
}

export interface Macd {
  /** Fast EMA − slow EMA. */
  readonly macd: Float64Array;
  /** EMA of `macd`. */
  readonly signal: Float64Array;
  /** macd − signal. */
  readonly histogram: Float64Array;
}

/**
 * Moving average convergence divergence (Appel); TA-Lib MACD. Both EMAs are seeded so that their first value falls on bar
 * `slow`; all three outputs are defined from index slow + signal − 2.
 */
export function macd(values: Float64Array, fast = 12, slow = 26, signal = 9): Macd {
  const parameters = { fastperiod: fast, slowperiod: slow, signalperiod: signal };
  const [line, smoothed, histogram] = computeFunction(functionByName('MACD'), [values], parameters);
  return { macd: line, signal: smoothed, histogram };
}
