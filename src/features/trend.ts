import { trailingDeviation } from '../stats/index.js';
import { type FeatureFamily, singleColumn } from './feature-family.js';
import { simpleReturns } from './simple-returns.js';
import type { FeatureColumn } from './types.js';

/** The 1-day return is the price-volume column CLOSE. */
const HORIZONS = [5, 10, 20];

function column(name: string, formula: string, lookback: number): FeatureColumn {
  return { name, group: 'trend', formula, source: 'paper, section 3.1.2', lookback };
}

/** Returns over and volatility within 5, 10 and 20 trading days. */
export const TREND: readonly FeatureFamily[] = [
  ...HORIZONS.map((days) =>
    singleColumn(column(`RETURN_${days}`, `close / close ${days} days before − 1`, days + 1), ({ close }) =>
      close.map((value, i) => (i < days ? Number.NaN : value / close[i - days] - 1)),
    ),
  ),
  ...HORIZONS.map((days) =>
    singleColumn(
      column(`VOLATILITY_${days}`, `sample standard deviation of the last ${days} daily returns`, days + 1),
      ({ close }) => trailingDeviation(simpleReturns(close), days),
    ),
  ),
];
