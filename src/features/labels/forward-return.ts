import type { BarMatrix } from '../../market/index.js';
import { CandlenetError } from '../../util/index.js';
import { isTraded, tradedSeries } from '../traded-bars.js';
import { CLASS_NAMES, type LabelSet, NO_LABEL, TWO_CLASS_NAMES } from '../types.js';

/** Why rows have no label; each row with a bar is counted once, under the first reason that holds. */
export interface LabelCounts {
  readonly labelled: number;
  /** Listed, but suspended or misrecorded on the day of the forecast. */
  readonly notTraded: number;
  /** Too little history for the trailing volatility. */
  readonly noVolatility: number;
  /** The horizon ends after the last session of the store. */
  readonly beyondData: number;
  /** Suspended, misrecorded or delisted at the session of entry, t + 1. */
  readonly entryNotTraded: number;
  /** The same at the session of exit, t + 1 + h. */
  readonly exitNotTraded: number;
  /** Neither up nor down; for labels of two classes only. */
  readonly between?: number;
  /** Fewer than three members of the universe have a return to be compared with, or, for ranks, the row is no member's; for labels over the section only. */
  readonly noSection?: number;
}

/** Returns of one day that make a section. */
export const SMALLEST_SECTION = 3;

/** The class of a trade entered at the open of `entry` (a cell of the bars), with its threshold and forward return. */
export type Classify = (entry: number, threshold: number, change: number) => 0 | 1 | 2;

const [BUY, HOLD, SELL] = [0, 1, 2] as const;
const byReturn: Classify = (_, threshold, change) => (change > threshold ? BUY : change < -threshold ? SELL : HOLD);

/** What the labels of every kind have in common. */
export interface LabelOptions {
  /** Sessions between entry and exit. Default 5. */
  readonly horizonDays?: number;
  /** 3: buy, hold and sell. 2: buy and sell alone, and a row between has no label. Default 3. */
  readonly classes?: 2 | 3;
}

export interface CountedLabelSet extends LabelSet {
  readonly counts: LabelCounts;
}

/**
 * Labels a market by its forward return, open t + 1 to open t + 1 + h on back-adjusted prices: buy above the threshold of
 * the row, sell below its negative, hold between. A signal made from the close of t cannot trade before the open of t + 1.
 * @param threshold for one symbol: the threshold of each of its traded bars, NaN where there is none; it must not look ahead
 * @param classify another rule than the return's
 * @throws CONFIG_INVALID unless the horizon is a whole number of at least 1 and there are 2 or 3 classes
 */
export function labelForwardReturn(
  bars: BarMatrix,
  kind: string,
  { horizonDays = 5, classes: classCount = 3 }: LabelOptions,
  threshold: (adjustedClose: Float64Array) => Float64Array,
  classify: Classify = byReturn,
): CountedLabelSet {
  if (!Number.isInteger(horizonDays) || horizonDays < 1) {
    throw new CandlenetError(
      'CONFIG_INVALID',
      `label.horizonDays: found ${horizonDays}, expected a whole number of at least 1 session`,
    );
  }
  checkClassCount(classCount);
  const days = bars.dates.length;
  const cells = bars.symbols.length * days;
  const classes = new Uint8Array(cells).fill(NO_LABEL);
  const forwardReturn = new Float32Array(cells).fill(Number.NaN);
  const counts = { labelled: 0, notTraded: 0, noVolatility: 0, beyondData: 0, entryNotTraded: 0, exitNotTraded: 0 };
  const adjustedOpen = (cell: number) => bars.open[cell] * bars.adjFactor[cell];

  for (let s = 0; s < bars.symbols.length; s++) {
    const { sessions, close } = tradedSeries(bars, s);
    const thresholds = threshold(close);
    for (let t = 0; t < days; t++) {
      const cell = s * days + t;
      if (bars.close[cell] > 0 && !isTraded(bars, cell)) counts.notTraded++;
    }
    for (let i = 0; i < sessions.length; i++) {
      const cell = s * days + sessions[i];
      const entry = cell + 1;
      const exit = entry + horizonDays;
      if (Number.isNaN(thresholds[i])) counts.noVolatility++;
      else if (sessions[i] + 1 + horizonDays >= days) counts.beyondData++;
      else if (!isTraded(bars, entry)) counts.entryNotTraded++;
      else if (!isTraded(bars, exit)) counts.exitNotTraded++;
      else {
        const change = adjustedOpen(exit) / adjustedOpen(entry) - 1;
        forwardReturn[cell] = change;
        classes[cell] = classify(entry, thresholds[i], change);
        counts.labelled++;
      }
    }
  }
  const labels = {
    ...{ kind, horizonDays, reachDays: 1 + horizonDays },
    ...{ classNames: CLASS_NAMES, classes, forwardReturn, counts },
  };
  return classCount === 2 ? withoutHold(labels) : labels;
}

/** @throws CONFIG_INVALID */
export function checkClassCount(classCount: number): void {
  if (classCount === 2 || classCount === 3) return;
  throw new CandlenetError('CONFIG_INVALID', `label.classes: found ${classCount}, expected 2 or 3`);
}

/** The same labels with two classes: rows that were hold have none; their return is kept. */
export function withoutHold(labels: CountedLabelSet): CountedLabelSet {
  const between = labels.classes.reduce((count, label) => count + (label === HOLD ? 1 : 0), 0);
  return {
    ...labels,
    classNames: TWO_CLASS_NAMES,
    classes: labels.classes.map((label) => (label === HOLD ? NO_LABEL : label)),
    counts: { ...labels.counts, labelled: labels.counts.labelled - between, between },
  };
}
