import { CandlenetError } from './errors.js';

/** A calendar day as the number of days since 1970-01-01 (UTC). All dated arrays hold days in this form. */
export type Day = number;

const MILLISECONDS_PER_DAY = 86_400_000;
const ISO_DAY = /^(\d{4})-(\d{2})-(\d{2})$/;

/**
 * Parses `YYYY-MM-DD`.
 * @param where what the date belongs to, for the message: a file and line, or a configuration key
 * @throws DATE_INVALID when the text is not a real day
 */
export function parseDay(text: string, where = 'date'): Day {
  const match = ISO_DAY.exec(text);
  const milliseconds = match ? Date.UTC(Number(match[1]), Number(match[2]) - 1, Number(match[3])) : Number.NaN;
  const day = milliseconds / MILLISECONDS_PER_DAY;
  if (!Number.isInteger(day) || formatDay(day) !== text) {
    throw new CandlenetError('DATE_INVALID', `${where}: found "${text}", expected a date as YYYY-MM-DD`);
  }
  return day;
}

/** `YYYY-MM-DD` of a day. */
export function formatDay(day: Day): string {
  return new Date(day * MILLISECONDS_PER_DAY).toISOString().slice(0, 10);
}

export function yearOf(day: Day): number {
  return new Date(day * MILLISECONDS_PER_DAY).getUTCFullYear();
}

/** Months since year 0, so that consecutive months differ by one: `monthOf(d) % 12` is 0 in January. */
export function monthOf(day: Day): number {
  const date = new Date(day * MILLISECONDS_PER_DAY);
  return date.getUTCFullYear() * 12 + date.getUTCMonth();
}

/** The same day of the month so many months later; the last of the month where it has no such day. */
export function addMonths(day: Day, months: number): Day {
  const date = new Date(day * MILLISECONDS_PER_DAY);
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth() + months];
  const last = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  return Date.UTC(year, month, Math.min(date.getUTCDate(), last)) / MILLISECONDS_PER_DAY;
}

/** 0 Monday … 6 Sunday. */
export function weekdayOf(day: Day): number {
  return (((day + 3) % 7) + 7) % 7;
}

/** Week counted from a Monday, so that two days of one calendar week give the same number. */
export function weekOf(day: Day): number {
  return Math.floor((day + 3) / 7);
}

/** Index of the first session ≥ day in an ascending array; `dates.length` when there is none. */
export function lowerBound(dates: ArrayLike<Day>, day: Day): number {
  let low = 0;
  let high = dates.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (dates[middle] < day) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Index of the last session ≤ day in an ascending array; −1 when there is none. */
export function indexAsOf(dates: ArrayLike<Day>, day: Day): number {
  return lowerBound(dates, day + 1) - 1;
}
