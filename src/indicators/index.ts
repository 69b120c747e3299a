export { aroonOsc } from './aroon.js';
export { type BollingerBands, bbands } from './bbands.js';
export { cci } from './cci.js';
export { adx, minusDi, plusDi } from './directional-movement.js';
export {
  type BarField,
  computeFunction,
  createIncremental,
  FUNCTIONS,
  type FunctionDefinition,
  type FunctionOptions,
  type FunctionParameter,
  type FunctionParameters,
  functionByName,
  functionReference,
  type IncrementalFunction,
  resolveParameters,
} from './functions/index.js';
export { kama } from './kama.js';
export { type Macd, macd } from './macd.js';
export { mom, roc } from './momentum.js';
export { ema, sma, wma } from './moving-averages.js';
export { dema, tema, trix } from './nested-ema.js';
export {
  computeIndicators,
  INDICATORS,
  type Indicator,
  type IndicatorBars,
  type IndicatorInput,
  type IndicatorUnit,
} from './registry.js';
export { rsi } from './rsi.js';
export { type Stochastic, stoch, willr } from './stochastics.js';
export { atr } from './true-range.js';
export { ultosc } from './ultosc.js';
export { adosc, mfi, obv } from './volume-flow.js';
