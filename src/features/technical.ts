import { INDICATORS, type Indicator, sma } from '../indicators/index.js';
import type { FeatureFamily } from './feature-family.js';
import { VOLUME_DAYS } from './price-volume.js';
import type { TradedSeries } from './traded-bars.js';

/** How an indicator's output becomes a number that does not know the price level, nor when history began. */
interface ScaleFree {
  formula(output: string): string;
  /** Trading days needed besides the indicator's own warm-up. */
  readonly lookback: number;
  /** Whether what is left no longer depends on the beginning of history, even where the indicator does. */
  readonly forgets?: boolean;
  apply(values: Float64Array, series: TradedSeries): Float64Array;
}

/** Price levels stand beside the close. */
const levelAgainstClose: ScaleFree = {
  formula: (output) => `${output} / close − 1`,
  lookback: 1,
  apply: (values, { close }) => values.map((value, i) => value / close[i] - 1),
};

/** Price differences are measured in closes. */
const differenceInCloses: ScaleFree = {
  formula: (output) => `${output} / close`,
  lookback: 1,
  apply: (values, { close }) => values.map((value, i) => value / close[i]),
};

/** Oscillators have a scale of their own. */
const asItIs: ScaleFree = { formula: (output) => output, lookback: 1, apply: (values) => values };

/** A cumulative volume enters as its change over 20 days, as a share of the volume of those days: −1 … 1. */
const rollingChange: ScaleFree = {
  formula: (output) => `(${output} − the same ${VOLUME_DAYS} days before) / sum of volume over ${VOLUME_DAYS} days`,
  lookback: VOLUME_DAYS + 1,
  forgets: true,
  apply: (values, { volume }) => {
    const mean = sma(volume, VOLUME_DAYS);
    return values.map((value, i) =>
      i < VOLUME_DAYS ? Number.NaN : (value - values[i - VOLUME_DAYS]) / (VOLUME_DAYS * mean[i]),
    );
  },
};

/** A flow of volume, in days of mean volume. */
const inDaysOfVolume: ScaleFree = {
  formula: (output) => `${output} / SMA(volume, ${VOLUME_DAYS})`,
  lookback: VOLUME_DAYS,
  apply: (values, { volume }) => {
    const mean = sma(volume, VOLUME_DAYS);
    return values.map((value, i) => value / mean[i]);
  },
};

const PRICE_DIFFERENCES = new Set(['MACD', 'MOM', 'ATR']);

function scaleFree({ name, unit }: Indicator): ScaleFree {
  if (name === 'OBV') return rollingChange;
  if (unit === 'volume') return inDaysOfVolume;
  if (unit === 'percent') return asItIs;
  return PRICE_DIFFERENCES.has(name) ? differenceInCloses : levelAgainstClose;
}

/** `MACD(close, 12, 26, 9)` or, of several outputs, `MACD(close, 12, 26, 9).signal`. */
function outputFormula(indicator: Indicator, output: string): string {
  if (indicator.outputs.length === 1) return indicator.talib;
  const part = output === indicator.name ? output : output.slice(indicator.name.length + 1);
  return `${indicator.talib}.${part.toLowerCase()}`;
}

/** The 32 technical columns: TA-Lib's outputs on adjusted prices of the trading days, freed of the price level. */
export const TECHNICAL: readonly FeatureFamily[] = INDICATORS.map((indicator) => {
  const form = scaleFree(indicator);
  return {
    needsAmount: false,
    columns: indicator.outputs.map((output) => ({
      name: output,
      group: 'technical',
      formula: form.formula(outputFormula(indicator, output)),
      source: `TA-Lib ${indicator.talib.split('(')[0]}${indicator.recursive && !form.forgets ? ', recursive' : ''}`,
      lookback: Math.max(indicator.lookback + 1, form.lookback),
    })),
    compute: (series) =>
      indicator.compute(indicator.inputs.map((input) => series[input])).map((values) => form.apply(values, series)),
  };
});
