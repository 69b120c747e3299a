import {
  type Batch,
  computeFunction,
  type FunctionParameters,
  functionByName,
  resolveParameters,
} from './functions/index.js';

export type IndicatorInput = 'high' | 'low' | 'close' | 'volume';

/** What an output is measured in: the price's own unit, percent (or another fixed scale), or shares. */
export type IndicatorUnit = 'price' | 'percent' | 'volume';

export interface Indicator {
  /** TA-Lib's name, with the period where several are computed. */
  readonly name: string;
  /** The TA-Lib call it equals. */
  readonly talib: string;
  readonly inputs: readonly IndicatorInput[];
  readonly outputs: readonly string[];
  readonly unit: IndicatorUnit;
  /** Bars before the first defined output, as TA-Lib counts it. */
  readonly lookback: number;
  /** True where the value depends on all of the history, with decaying weight. */
  readonly recursive: boolean;
  /** Inputs in the order of `inputs`, equally long, NaN where missing; outputs in the order of `outputs`, equally long. */
  compute(inputs: readonly Float64Array[]): Float64Array[];
  /** The kernel that computes it on unbroken bars; `computeIndicators` runs many on one copy of the bars. */
  readonly batch?: Batch;
}

interface InstanceOptions {
  /** Where several instances of one function are computed. */
  readonly name?: string;
  readonly outputs?: readonly string[];
  readonly parameters?: FunctionParameters;
}

/** An instance of a function of the catalogue. */
function instance(
  base: string,
  unit: IndicatorUnit,
  { name = base, outputs = [name], parameters }: InstanceOptions = {},
): Indicator {
  const definition = functionByName(base);
  const resolved = resolveParameters(definition, parameters);
  return {
    name,
    talib: `${base}(${[...definition.inputs, ...Object.values(resolved)].join(', ')})`,
    inputs: definition.inputs.filter((field) => field !== 'open'),
    outputs,
    unit,
    lookback: definition.lookback(resolved),
    recursive: definition.recursive,
    compute: (inputs) => computeFunction(definition, inputs, resolved),
    batch: definition.batch?.(resolved),
  };
}

const over = (name: string, timeperiod: number): InstanceOptions => ({
  name: `${name}_${timeperiod}`,
  parameters: { timeperiod },
});

/** The 32 technical outputs of the paper's feature set, with TA-Lib's default parameters. */
export const INDICATORS: readonly Indicator[] = [
  instance('SMA', 'price', over('SMA', 5)),
  instance('SMA', 'price', over('SMA', 10)),
  instance('SMA', 'price', over('SMA', 20)),
  instance('EMA', 'price', over('EMA', 12)),
  instance('EMA', 'price', over('EMA', 26)),
  instance('WMA', 'price'),
  instance('DEMA', 'price'),
  instance('TEMA', 'price'),
  instance('KAMA', 'price'),
  instance('MACD', 'price', { outputs: ['MACD', 'MACD_SIGNAL', 'MACD_HIST'] }),
  instance('RSI', 'percent'),
  instance('BBANDS', 'price', { outputs: ['BBANDS_UPPER', 'BBANDS_MIDDLE', 'BBANDS_LOWER'] }),
  instance('STOCH', 'percent', { outputs: ['STOCH_K', 'STOCH_D'] }),
  instance('CCI', 'percent'),
  instance('WILLR', 'percent'),
  instance('ROC', 'percent'),
  instance('MOM', 'price'),
  instance('ATR', 'price'),
  instance('ADX', 'percent'),
  instance('PLUS_DI', 'percent'),
  instance('MINUS_DI', 'percent'),
  instance('AROONOSC', 'percent'),
  instance('OBV', 'volume'),
  instance('ADOSC', 'volume'),
  instance('MFI', 'percent'),
  instance('TRIX', 'percent'),
  instance('ULTOSC', 'percent'),
];

/** Bars of one instrument, oldest first, NaN where missing. */
export type IndicatorBars = Readonly<Record<IndicatorInput, Float64Array>>;
