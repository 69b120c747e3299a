import { type BlockPlan, blocksOf, complement, foldAround } from './blocks.js';
import type { Purging, Splitter } from './fold.js';
import { sessionsOf } from './purge.js';

export interface CrossValidation extends BlockPlan {
  readonly folds: number;
  /**
   * `forward` trains on the blocks before the tested one alone (one block more than folds; scikit-learn's
   * TimeSeriesSplit), `k-fold` on all other blocks, later ones included, purged and embargoed on both sides
   * (López de Prado 2018, section 7.4): more data, and no strategy that could have been traded.
   */
  readonly order: 'forward' | 'k-fold';
}

/** Purged and embargoed cross-validation over consecutive blocks of sessions. @throws SAMPLES_EMPTY, CONFIG_INVALID */
export function crossValidation(plan: CrossValidation, purging: Purging): Splitter {
  return (dates) => {
    const span = sessionsOf(dates, plan.span, 'split.span');
    if (plan.order === 'forward') {
      const blocks = blocksOf(span, plan.folds + 1);
      return blocks.slice(1).map((test, i) => {
        const before = { first: span.first, last: test.first - 1 };
        return foldAround(`fold ${i + 1}`, [before], [test], plan.validateDays, purging);
      });
    }
    const blocks = blocksOf(span, plan.folds);
    return blocks.map((test, i) =>
      foldAround(`fold ${i + 1}`, complement(span, [test]), [test], plan.validateDays, purging),
    );
  };
}
