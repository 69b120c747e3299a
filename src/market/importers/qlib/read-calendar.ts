import { join } from 'node:path';
import { CandlenetError, type Day, formatDay, parseDay, readInputFile } from '../../../util/index.js';

/**
 * Sessions of `calendars/day.txt`, one date a line.
 * @throws FILE_NOT_FOUND, QLIB_CALENDAR_INVALID, QLIB_CALENDAR_ORDER
 */
export function readQlibCalendar(dir: string): Int32Array {
  const path = join(dir, 'calendars', 'day.txt');
  const days: Day[] = [];
  const lines = readInputFile(path, 'Qlib calendar').toString('utf8').split(/\r?\n/);
  for (const [i, line] of lines.entries()) {
    const text = line.trim();
    if (text === '') continue;
    const day = calendarDay(text, `${path} line ${i + 1}`);
    const last = days.at(-1);
    if (last !== undefined && day <= last) {
      throw new CandlenetError(
        'QLIB_CALENDAR_ORDER',
        `${path} line ${i + 1}: found ${text} after ${formatDay(last)}, expected strictly ascending dates`,
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
