import { monthOf } from '../util/index.js';
import type { HalfYearReturn, MonthReturn } from './types.js';

/** Compounded return of each calendar month, in order; the first and last may be partial. */
export function monthlyReturns(dates: Int32Array, returns: ArrayLike<number>): MonthReturn[] {
  return compounded(dates, returns, monthOf).map(({ period, ...rest }) => ({
    year: Math.floor(period / 12),
    month: (period % 12) + 1,
    ...rest,
  }));
}

/** The same of each half of a calendar year. */
export function halfYearReturns(dates: Int32Array, returns: ArrayLike<number>): HalfYearReturn[] {
  return compounded(dates, returns, (day) => Math.floor(monthOf(day) / 6)).map(({ period, ...rest }) => ({
    year: Math.floor(period / 2),
    half: period % 2 === 0 ? 1 : 2,
    ...rest,
  }));
}

function compounded(dates: Int32Array, returns: ArrayLike<number>, periodOf: (day: number) => number) {
  const periods: { period: number; return: number; sessions: number }[] = [];
  for (let start = 0; start < dates.length; ) {
    const period = periodOf(dates[start]);
    let end = start;
    let value = 1;
    while (end < dates.length && periodOf(dates[end]) === period) value *= 1 + returns[end++];
    periods.push({ period, return: value - 1, sessions: end - start });
    start = end;
  }
  return periods;
}
