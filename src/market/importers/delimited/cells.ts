import { CandlenetError, type Day, parseDay } from '../../../util/index.js';
import { canonicalSymbol, isSymbol } from '../../boards.js';
import { DAY_BOUNDS, isPlausibleDay } from '../../plausible.js';

/** Turns the text of a cell into a value; `dateFormat` is the source's own, where it has one. @throws TABLE_INVALID */
export type CellParser<T> = (text: string, where: () => string, dateFormat: string | null) => T;

/** What vendors write where they have no value. */
const MISSING = new Set(['', 'None', 'none', 'null', 'NULL', 'NaN', 'nan', 'NA', 'N/A', '-', '--', '---']);
const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;
/** A thousands separator, in the quoted numbers of terminals. */
const GROUPED = /^[+-]?\d{1,3}(,\d{3})+(\.\d+)?$/;

/** Letters of a cell that a message repeats. */
const MOST_SHOWN = 80;

export function cellError(where: string, found: string, expected: string): CandlenetError {
  const shown = found.length > MOST_SHOWN ? `${found.slice(0, MOST_SHOWN)}…` : found;
  return new CandlenetError('TABLE_INVALID', `${where}: found "${shown}", expected ${expected}`);
}

/** Whether vendors write it where they have no value. */
export function isMissing(text: string): boolean {
  return MISSING.has(text);
}

/** NaN where the vendor has none. @throws TABLE_INVALID */
export function numberCell(text: string, where: () => string): number {
  if (MISSING.has(text)) return Number.NaN;
  const value = NUMBER.test(text) ? Number(text) : GROUPED.test(text) ? Number(text.replaceAll(',', '')) : Number.NaN;
  if (!Number.isFinite(value)) throw cellError(where(), text, 'a number');
  return value;
}

/**
 * `2020-01-02`, `20200102`, `2020/1/2`, each also followed by a time of midnight or a Chinese day of the week; or what a
 * form of the source's own says, such as `DD.MM.YYYY`.
 * @throws TABLE_INVALID
 */
export function dayCell(text: string, where: () => string, dateFormat: string | null = null): Day {
  if (dateFormat !== null) return formattedDay(text, where, dateFormat);
  const match =
    /^(\d{4})(?:(\d{2})(\d{2})|([-/])(\d{1,2})\4(\d{1,2}))(?:[ T]00:00(?::00(?:\.0+)?)?|[,,/ ]?[一二三四五六日])?$/.exec(
      text,
    );
  if (!match) throw cellError(where(), text, 'a date as YYYY-MM-DD, YYYYMMDD or YYYY/M/D');
  const [, year, month, day, , looseMonth, looseDay] = match;
  return calendarDay(text, where, year, month ?? looseMonth, day ?? looseDay);
}

/** A day on which something was seen: of a bar, a disclosure, a release. @throws TABLE_INVALID */
export function observedDayCell(text: string, where: () => string, dateFormat: string | null = null): Day {
  const day = dayCell(text, where, dateFormat);
  if (!isPlausibleDay(day)) throw cellError(where(), text, DAY_BOUNDS);
  return day;
}

/** The last day of a period: a day, a month (`2020-01`, `202001`) or a quarter (`2020Q1`). @throws TABLE_INVALID */
export function periodCell(text: string, where: () => string, dateFormat: string | null = null): Day {
  if (dateFormat !== null) return formattedDay(text, where, dateFormat);
  const month = /^(\d{4})[-/]?(\d{2})$/.exec(text);
  if (month) return lastDay(text, where, month[1], Number(month[2]));
  const quarter = /^(\d{4})[-/]?[Qq]([1-4])$/.exec(text);
  if (quarter) return lastDay(text, where, quarter[1], Number(quarter[2]) * 3);
  return dayCell(text, where);
}

function lastDay(text: string, where: () => string, year: string, month: number): Day {
  if (!(month >= 1 && month <= 12)) throw cellError(where(), text, 'a month of the calendar');
  return calendarDay(text, where, year, String(month), String(new Date(Date.UTC(Number(year), month, 0)).getUTCDate()));
}

function calendarDay(text: string, where: () => string, year: string, month: string, day: string): Day {
  try {
    return parseDay([year, month.padStart(2, '0'), day.padStart(2, '0')].join('-'));
  } catch {
    throw cellError(where(), text, 'a day of the calendar');
  }
}

const DATE_PARTS: Readonly<Record<string, string>> = {
  YYYY: '(?<year>\\d{4})',
  MM: '(?<month>\\d{2})',
  M: '(?<month>\\d{1,2})',
  DD: '(?<day>\\d{2})',
  D: '(?<day>\\d{1,2})',
  Q: '(?<quarter>[1-4])',
};

/** A form without a day is the last of its month or quarter. */
function formattedDay(text: string, where: () => string, form: string): Day {
  const pattern = form.replace(/YYYY|MM?|DD?|Q|[^\p{L}\p{N}]/gu, (part) => DATE_PARTS[part] ?? `\\${part}`);
  const found = new RegExp(`^${pattern}$`).exec(text)?.groups;
  if (!found) throw cellError(where(), text, `a date as ${form}`);
  if (found.day !== undefined) return calendarDay(text, where, found.year, found.month, found.day);
  return lastDay(text, where, found.year, found.month ? Number(found.month) : Number(found.quarter) * 3);
}

/** 0 or 1; null where the vendor has none. @throws TABLE_INVALID */
export function flagCell(text: string, where: () => string): 0 | 1 | null {
  if (MISSING.has(text)) return null;
  if (/^(1|1\.0|true|yes|是)$/i.test(text)) return 1;
  if (/^(0|0\.0|false|no|否)$/i.test(text)) return 0;
  throw cellError(where(), text, '0 or 1');
}

/** First digits of the codes of each exchange, where a vendor leaves the exchange out. */
const EXCHANGE_OF_CODE: readonly (readonly [RegExp, string])[] = [
  [/^6\d{5}$/, 'SH'],
  [/^[03]\d{5}$/, 'SZ'],
  [/^[48]\d{5}$/, 'BJ'],
];

/** A canonical symbol; a bare six-digit code is taken as a stock's, anything else stays as it is, in upper case. @throws TABLE_INVALID */
export function symbolCell(text: string, where: () => string): string {
  const canonical = canonicalSymbol(text);
  if (canonical !== null) return canonical;
  const exchange = EXCHANGE_OF_CODE.find(([pattern]) => pattern.test(text))?.[1];
  if (exchange !== undefined) return exchange + text;
  if (!isSymbol(text)) throw cellError(where(), text, 'a symbol');
  return text.toUpperCase();
}
