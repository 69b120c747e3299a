import { CandlenetError, type Day, parseDay } from '../../../util/index.js';
import { canonicalSymbol } from '../../boards.js';

/** What vendors write where they have no value. */
const MISSING = new Set(['', 'None', 'none', 'null', 'NULL', 'NaN', 'nan', 'NA', 'N/A', '-', '--', '---']);
const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;
/** A thousands separator, in the quoted numbers of terminals. */
const GROUPED = /^[+-]?\d{1,3}(,\d{3})+(\.\d+)?$/;

export function cellError(where: string, found: string, expected: string): CandlenetError {
  return new CandlenetError('TABLE_INVALID', `${where}: found "${found}", expected ${expected}`);
}

/** NaN where the vendor has none. @throws TABLE_INVALID */
export function numberCell(text: string, where: () => string): number {
  if (MISSING.has(text)) return Number.NaN;
  const value = NUMBER.test(text) ? Number(text) : GROUPED.test(text) ? Number(text.replaceAll(',', '')) : Number.NaN;
  if (!Number.isFinite(value)) throw cellError(where(), text, 'a number');
  return value;
}

/**
 * `2020-01-02`, `20200102`, `2020/1/2`, each also followed by a time of midnight or a Chinese day of the week.
 * @throws TABLE_INVALID
 */
export function dayCell(text: string, where: () => string): Day {
  const match =
    /^(\d{4})(?:(\d{2})(\d{2})|([-/])(\d{1,2})\4(\d{1,2}))(?:[ T]00:00(?::00(?:\.0+)?)?|[,,/ ]?[一二三四五六日])?$/.exec(
      text,
    );
  if (!match) throw cellError(where(), text, 'a date as YYYY-MM-DD, YYYYMMDD or YYYY/M/D');
  const [, year, month, day, , looseMonth, looseDay] = match;
  const iso = [year, (month ?? looseMonth).padStart(2, '0'), (day ?? looseDay).padStart(2, '0')].join('-');
  try {
    return parseDay(iso);
  } catch {
    throw cellError(where(), text, 'a day of the calendar');
  }
}

/** 0 or 1; null where the vendor has none. @throws TABLE_INVALID */
export function flagCell(text: string, where: () => string): 0 | 1 | null {
  if (MISSING.has(text)) return null;
  if (/^(1|true|yes|是)$/i.test(text)) return 1;
  if (/^(0|false|no|否)$/i.test(text)) return 0;
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
  if (!/^[\p{L}\p{N}][\p{L}\p{N}._^=-]{0,31}$/u.test(text)) throw cellError(where(), text, 'a symbol');
  return text.toUpperCase();
}
