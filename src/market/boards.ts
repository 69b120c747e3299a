import type { Board } from './types.js';

/** `SH600000` from `600000.SH`, `sh.600000`, `sh600000` or `SH600000`; null when the text is none of these. */
export function canonicalSymbol(text: string): string | null {
  const upper = text.trim().toUpperCase();
  const prefixed = /^(SH|SZ|BJ)\.?(\d{6})$/.exec(upper);
  if (prefixed) return prefixed[1] + prefixed[2];
  const suffixed = /^(\d{6})\.(SH|SZ|BJ)$/.exec(upper);
  return suffixed ? suffixed[2] + suffixed[1] : null;
}

/** Whether a text can be a symbol: letters, digits and what vendors put between them, no path. */
export function isSymbol(text: string): boolean {
  return /^[\p{L}\p{N}^][\p{L}\p{N}._^=-]{0,31}$/u.test(text);
}

/** Code ranges of the exchanges: SSE, SZSE and BSE rules on the allocation of securities codes. */
const BOARD_OF_CODE: readonly (readonly [RegExp, Board])[] = [
  [/^SH60[0135]\d{3}$/, 'main'],
  [/^SH68[89]\d{3}$/, 'star'],
  [/^SZ00[0123]\d{3}$/, 'main'],
  [/^SZ30[0-2]\d{3}$/, 'chinext'],
  [/^SH000\d{3}$/, 'index'],
  [/^SZ399\d{3}$/, 'index'],
  [/^BJ899\d{3}$/, 'index'],
  [/^BJ\d{6}$/, 'bse'],
];

/** The board a canonical symbol is listed on, by its code; `other` for what is no A-share. */
export function boardOf(symbol: string): Board {
  return BOARD_OF_CODE.find(([pattern]) => pattern.test(symbol))?.[1] ?? 'other';
}

const EXCHANGES: Readonly<Record<string, string>> = { SH: 'SSE', SZ: 'SZSE', BJ: 'BSE' };

/** SSE, SZSE or BSE; '' for any other symbol. */
export function exchangeOf(symbol: string): string {
  return /^(SH|SZ|BJ)\d{6}$/.test(symbol) ? EXCHANGES[symbol.slice(0, 2)] : '';
}
