import {
  type CountedLabelSet,
  labelQuantile,
  labelRank,
  labelReturn,
  labelThreshold,
  labelTripleBarrier,
  labelVolatility,
} from '../../features/index.js';
import type { BarMatrix } from '../../market/index.js';
import type { LabelConfig } from '../config/label-section.js';

/** @param universe [S × D], the section that quantile labels are cut in and ranks are taken in */
export function makeLabels(bars: BarMatrix, label: LabelConfig, universe: Uint8Array): CountedLabelSet {
  switch (label.kind) {
    case 'volatility':
      return labelVolatility(bars, label);
    case 'threshold':
      return labelThreshold(bars, { ...label, thetaSell: label.thetaSell ?? label.theta });
    case 'triple-barrier':
      return labelTripleBarrier(bars, label);
    case 'quantile':
      return labelQuantile(bars, { ...label, universe });
    case 'return':
      return labelReturn(bars, label);
    case 'rank':
      return labelRank(bars, { ...label, universe });
  }
}

const percent = (share: number) => `${Number((100 * share).toPrecision(6))} %`;

/** The label in words, for the report. */
export function describeLabel(label: LabelConfig): string {
  const forward = `return from the open of t+1 to the open of t+${1 + label.horizonDays}`;
  if (label.kind === 'return') return `${forward}, as a number`;
  if (label.kind === 'rank') {
    return `rank of the ${forward} within the universe on the day, as a number from −0.5, the lowest, to 0.5, the highest`;
  }
  const hold = label.classes === 3 ? 'hold' : 'no sample';
  if (label.kind === 'threshold') {
    return `${forward}: buy above +${percent(label.theta)}, sell below −${percent(label.thetaSell ?? label.theta)}, ${hold} between`;
  }
  if (label.kind === 'quantile') {
    const part = `${(100 * label.share).toFixed(1)} %`;
    return `${forward}: buy the upper ${part} of the universe on the day, sell the lower ${part}, ${hold} between`;
  }
  const sigma = `σ the stock’s own ${label.volatilityDays}-day volatility`;
  if (label.kind === 'triple-barrier') {
    return `from the open of t+1, within ${label.horizonDays} sessions: buy where +${label.k}·σ·√${label.horizonDays} is touched first, sell where −${label.k}·σ·√${label.horizonDays} is, ${hold} where neither is or both in one session; ${sigma}`;
  }
  return `${forward}: buy above +${label.k}·σ·√${label.horizonDays}, sell below −${label.k}·σ·√${label.horizonDays}, ${hold} between; ${sigma}`;
}
