import type { BarMatrix } from '../../market/index.js';
import { ranks } from '../../stats/index.js';
import type { CountedLabelSet } from './forward-return.js';
import { SMALLEST_SECTION } from './forward-return.js';
import { labelReturn, type ReturnLabelOptions } from './return.js';

export interface RankLabelOptions extends ReturnLabelOptions {
  /** [S × D], 1 for the members of the day; every instrument by default. */
  readonly universe?: Uint8Array | null;
}

/**
 * The rank of the forward return in the day's section, as a number to forecast from −0.5, the lowest, to 0.5, the highest:
 * (rank − 1) / (members − 1) − 0.5, ties sharing their mean rank. What the whole market does is no part of it. A stock
 * outside the universe has no rank, nor has a day with fewer than three returns.
 * @throws CONFIG_INVALID
 */
export function labelRank(bars: BarMatrix, { universe = null, ...options }: RankLabelOptions = {}): CountedLabelSet {
  const labels = labelReturn(bars, options);
  const { forwardReturn } = labels;
  const days = bars.dates.length;
  const target = new Float32Array(forwardReturn.length).fill(Number.NaN);
  let labelled = 0;
  for (let t = 0; t < days; t++) {
    const cells: number[] = [];
    for (let cell = t; cell < target.length; cell += days) {
      if (!Number.isNaN(forwardReturn[cell]) && (universe === null || universe[cell] === 1)) cells.push(cell);
    }
    if (cells.length < SMALLEST_SECTION) continue;
    const order = ranks(Float64Array.from(cells, (cell) => forwardReturn[cell]));
    for (const [i, cell] of cells.entries()) target[cell] = (order[i] - 1) / (cells.length - 1) - 0.5;
    labelled += cells.length;
  }
  const counts = { ...labels.counts, labelled, noSection: labels.counts.labelled - labelled };
  return { ...labels, kind: 'rank', target, counts };
}
