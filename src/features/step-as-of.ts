import { type Day, lowerBound } from '../util/index.js';

/** One published value. */
export interface Published {
  readonly periodEnd: Day;
  /** The first day on whose close the value may be used. */
  readonly usable: Day;
  readonly value: number;
}

/**
 * The value in force at the close of each session: of what was usable by then, that of the latest period, and of one period
 * the last published. So the restatement of an old period changes nothing, and that of the current one counts from its
 * own day. A value is missing when its period ended more than `staleDays` calendar days before the session.
 *
 * Steps, never a line between two values: the line towards a value that is not yet published is the commonest leak of all.
 * @param published in any order
 */
export function stepAsOf(published: readonly Published[], dates: Int32Array, staleDays: number): Float64Array {
  const out = new Float64Array(dates.length).fill(Number.NaN);
  const ordered = [...published].sort((a, b) => a.usable - b.usable || a.periodEnd - b.periodEnd);
  let next = 0;
  let current: Published | null = null;
  const first = ordered.length === 0 ? dates.length : lowerBound(dates, ordered[0].usable);
  for (let t = first; t < dates.length; t++) {
    for (; next < ordered.length && ordered[next].usable <= dates[t]; next++) {
      if (current === null || ordered[next].periodEnd >= current.periodEnd) current = ordered[next];
    }
    if (current !== null && dates[t] - current.periodEnd <= staleDays) out[t] = current.value;
  }
  return out;
}
