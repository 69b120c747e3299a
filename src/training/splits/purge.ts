import { CandlenetError, formatDay, sessionsBetween } from '../../util/index.js';
import { type FoldRange, type Period, type Purging, sessionCount } from './fold.js';

export const describePeriod = ([from, to]: Period) => `${formatDay(from)} … ${formatDay(to)}`;

/** The sessions of a period. @throws DATE_OUT_OF_STORE, CONFIG_INVALID */
export function sessionsOf(dates: Int32Array, period: Period, key: string): FoldRange {
  const [from, to] = period;
  if (from > to) {
    throw new CandlenetError('CONFIG_INVALID', `${key}: found ${describePeriod(period)}, expected the first day first`);
  }
  const { start, end } = sessionsBetween(dates, from, to, key);
  return { first: start, last: end - 1 };
}

/**
 * Cuts from the end of `range` the sessions whose label reaches to or beyond the first session of the next range
 * (López de Prado 2018, section 7.4.1), and the embargo before that. May leave nothing.
 */
export function cutBefore(range: FoldRange, next: FoldRange, { reachDays, embargoDays }: Purging): FoldRange {
  return { first: range.first, last: Math.min(range.last, next.first - reachDays - embargoDays - 1) };
}

/**
 * Cuts from the start of `range` the sessions that the labels of the range before reach into, and the embargo after
 * that (section 7.4.2): of use only where a training lies after its test. May leave nothing.
 */
export function cutAfter(range: FoldRange, previous: FoldRange, { reachDays, embargoDays }: Purging): FoldRange {
  return { first: Math.max(range.first, previous.last + reachDays + embargoDays + 1), last: range.last };
}

/** `cutBefore`, where something must be left. @throws SAMPLES_EMPTY */
export function purgeBefore(range: FoldRange, next: FoldRange, purging: Purging, key: string): FoldRange {
  return refuseEmpty(cutBefore(range, next, purging), range, purging, key);
}

export function refuseEmpty(purged: FoldRange, range: FoldRange, { reachDays }: Purging, key: string): FoldRange {
  if (purged.last >= purged.first) return purged;
  const found = `${sessionCount(range)} sessions, all of which purging removes (labels reach ${reachDays} sessions)`;
  throw new CandlenetError('SAMPLES_EMPTY', `${key}: found ${found}, expected a longer period`);
}
