import { localInstant } from '../../../session-clock.js';
import { cellError, observedDayCell } from '../cells.js';

const TIME = /^(.+?)[ T](\d{1,2}):(\d{2})(?::(\d{2}(?:\.\d+)?))?\s*(Z|[+-]\d{2}(?::?\d{2})?)?$/;
const END_OF_DAY = 24 * 60 - 1 / 60;

/**
 * An instant in milliseconds of UTC from a local time of `zone`, or one that states its own offset. A day without a time
 * is its last second: what is not known to have been out during the session is taken as out after it.
 * @throws TABLE_INVALID
 */
export function instantCell(text: string, where: () => string, dateFormat: string | null, zone: string): number {
  const match = TIME.exec(text);
  if (!match) return localInstant(observedDayCell(text, where, dateFormat), END_OF_DAY, zone);
  const [, day, hour, minute, second = '0', offset] = match;
  const minutes = Number(hour) * 60 + Number(minute) + Number(second) / 60;
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) >= 60)
    throw cellError(where(), text, 'a time of the day');
  const date = observedDayCell(day, where, dateFormat);
  if (offset === undefined) return Math.round(localInstant(date, minutes, zone));
  const [, sign, hours, rest = '0'] = /^([+-])(\d{2}):?(\d{2})?$/.exec(offset === 'Z' ? '+00' : offset)!;
  const ahead = (Number(hours) * 60 + Number(rest)) * (sign === '-' ? -1 : 1);
  return Math.round(localInstant(date, minutes - ahead, 'UTC'));
}

/** A time zone as `Intl` knows it. @throws TABLE_INVALID */
export function zoneCell(text: string, where: () => string): string {
  try {
    new Intl.DateTimeFormat('en-US', { timeZone: text });
    return text;
  } catch {
    throw cellError(where(), text, 'a time zone such as Asia/Shanghai');
  }
}
