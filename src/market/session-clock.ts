import type { Day } from '../util/index.js';
import { rulebookByName } from './rulebooks/index.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 86_400_000;

/** Time zone of the market that a rulebook governs, such as `Asia/Shanghai`. */
export function marketZone(rulebook: string): string {
  return rulebookByName(rulebook).close.zone;
}

/** The instant, in milliseconds since 1970-01-01T00:00Z, at which the session of a day closes. */
export function closingInstant(rulebook: string, day: Day): number {
  const { zone, minutes } = rulebookByName(rulebook).close;
  return localInstant(day, minutes, zone);
}

/** The instant of a local time of a day; a zone's change of clocks falls outside of trading hours. */
export function localInstant(day: Day, minutes: number, zone: string): number {
  const asIfUtc = day * DAY + minutes * MINUTE;
  return asIfUtc - zoneOffset(zone, asIfUtc - zoneOffset(zone, asIfUtc));
}

/**
 * The first day by whose close a piece of news is known: the day of its publication in the market's zone, the day after
 * when it came later than the close. That day may be no session; the news then belongs to the next one.
 */
export function knownDayOfNews(rulebook: string, published: number): Day {
  const { zone, minutes } = rulebookByName(rulebook).close;
  const local = published + zoneOffset(zone, published);
  const day = Math.floor(local / DAY);
  return local - day * DAY > minutes * MINUTE ? day + 1 : day;
}

const formats = new Map<string, Intl.DateTimeFormat>();
const offsets = new Map<string, Map<number, number>>();

/** What a zone's clocks are ahead of UTC at an instant, in milliseconds. Few days see them change. */
function zoneOffset(zone: string, instant: number): number {
  if (zone === 'UTC') return 0;
  const hour = Math.floor(instant / HOUR);
  const day = Math.floor(hour / 24);
  const before = hourOffset(zone, day * 24);
  return before === hourOffset(zone, day * 24 + 24) ? before : hourOffset(zone, hour);
}

function hourOffset(zone: string, hour: number): number {
  let byHour = offsets.get(zone);
  if (!byHour) {
    byHour = new Map();
    offsets.set(zone, byHour);
  }
  const known = byHour.get(hour);
  if (known !== undefined) return known;
  let format = formats.get(zone);
  if (!format) {
    const digits = { year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit' } as const;
    format = new Intl.DateTimeFormat('en-US', { timeZone: zone, hourCycle: 'h23', ...digits });
    formats.set(zone, format);
  }
  const at = hour * HOUR;
  const part = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, Number(value)]));
  const offset = Date.UTC(part.year, part.month - 1, part.day, part.hour, part.minute) - at;
  byHour.set(hour, offset);
  return offset;
}
