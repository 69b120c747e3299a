import { type CountedLabelSet, labelThreshold, labelVolatility } from '../../features/index.js';
import type { BarMatrix } from '../../market/index.js';
import type { ExperimentConfig } from '../config/schema.js';

type LabelConfig = ExperimentConfig['label'];

export function makeLabels(bars: BarMatrix, label: LabelConfig): CountedLabelSet {
  return label.kind === 'volatility' ? labelVolatility(bars, label) : labelThreshold(bars, label);
}

/** The label in words, for the report. */
export function describeLabel(label: LabelConfig): string {
  const forward = `return from the open of t+1 to the open of t+${1 + label.horizonDays}`;
  if (label.kind === 'threshold') {
    return `${forward}: buy above +${100 * label.theta} %, sell below −${100 * label.theta} %, hold between`;
  }
  const sigma = `σ the stock’s own ${label.volatilityDays}-day volatility`;
  return `${forward}: buy above +${label.k}·σ·√${label.horizonDays}, sell below −${label.k}·σ·√${label.horizonDays}, hold between; ${sigma}`;
}
