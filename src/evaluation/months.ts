import { monthOf } from '../util/index.js';
import type { MonthReturn } from './types.js';

/** Compounded return of each calendar month, in order; the first and last may be partial. */
export function monthlyReturns(dates: Int32Array, returns: ArrayLike<number>): MonthReturn[] {
  const months: MonthReturn[] = [];
  for (let start = 0; start < dates.length; ) {
    const month = monthOf(dates[start]);
    let end = start;
    let value = 1;
    while (end < dates.length && monthOf(dates[end]) === month) value *= 1 + returns[end++];
    months.push({ year: Math.floor(month / 12), month: (month % 12) + 1, return: value - 1, sessions: end - start });
    start = end;
  }
  return months;
}
