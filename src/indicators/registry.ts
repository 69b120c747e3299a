import { aroonOsc } from './aroon.js';
import { bbands } from './bbands.js';
import { cci } from './cci.js';
import { adx, minusDi, plusDi } from './directional-movement.js';
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

const HLC = ['high', 'low', 'close'] as const;
const HLCV = ['high', 'low', 'close', 'volume'] as const;

type Kind = Pick<Indicator, 'inputs' | 'unit' | 'recursive'>;
const priceAverage: Kind = { inputs: ['close'], unit: 'price', recursive: false };
const recursiveAverage: Kind = { inputs: ['close'], unit: 'price', recursive: true };
const rangeOscillator: Kind = { inputs: HLC, unit: 'percent', recursive: false };
const wilder: Kind = { inputs: HLC, unit: 'percent', recursive: true };

function single(
  name: string,
  talib: string,
  lookback: number,
  kind: Kind,
  formula: (inputs: readonly Float64Array[]) => Float64Array,
): Indicator {
  return { name, talib, lookback, ...kind, outputs: [name], compute: (inputs) => [formula(inputs)] };
}

/** The 32 technical outputs of the paper's feature set, with TA-Lib's default parameters. */
export const INDICATORS: readonly Indicator[] = [
  single('SMA_5', 'SMA(close, 5)', 4, priceAverage, ([c]) => sma(c, 5)),
  single('SMA_10', 'SMA(close, 10)', 9, priceAverage, ([c]) => sma(c, 10)),
  single('SMA_20', 'SMA(close, 20)', 19, priceAverage, ([c]) => sma(c, 20)),
  single('EMA_12', 'EMA(close, 12)', 11, recursiveAverage, ([c]) => ema(c, 12)),
  single('EMA_26', 'EMA(close, 26)', 25, recursiveAverage, ([c]) => ema(c, 26)),
  single('WMA', 'WMA(close, 30)', 29, priceAverage, ([c]) => wma(c)),
  single('DEMA', 'DEMA(close, 30)', 58, recursiveAverage, ([c]) => dema(c)),
  single('TEMA', 'TEMA(close, 30)', 87, recursiveAverage, ([c]) => tema(c)),
  single('KAMA', 'KAMA(close, 30)', 30, recursiveAverage, ([c]) => kama(c)),
  {
    name: 'MACD',
    talib: 'MACD(close, 12, 26, 9)',
    lookback: 33,
    ...recursiveAverage,
    outputs: ['MACD', 'MACD_SIGNAL', 'MACD_HIST'],
    compute: ([c]) => {
      const { macd: line, signal, histogram } = macd(c);
      return [line, signal, histogram];
    },
  },
  single('RSI', 'RSI(close, 14)', 14, { ...wilder, inputs: ['close'] }, ([c]) => rsi(c)),
  {
    name: 'BBANDS',
    talib: 'BBANDS(close, 20, 2, 2)',
    lookback: 19,
    ...priceAverage,
    outputs: ['BBANDS_UPPER', 'BBANDS_MIDDLE', 'BBANDS_LOWER'],
    compute: ([c]) => {
      const { upper, middle, lower } = bbands(c);
      return [upper, middle, lower];
    },
  },
  {
    name: 'STOCH',
    talib: 'STOCH(high, low, close, 5, 3, 0, 3, 0)',
    lookback: 8,
    ...rangeOscillator,
    outputs: ['STOCH_K', 'STOCH_D'],
    compute: ([h, l, c]) => {
      const { k, d } = stoch(h, l, c);
      return [k, d];
    },
  },
  single('CCI', 'CCI(high, low, close, 14)', 13, rangeOscillator, ([h, l, c]) => cci(h, l, c)),
  single('WILLR', 'WILLR(high, low, close, 14)', 13, rangeOscillator, ([h, l, c]) => willr(h, l, c)),
  single('ROC', 'ROC(close, 10)', 10, { ...rangeOscillator, inputs: ['close'] }, ([c]) => roc(c)),
  single('MOM', 'MOM(close, 10)', 10, priceAverage, ([c]) => mom(c)),
  single('ATR', 'ATR(high, low, close, 14)', 14, { ...wilder, unit: 'price' }, ([h, l, c]) => atr(h, l, c)),
  single('ADX', 'ADX(high, low, close, 14)', 27, wilder, ([h, l, c]) => adx(h, l, c)),
  single('PLUS_DI', 'PLUS_DI(high, low, close, 14)', 14, wilder, ([h, l, c]) => plusDi(h, l, c)),
  single('MINUS_DI', 'MINUS_DI(high, low, close, 14)', 14, wilder, ([h, l, c]) => minusDi(h, l, c)),
  single('AROONOSC', 'AROONOSC(high, low, 14)', 14, { ...rangeOscillator, inputs: ['high', 'low'] }, ([h, l]) =>
    aroonOsc(h, l),
  ),
  single('OBV', 'OBV(close, volume)', 0, { inputs: ['close', 'volume'], unit: 'volume', recursive: true }, ([c, v]) =>
    obv(c, v),
  ),
  single('ADOSC', 'ADOSC(high, low, close, volume, 3, 10)', 9, { inputs: HLCV, unit: 'volume', recursive: true }, (x) =>
    adosc(x[0], x[1], x[2], x[3]),
  ),
  single('MFI', 'MFI(high, low, close, volume, 14)', 14, { ...rangeOscillator, inputs: HLCV }, (x) =>
    mfi(x[0], x[1], x[2], x[3]),
  ),
  single('TRIX', 'TRIX(close, 30)', 88, { ...recursiveAverage, unit: 'percent' }, ([c]) => trix(c)),
  single('ULTOSC', 'ULTOSC(high, low, close, 7, 14, 28)', 28, rangeOscillator, ([h, l, c]) => ultosc(h, l, c)),
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
