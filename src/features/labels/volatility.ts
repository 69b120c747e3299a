import type { BarMatrix } from '../../market/index.js';
import { trailingDeviation } from '../../stats/index.js';
import { CandlenetError } from '../../util/index.js';
import { simpleReturns } from '../simple-returns.js';
import { type CountedLabelSet, type LabelOptions, labelForwardReturn } from './forward-return.js';

export interface VolatilityLabelOptions extends LabelOptions {
  /** Width of the hold band in standard deviations. Default 0.5. */
  readonly k?: number;
  /** Daily returns the trailing volatility is taken over. Default 60. */
  readonly volatilityDays?: number;
}

/**
 * Buy above +k·σ·√h, sell below −k·σ·√h, with σ the sample standard deviation (n − 1) of the instrument's last 60 daily
 * close-to-close returns on its trading days, up to and including t.
 * @throws CONFIG_INVALID
 */
export function labelVolatility(bars: BarMatrix, options: VolatilityLabelOptions = {}): CountedLabelSet {
  return labelForwardReturn(bars, 'volatility', options, volatilityBand(options));
}

/** k·σ·√h of each traded bar of one instrument, from its closes. @throws CONFIG_INVALID */
export function volatilityBand(options: VolatilityLabelOptions): (close: Float64Array) => Float64Array {
  const { horizonDays = 5, k = 0.5, volatilityDays = 60 } = options;
  if (!(k >= 0 && Number.isFinite(k))) {
    throw new CandlenetError('CONFIG_INVALID', `label.k: found ${k}, expected a number of at least 0`);
  }
  if (!Number.isInteger(volatilityDays) || volatilityDays < 2) {
    throw new CandlenetError(
      'CONFIG_INVALID',
      `label.volatilityDays: found ${volatilityDays}, expected a whole number of at least 2 days`,
    );
  }
  return (close) =>
    trailingDeviation(simpleReturns(close), volatilityDays).map((sigma) => k * sigma * Math.sqrt(horizonDays));
}
