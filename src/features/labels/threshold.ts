import type { BarMatrix } from '../../market/index.js';
import { CandlenetError } from '../../util/index.js';
import { type CountedLabelSet, type LabelOptions, labelForwardReturn } from './forward-return.js';

export interface ThresholdLabelOptions extends LabelOptions {
  /** Buy above this return: 0.02 is 2 %. */
  readonly theta: number;
  /** Sell below minus this return. Default: `theta`. */
  readonly thetaSell?: number;
}

/**
 * Buy above +θ, sell below −θ', hold between. The rise-or-fall label of StockNet (Xu and Cohen 2018) is
 * `{ classes: 2, theta: 0.0055, thetaSell: 0.005 }` with a horizon of one day.
 * @throws CONFIG_INVALID
 */
export function labelThreshold(bars: BarMatrix, options: ThresholdLabelOptions): CountedLabelSet {
  const { theta, thetaSell = theta } = options;
  for (const [key, value] of Object.entries({ theta, thetaSell })) {
    if (value >= 0 && Number.isFinite(value)) continue;
    throw new CandlenetError('CONFIG_INVALID', `label.${key}: found ${value}, expected a return of at least 0`);
  }
  const none = (close: Float64Array) => new Float64Array(close.length);
  return labelForwardReturn(bars, 'threshold', options, none, (_entry, _threshold, change) =>
    change > theta ? 0 : change < -thetaSell ? 2 : 1,
  );
}
