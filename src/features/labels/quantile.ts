import type { BarMatrix } from '../../market/index.js';
import { CandlenetError } from '../../util/index.js';
import { type LabelSet, NO_LABEL } from '../types.js';
import {
  type CountedLabelSet,
  checkClassCount,
  type LabelOptions,
  labelForwardReturn,
  SMALLEST_SECTION,
  withoutHold,
} from './forward-return.js';

export interface QuantileLabelOptions extends LabelOptions {
  /** Share of the section that is buy, and that is sell. Default 1/3. */
  readonly share?: number;
  /** [S × D], 1 for the members of the day; every instrument by default. */
  readonly universe?: Uint8Array | null;
}

/**
 * Buy in the upper, sell in the lower part of the day's section by forward return, hold between: above the quantile 1 − share
 * and below the quantile share of the returns of the day's members (type 7). A stock outside the universe is measured
 * against them. A day with fewer than three returns has no labels.
 * @throws CONFIG_INVALID
 */
export function labelQuantile(bars: BarMatrix, options: QuantileLabelOptions = {}): CountedLabelSet {
  const { share = 1 / 3, universe = null, classes: classCount = 3 } = options;
  checkClassCount(classCount);
  if (!(share > 0 && share <= 0.5)) {
    throw new CandlenetError('CONFIG_INVALID', `label.share: found ${share}, expected a share above 0, at most 0.5`);
  }
  const all = labelForwardReturn(bars, 'quantile', { ...options, classes: 3 }, (close) => close.map(() => 0));
  const days = bars.dates.length;
  const { classes } = all;
  const forwardReturn: LabelSet['forwardReturn'] = all.forwardReturn;
  let noSection = 0;
  for (let t = 0; t < days; t++) {
    const cells: number[] = [];
    for (let cell = t; cell < classes.length; cell += days) if (classes[cell] !== NO_LABEL) cells.push(cell);
    const members = universe === null ? cells : cells.filter((cell) => universe[cell] === 1);
    const section = Float32Array.from(members, (cell) => forwardReturn[cell]).sort();
    if (section.length < SMALLEST_SECTION) {
      for (const cell of cells) {
        classes[cell] = NO_LABEL;
        forwardReturn[cell] = Number.NaN;
      }
      noSection += cells.length;
      continue;
    }
    const [low, high] = [quantile(section, share), quantile(section, 1 - share)];
    for (const cell of cells) classes[cell] = forwardReturn[cell] > high ? 0 : forwardReturn[cell] < low ? 2 : 1;
  }
  const labels = { ...all, counts: { ...all.counts, labelled: all.counts.labelled - noSection, noSection } };
  return classCount === 2 ? withoutHold(labels) : labels;
}

function quantile(sorted: Float32Array, share: number): number {
  const position = share * (sorted.length - 1);
  const below = Math.floor(position);
  const above = Math.min(below + 1, sorted.length - 1);
  return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
}
