import { type Day, formatDay, indexAsOf, lowerBound } from './dates.js';
import { CandlenetError } from './errors.js';

/** Half-open range of indices into a calendar of sessions. */
export interface SessionRange {
  readonly start: number;
  readonly end: number;
}

/**
 * Session indices from the first session ≥ `from` to the last ≤ `to`.
 * @param what whose period it is, such as `split.test`, for the message
 * @throws DATE_OUT_OF_STORE when a day lies outside the span of `dates` or no session lies between
 */
export function sessionsBetween(dates: Int32Array, from: Day, to: Day, what = 'period'): SessionRange {
  const first = dates[0];
  const last = dates[dates.length - 1];
  const start = lowerBound(dates, from);
  const end = indexAsOf(dates, to) + 1;
  if (dates.length === 0 || from < first - MAX_CLOSED_DAYS || to > last + MAX_CLOSED_DAYS || start >= end) {
    const inside = from <= to && from >= first && to <= last;
    const held =
      dates.length === 0 || inside
        ? 'there is no session'
        : from > to
          ? 'expected the first day first'
          : `expected within ${formatDay(first)} … ${formatDay(last)}`;
    throw new CandlenetError('DATE_OUT_OF_STORE', `${what}: found ${formatDay(from)} … ${formatDay(to)}, ${held}`);
  }
  return { start, end };
}

/**
 * A period may begin or end on closed days just outside the store, as 2010-01-01 and 2023-12-31 do. The longest closure of
 * recent years is the Spring Festival of 2020, 24 January to 2 February. More could hide sessions that the store lacks.
 */
const MAX_CLOSED_DAYS = 10;
