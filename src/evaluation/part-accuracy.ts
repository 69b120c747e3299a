import { scoreOf } from '../backtest/index.js';
import { classification } from './classification.js';
import type { ClassificationMeasures, JudgedForecasts } from './types.js';

/**
 * How many rows can be judged, and how well they were named. Of a number those that have both a forecast and an outcome
 * can be judged, and of accuracy there is none.
 */
export function partAccuracy(
  rows: JudgedForecasts,
): Pick<ClassificationMeasures, 'samples' | 'accuracy' | 'majorityRate'> {
  if (!rows.score) return classification(rows);
  const samples = rows.forwardReturn.filter((outcome, i) => !Number.isNaN(outcome + scoreOf(rows, i))).length;
  return { samples, accuracy: Number.NaN, majorityRate: Number.NaN };
}
