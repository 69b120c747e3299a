import { CandlenetError, type Day, parseDay } from '../../util/index.js';
import { CN_A_SHARE } from './cn-a-share.js';
import { FRICTIONLESS } from './frictionless.js';
import type { Rulebook, RuleName, RuleRow, Venue } from './types.js';
import { US_EQUITY } from './us-equity.js';

const RULEBOOKS: readonly Rulebook[] = [CN_A_SHARE, US_EQUITY, FRICTIONLESS];

export const RULEBOOK_NAMES: readonly string[] = RULEBOOKS.map((book) => book.name);

/** @throws CONFIG_INVALID for a name that no rulebook has */
export function rulebookByName(name: string): Rulebook {
  const found = RULEBOOKS.find((book) => book.name === name);
  if (found) return found;
  throw new CandlenetError(
    'CONFIG_INVALID',
    `rulebook: found "${name}", expected one of ${RULEBOOK_NAMES.map((known) => `"${known}"`).join(', ')}`,
  );
}

const EXCHANGE_CODES: Readonly<Record<string, string>> = {
  SH: 'SH',
  SSE: 'SH',
  XSHG: 'SH',
  SHSE: 'SH',
  SZ: 'SZ',
  SZSE: 'SZ',
  XSHE: 'SZ',
  BJ: 'BJ',
  BSE: 'BJ',
  XBSE: 'BJ',
};

/** `SH`, `SZ` or `BJ` for any usual spelling of a mainland exchange; other names are returned in upper case. */
export function exchangeCode(exchange: string): string {
  const upper = exchange.toUpperCase();
  return EXCHANGE_CODES[upper] ?? upper;
}

interface DatedRow {
  readonly row: RuleRow;
  readonly from: Day;
  readonly to: Day;
}

const datedRows = new WeakMap<Rulebook, Map<RuleName, DatedRow[]>>();

function rowsOf(book: Rulebook, rule: RuleName): readonly DatedRow[] {
  let byRule = datedRows.get(book);
  if (!byRule) {
    byRule = new Map();
    for (const row of book.rules) {
      const dated = {
        row,
        from: parseDay(row.from, `rulebook ${book.name}`),
        to: row.to === null ? Number.POSITIVE_INFINITY : parseDay(row.to, `rulebook ${book.name}`),
      };
      const rows = byRule.get(row.rule);
      if (rows) rows.push(dated);
      else byRule.set(row.rule, [dated]);
    }
    datedRows.set(book, byRule);
  }
  return byRule.get(rule) ?? [];
}

function covers(row: RuleRow, venue: Venue): boolean {
  if (row.board !== 'all' && row.board !== venue.board) return false;
  return row.exchange === undefined || row.exchange === exchangeCode(venue.exchange);
}

/** Every row of a rule that has to do with a venue, in the order of the data. */
export function rowsAtVenue(book: Rulebook, rule: RuleName, venue: Venue): RuleRow[] {
  return rowsOf(book, rule).flatMap(({ row }) => (covers(row, venue) ? [row] : []));
}

/** The row in force for a rule at a venue on a day, or null where the rulebook has none. */
export function ruleRowOn(book: Rulebook, rule: RuleName, venue: Venue, day: Day): RuleRow | null {
  let best: RuleRow | null = null;
  let bestPrecision = -1;
  for (const { row, from, to } of rowsOf(book, rule)) {
    if (day < from || day > to || !covers(row, venue)) continue;
    const precision = (row.board === 'all' ? 0 : 2) + (row.exchange === undefined ? 0 : 1);
    if (precision > bestPrecision) {
      best = row;
      bestPrecision = precision;
    }
  }
  return best;
}

/** The value in force for a rule at a venue on a day, or null where the rulebook has none. */
export function ruleOn(book: Rulebook, rule: RuleName, venue: Venue, day: Day): number | null {
  return ruleRowOn(book, rule, venue, day)?.value ?? null;
}
