import { sma } from '../indicators/index.js';
import { type FeatureFamily, singleColumn } from './feature-family.js';
import type { FeatureColumn } from './types.js';

/** Days of the trailing mean that volumes are measured against: about a month of trading. */
export const VOLUME_DAYS = 20;

function column(name: string, formula: string, lookback: number): FeatureColumn {
  return { name, group: 'price-volume', formula, source: 'paper, section 3.1.1, scale-free', lookback };
}

/** Each value against the close of the bar before. */
function againstPreviousClose(values: Float64Array, close: Float64Array): Float64Array {
  return values.map((value, i) => (i === 0 ? Number.NaN : value / close[i - 1] - 1));
}

/** Log-ratio to the trailing mean, the day itself included. */
function againstTrailingMean(values: Float64Array): Float64Array {
  const mean = sma(values, VOLUME_DAYS);
  return values.map((value, i) => Math.log(value / mean[i]));
}

/** The six price-volume columns of the paper, freed of the price level. */
export const PRICE_VOLUME: readonly FeatureFamily[] = [
  singleColumn(column('OPEN', 'open / previous close − 1', 2), ({ open, close }) => againstPreviousClose(open, close)),
  singleColumn(column('HIGH', 'high / previous close − 1', 2), ({ high, close }) => againstPreviousClose(high, close)),
  singleColumn(column('LOW', 'low / previous close − 1', 2), ({ low, close }) => againstPreviousClose(low, close)),
  singleColumn(column('CLOSE', 'close / previous close − 1', 2), ({ close }) => againstPreviousClose(close, close)),
  singleColumn(column('VOLUME', 'ln(volume / SMA(volume, 20))', VOLUME_DAYS), ({ volume }) =>
    againstTrailingMean(volume),
  ),
  singleColumn(
    column('AMOUNT', 'ln(amount / SMA(amount, 20))', VOLUME_DAYS),
    ({ amount, close }) => (amount === null ? close.map(() => Number.NaN) : againstTrailingMean(amount)),
    true,
  ),
];
