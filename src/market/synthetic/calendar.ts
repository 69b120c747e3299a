import { type Day, formatDay, parseDay, weekdayOf, yearOf } from '../../util/index.js';
import { exchangeClosures } from './exchange-closures.js';
import type { ListingRules } from './listing-rules.js';

/** Chinese New Year's days: the exchange closes from the eve for a week. Years outside the list have no such week. */
const CHINESE_NEW_YEAR = new Set(
  [
    '2005-02-09 2006-01-29 2007-02-18 2008-02-07 2009-01-26 2010-02-14 2011-02-03 2012-01-23 2013-02-10 2014-01-31',
    '2015-02-19 2016-02-08 2017-01-28 2018-02-16 2019-02-05 2020-01-25 2021-02-12 2022-02-01 2023-01-22 2024-02-10',
    '2025-01-29 2026-02-17 2027-02-06 2028-01-26 2029-02-13 2030-02-03',
  ]
    .join(' ')
    .split(' ')
    .map((text) => parseDay(text)),
);

/** New Year, Labour Day and the National Day week, by month and day. */
const FIXED_HOLIDAYS = new Set('01-01 05-01 05-02 05-03 10-01 10-02 10-03 10-04 10-05 10-06 10-07'.split(' '));

function isHoliday(day: Day): boolean {
  if (FIXED_HOLIDAYS.has(formatDay(day).slice(5))) return true;
  for (let back = -1; back <= 5; back++) if (CHINESE_NEW_YEAR.has(day - back)) return true;
  return false;
}

/**
 * The first `count` sessions on or after `start`. `full`: those of the exchanges, short holidays and swapped working days
 * included, in the years whose closures are listed; otherwise, and in other years, weekdays without the long holidays.
 */
export function syntheticCalendar(start: Day, count: number, rules: ListingRules = 'plain'): Int32Array {
  const dates = new Int32Array(count);
  let day = start;
  for (let i = 0; i < count; day++) {
    if (weekdayOf(day) >= 5) continue;
    const closures = rules === 'full' ? exchangeClosures(yearOf(day)) : undefined;
    if (!(closures ? closures.has(day) : isHoliday(day))) dates[i++] = day;
  }
  return dates;
}
