import { aroonOsc } from './aroon.js';
import { bbands } from './bbands.js';
import { cci } from './cci.js';
import { adx, minusDi, plusDi } from './directional-movement.js';
import { type FunctionParameters, functionByName, resolveParameters } from './functions/index.js';
import { kama } from './kama.js';
import { macd } from './macd.js';
import { mom, roc } from './momentum.js';
import { ema, sma, wma } from './moving-averages.js';
import { dema, tema, trix } from './nested-ema.js';
import { rsi } from './rsi.js';
import { stoch, willr } from './stochastics.js';
import { atr } from './true-range.js';
import { ultosc } from './ultosc.js';
import { adosc, mfi, obv } from './volume-flow.js';

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
}

interface InstanceOptions {
  /** Where several instances of one function are computed. */
  readonly name?: string;
  readonly outputs?: readonly string[];
  readonly parameters?: FunctionParameters;
}

/** An instance of a function of the catalogue, computed by a kernel over whole runs. */
function instance(
  base: string,
  unit: IndicatorUnit,
  compute: Indicator['compute'],
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
    compute,
  };
}

const over = (name: string, timeperiod: number): InstanceOptions => ({
  name: `${name}_${timeperiod}`,
  parameters: { timeperiod },
});

/** The 32 technical outputs of the paper's feature set, with TA-Lib's default parameters. */
export const INDICATORS: readonly Indicator[] = [
  instance('SMA', 'price', ([c]) => [sma(c, 5)], over('SMA', 5)),
  instance('SMA', 'price', ([c]) => [sma(c, 10)], over('SMA', 10)),
  instance('SMA', 'price', ([c]) => [sma(c, 20)], over('SMA', 20)),
  instance('EMA', 'price', ([c]) => [ema(c, 12)], over('EMA', 12)),
  instance('EMA', 'price', ([c]) => [ema(c, 26)], over('EMA', 26)),
  instance('WMA', 'price', ([c]) => [wma(c)]),
  instance('DEMA', 'price', ([c]) => [dema(c)]),
  instance('TEMA', 'price', ([c]) => [tema(c)]),
  instance('KAMA', 'price', ([c]) => [kama(c)]),
  instance(
    'MACD',
    'price',
    ([c]) => {
      const { macd: line, signal, histogram } = macd(c);
      return [line, signal, histogram];
    },
    { outputs: ['MACD', 'MACD_SIGNAL', 'MACD_HIST'] },
  ),
  instance('RSI', 'percent', ([c]) => [rsi(c)]),
  instance(
    'BBANDS',
    'price',
    ([c]) => {
      const { upper, middle, lower } = bbands(c);
      return [upper, middle, lower];
    },
    { outputs: ['BBANDS_UPPER', 'BBANDS_MIDDLE', 'BBANDS_LOWER'] },
  ),
  instance(
    'STOCH',
    'percent',
    ([h, l, c]) => {
      const { k, d } = stoch(h, l, c);
      return [k, d];
    },
    { outputs: ['STOCH_K', 'STOCH_D'] },
  ),
  instance('CCI', 'percent', ([h, l, c]) => [cci(h, l, c)]),
  instance('WILLR', 'percent', ([h, l, c]) => [willr(h, l, c)]),
  instance('ROC', 'percent', ([c]) => [roc(c)]),
  instance('MOM', 'price', ([c]) => [mom(c)]),
  instance('ATR', 'price', ([h, l, c]) => [atr(h, l, c)]),
  instance('ADX', 'percent', ([h, l, c]) => [adx(h, l, c)]),
  instance('PLUS_DI', 'percent', ([h, l, c]) => [plusDi(h, l, c)]),
  instance('MINUS_DI', 'percent', ([h, l, c]) => [minusDi(h, l, c)]),
  instance('AROONOSC', 'percent', ([h, l]) => [aroonOsc(h, l)]),
  instance('OBV', 'volume', ([c, v]) => [obv(c, v)]),
  instance('ADOSC', 'volume', ([h, l, c, v]) => [adosc(h, l, c, v)]),
  instance('MFI', 'percent', ([h, l, c, v]) => [mfi(h, l, c, v)]),
  instance('TRIX', 'percent', ([c]) => [trix(c)]),
  instance('ULTOSC', 'percent', ([h, l, c]) => [ultosc(h, l, c)]),
];

/** Bars of one instrument, oldest first, NaN where missing. */
export type IndicatorBars = Readonly<Record<IndicatorInput, Float64Array>>;

/** Every output of the given indicators, raw, under its name. Linear in the number of bars. */
export function computeIndicators(
  bars: IndicatorBars,
  indicators: readonly Indicator[] = INDICATORS,
): Map<string, Float64Array> {
  const columns = new Map<string, Float64Array>();
  for (const indicator of indicators) {
    const values = indicator.compute(indicator.inputs.map((input) => bars[input]));
    for (const [k, output] of indicator.outputs.entries()) columns.set(output, values[k]);
  }
  return columns;
}
