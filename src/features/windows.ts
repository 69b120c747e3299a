import { lowerBound } from '../util/index.js';
import type { DateRange } from './row-mask.js';
import { CLASS_NAMES, type LabelSet, NO_LABEL, type Panel } from './types.js';

/** What became of every row (symbol × session) of a period; each row is counted once, under the first reason that holds. */
export interface SampleCounts {
  readonly outsideUniverse: number;
  /** Suspended, misrecorded or without a bar on the day itself. */
  readonly notTraded: number;
  /** The window reaches back into the warm-up of the features, before the listing or before the store. */
  readonly warmUp: number;
  /** The window holds a day on which the instrument did not trade or its bar was misrecorded. */
  readonly gapInWindow: number;
  /** The window holds a day with a feature missing past its warm-up. */
  readonly missingFeature: number;
  readonly noLabel: number;
  readonly kept: number;
}

export interface Samples {
  /** Panel rows s·D + t on which the windows end, ascending by date, then symbol. */
  readonly rows: Int32Array;
  /** Class of each row, as an index of the labels' `classNames`; NO_LABEL throughout when no labels were given. */
  readonly classes: Uint8Array;
  /** The number to forecast on each row; absent where labels are classes, or none were given. */
  readonly targets?: Float32Array;
  readonly counts: SampleCounts;
}

type Defect = 'warmUp' | 'gapInWindow' | 'missingFeature';

/**
 * The samples of a period: rows of the universe whose whole window of `window` days is complete and, when labels are
 * given, that have one, a class or a number. Pass null for labels to get every row a forecast can be made on.
 * @param universe [S × D], 1 where the symbol belongs to the universe of that day
 */
export function sampleRows(
  panel: Panel,
  universe: Uint8Array,
  labels: LabelSet | null,
  window: number,
  range: DateRange,
): Samples {
  const days = panel.dates.length;
  const start = lowerBound(panel.dates, range.from);
  const end = lowerBound(panel.dates, range.to + 1);
  const counts = {
    outsideUniverse: 0,
    notTraded: 0,
    warmUp: 0,
    gapInWindow: 0,
    missingFeature: 0,
    noLabel: 0,
    kept: 0,
  } satisfies Record<keyof SampleCounts, number>;
  const kept = new Uint8Array(universe.length);
  const unlabelled = (row: number, { classes, target }: LabelSet) =>
    target ? Number.isNaN(target[row]) : classes[row] === NO_LABEL;
  const longest = Math.max(...panel.columns.map((column) => column.lookback));

  for (let s = 0; s < panel.symbols.length; s++) {
    // The last day that spoils a window, and why: one pass per symbol, whatever the window.
    let spoiltAt = -1;
    let defect: Defect = 'warmUp';
    let history = 0;
    for (let t = 0; t < end; t++) {
      const row = s * days + t;
      history += panel.traded[row];
      if (panel.complete[row] === 0) {
        spoiltAt = t;
        if (history === 0) defect = 'warmUp';
        else if (panel.traded[row] === 0) defect = 'gapInWindow';
        else defect = history < longest ? 'warmUp' : 'missingFeature';
      }
      if (t < start) continue;
      if (universe[row] === 0) counts.outsideUniverse++;
      else if (panel.traded[row] === 0) counts.notTraded++;
      else if (t - spoiltAt < window) counts[spoiltAt === -1 ? 'warmUp' : defect]++;
      else if (labels !== null && unlabelled(row, labels)) counts.noLabel++;
      else {
        kept[row] = 1;
        counts.kept++;
      }
    }
  }

  const rows = new Int32Array(counts.kept);
  let filled = 0;
  for (let t = start; t < end; t++) {
    for (let row = t; row < kept.length; row += days) if (kept[row] === 1) rows[filled++] = row;
  }
  const target = labels?.target;
  const outputOf = CLASS_NAMES.map((name) => labels?.classNames.indexOf(name) ?? NO_LABEL);
  return {
    rows,
    classes: Uint8Array.from(rows, (row) => outputOf[labels?.classes[row] ?? NO_LABEL] ?? NO_LABEL),
    ...(target && { targets: Float32Array.from(rows, (row) => target[row]) }),
    counts,
  };
}
