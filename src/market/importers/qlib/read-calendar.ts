import { join } from 'node:path';
import { CandlenetError, type Day, formatDay, parseDay } from '../../../util/index.js';
import { DAY_BOUNDS, isPlausibleDay } from '../../plausible.js';
import { readQlibLines } from './read-lines.js';

/**
 * Sessions of `calendars/day.txt`, one date a line.
 * @throws FILE_NOT_FOUND, FILE_UNREADABLE, QLIB_CALENDAR_INVALID, QLIB_CALENDAR_ORDER
 */
export function readQlibCalendar(dir: string): Int32Array {
  const path = join(dir, 'calendars', 'day.txt');
  const days: Day[] = [];
  for (const { text, where } of readQlibLines(dir, path, 'Qlib calendar', 'QLIB_CALENDAR_INVALID')) {
    const day = calendarDay(text, where);
    if (!isPlausibleDay(day)) {
      throw new CandlenetError('QLIB_CALENDAR_INVALID', `${where}: found ${text}, expected ${DAY_BOUNDS}`);
    }
    const last = days.at(-1);
    if (last !== undefined && day <= last) {
      throw new CandlenetError(
        'QLIB_CALENDAR_ORDER',
        `${where}: found ${text} after ${formatDay(last)}, expected strictly ascending dates`,
      );
    }
    days.push(day);
  }
  if (days.length === 0)
    throw new CandlenetError('QLIB_CALENDAR_INVALID', `${path}: is empty, expected one date a line`);
  return Int32Array.from(days);
}

function calendarDay(text: string, where: string): Day {
  try {
    return parseDay(text, where);
  } catch (error) {
    throw new CandlenetError('QLIB_CALENDAR_INVALID', (error as Error).message, { cause: error });
  }
}
