import { formatCount, formatPercent } from '../util/index.js';
import { shareStep } from './heat.js';
import { heatGrid } from './heat-grid.js';
import type { ChartOption, ChartSize } from './layout.js';

export interface ConfusionInput {
  /** [true class][forecast class], counts. */
  readonly counts: readonly (readonly number[])[];
  readonly words: { readonly classes: readonly string[]; readonly truth: string; readonly forecast: string };
}

/** Confusion matrix; the colour and the percentage are the share of the true class. */
export function confusionChart({ counts, words }: ConfusionInput, size: ChartSize): ChartOption {
  return heatGrid(
    {
      columns: words.classes,
      rows: words.classes,
      columnsName: words.forecast,
      rowsName: words.truth,
      cells: counts.flatMap((row, truth) => {
        const total = row.reduce((sum, count) => sum + count, 0);
        return row.map((count, call) => ({
          column: call,
          row: truth,
          text: `${formatPercent(count / total, 0)}\n${formatCount(count)}`,
          step: shareStep(count / total),
        }));
      }),
    },
    size,
  );
}
