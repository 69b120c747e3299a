export { computeIndicators } from './compute-set.js';
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
export { type BollingerBands, bbands, type Macd, macd, rsi, sma } from './named.js';
export {
  INDICATORS,
  type Indicator,
  type IndicatorBars,
  type IndicatorInput,
  type IndicatorUnit,
} from './registry.js';
