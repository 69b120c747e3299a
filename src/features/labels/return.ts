import type { BarMatrix } from '../../market/index.js';
import { NO_LABEL } from '../types.js';
import { type CountedLabelSet, type LabelOptions, labelForwardReturn } from './forward-return.js';

export type ReturnLabelOptions = Pick<LabelOptions, 'horizonDays'>;

/** The forward return itself, as a number to forecast: a regression knows no classes. @throws CONFIG_INVALID */
export function labelReturn(bars: BarMatrix, { horizonDays }: ReturnLabelOptions = {}): CountedLabelSet {
  const none = (close: Float64Array) => new Float64Array(close.length);
  const labels = labelForwardReturn(bars, 'return', { horizonDays }, none);
  return {
    ...labels,
    classNames: [],
    classes: new Uint8Array(labels.classes.length).fill(NO_LABEL),
    target: labels.forwardReturn,
  };
}
