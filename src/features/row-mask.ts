import { type Day, lowerBound } from '../util/index.js';
import type { Panel } from './types.js';

/** First and last day, both included. */
export interface DateRange {
  readonly from: Day;
  readonly to: Day;
}

/** The rows of a panel inside a universe mask [S × D] and a span of days, as a mask: what a training fold may look at. */
export function rowsWithin(panel: Panel, universe: Uint8Array, range: DateRange): Uint8Array {
  const days = panel.dates.length;
  const start = lowerBound(panel.dates, range.from);
  const end = lowerBound(panel.dates, range.to + 1);
  const mask = new Uint8Array(universe.length);
  for (let first = 0; first < universe.length; first += days) {
    mask.set(universe.subarray(first + start, first + end), first + start);
  }
  return mask;
}
