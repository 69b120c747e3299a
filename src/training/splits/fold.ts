import type { Day } from '../../util/index.js';

/** A period of calendar days, both ends inclusive. */
export type Period = readonly [from: Day, to: Day];

/** Sessions `first` … `last` inclusive, as indices into the dates of the market. */
export interface FoldRange {
  readonly first: number;
  readonly last: number;
}

/**
 * One training, its validation and its test. Samples are the windows that end inside a range. Ranges of a list are in
 * order and do not touch: cross-validation trains on both sides of its test.
 */
export interface Fold {
  readonly name: string;
  readonly train: readonly FoldRange[];
  readonly validate: FoldRange;
  readonly test: readonly FoldRange[];
  /** Sessions cut from the ends of ranges because labels reach across them, embargo included. */
  readonly purged: { readonly train: number; readonly validate: number };
}

/** Every protocol (static, walk-forward, cross-validation) is one of these. */
export type Splitter = (dates: Int32Array) => readonly Fold[];

export interface Purging {
  /** A label made on session t is known at the open of session t + `reachDays`. */
  readonly reachDays: number;
  /** Further sessions left free between ranges. */
  readonly embargoDays: number;
}

export const sessionCount = ({ first, last }: FoldRange): number => Math.max(0, last - first + 1);

/** From the first session of any of the ranges to the last of any. */
export function spanOf(ranges: readonly FoldRange[]): FoldRange {
  return { first: Math.min(...ranges.map(({ first }) => first)), last: Math.max(...ranges.map(({ last }) => last)) };
}
