import type { BarMatrix } from '../../market/index.js';
import { CandlenetError } from '../../util/index.js';
import { type CountedLabelSet, labelForwardReturn } from './forward-return.js';

export interface ThresholdLabelOptions {
  /** Sessions between entry and exit. Default 5. */
  readonly horizonDays?: number;
  /** Half-width of the hold band, as a return: 0.02 is 2 %. */
  readonly theta: number;
}

/** Buy above +θ, sell below −θ. @throws CONFIG_INVALID */
export function labelThreshold(bars: BarMatrix, options: ThresholdLabelOptions): CountedLabelSet {
  const { horizonDays = 5, theta } = options;
  if (!(theta >= 0 && Number.isFinite(theta))) {
    throw new CandlenetError('CONFIG_INVALID', `label.theta: found ${theta}, expected a return of at least 0`);
  }
  return labelForwardReturn(bars, 'threshold', horizonDays, (close) => close.map(() => theta));
}
