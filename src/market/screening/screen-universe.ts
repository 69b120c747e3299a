import { CandlenetError, type Day, formatCount, formatDay, formatPercent, parseDay } from '../../util/index.js';
import { type BarMatrix, type Instrument, ST_UNKNOWN } from '../types.js';

/** Which instruments are kept out on a day, by what was known at its close. A rule that is null or false is off. */
export interface ScreeningRules {
  /** Listed for less than so many years: the listing's anniversary lies after the day. */
  readonly minListedYears: number | null;
  /** Without trade on more than `maxSessions` of the last `windowDays` sessions, the day included. */
  readonly suspension: { readonly windowDays: number; readonly maxSessions: number } | null;
  /** Under special treatment on the day. */
  readonly specialTreatment: boolean;
}

/** There is no rule on how a listing ends: leaving out what was delisted later knows the future (survivorship bias). */
export const SCREENING_REASONS = {
  'listed-too-short': 'listed for too short a time',
  'suspended-too-long': 'suspended too long',
  'special-treatment': 'under special treatment',
} as const;

export type ScreeningReason = keyof typeof SCREENING_REASONS;

export interface ScreeningCount {
  readonly reason: ScreeningReason;
  /** Days of one instrument; one that two rules drop is counted under both. */
  readonly stockDays: number;
  readonly stocks: number;
  /** The first, such as `SH600000 2010-01-04`; empty when there is none. */
  readonly example: string;
}

export interface Screening {
  /** [S × D], the universe without what was dropped. */
  readonly mask: Uint8Array;
  /** Of the universe before and after, in days of one instrument. */
  readonly before: number;
  readonly after: number;
  readonly counts: readonly ScreeningCount[];
  /** Rules that are on and that the source has no facts for, in words. */
  readonly notes: readonly string[];
}

/**
 * Narrows a universe as of each date. Causal: a cell depends on no later session, and on no end of a listing.
 * @param universe [S × D] like the bars, 1 where an instrument belongs; not changed
 * @throws ARGUMENT_INVALID for a window below 1, a negative number of sessions or a number of years below 0
 */
export function screenUniverse(
  universe: Uint8Array,
  bars: Pick<BarMatrix, 'symbols' | 'dates' | 'suspended' | 'st'>,
  instruments: readonly Pick<Instrument, 'symbol' | 'listDate'>[],
  rules: ScreeningRules,
): Screening {
  checkRules(rules);
  const { symbols, dates, st } = bars;
  const days = dates.length;
  const mask = universe.slice();
  const tally = createTally(symbols, dates);
  const listed = new Map(instruments.map(({ symbol, listDate }) => [symbol, listDate]));
  const undated: string[] = [];
  let before = 0;
  let after = 0;
  let unknown = 0;
  for (const [s, symbol] of symbols.entries()) {
    const listDate = listed.get(symbol) ?? null;
    const oldEnough =
      rules.minListedYears === null || listDate === null ? null : anniversary(listDate, rules.minListedYears);
    const tooLong = rules.suspension === null ? null : suspendedTooLong(bars, s, rules.suspension);
    let belongs = false;
    for (let t = 0; t < days; t++) {
      const cell = s * days + t;
      if (universe[cell] === 0) continue;
      belongs = true;
      before++;
      const reasons: ScreeningReason[] = [];
      if (oldEnough !== null && dates[t] < oldEnough) reasons.push('listed-too-short');
      if (tooLong?.[t] === 1) reasons.push('suspended-too-long');
      if (rules.specialTreatment && st?.[cell] === 1) reasons.push('special-treatment');
      if (st?.[cell] === ST_UNKNOWN) unknown++;
      for (const reason of reasons) tally.count(reason, s, t);
      if (reasons.length > 0) mask[cell] = 0;
      else after++;
    }
    if (belongs && rules.minListedYears !== null && listDate === null) undated.push(symbol);
  }
  const treatment = st === null ? null : { unknown, of: before };
  return { mask, before, after, counts: tally.counts(rules, st !== null), notes: notesOn(rules, undated, treatment) };
}

function checkRules({ minListedYears, suspension }: ScreeningRules): void {
  const refuse = (what: string, found: number, expected: string) => {
    throw new CandlenetError('ARGUMENT_INVALID', `screening: ${what}: found ${found}, expected ${expected}`);
  };
  if (minListedYears !== null && !(Number.isInteger(minListedYears) && minListedYears >= 0)) {
    refuse('minListedYears', minListedYears, 'a whole number of years, 0 or more');
  }
  if (suspension === null) return;
  const { windowDays, maxSessions } = suspension;
  if (!(Number.isInteger(windowDays) && windowDays >= 1)) refuse('windowDays', windowDays, 'a whole number above 0');
  if (!(Number.isInteger(maxSessions) && maxSessions >= 0)) {
    refuse('maxSessions', maxSessions, 'a whole number of sessions, 0 or more');
  }
}

/** The same day of a later year; of 29 February in a common year, 1 March. */
function anniversary(day: Day, years: number): Day {
  const text = formatDay(day);
  const year = String(Number(text.slice(0, 4)) + years).padStart(4, '0');
  const leapDay = text.endsWith('-02-29') && new Date(Date.UTC(Number(year), 1, 29)).getUTCMonth() !== 1;
  return parseDay(leapDay ? `${year}-03-01` : `${year}${text.slice(4)}`);
}

/** 1 where the trailing window holds too many listed sessions without trade: one soon after the listing is no long suspension. */
function suspendedTooLong(
  { dates, suspended }: Pick<BarMatrix, 'dates' | 'suspended'>,
  s: number,
  { windowDays, maxSessions }: { readonly windowDays: number; readonly maxSessions: number },
): Uint8Array {
  const days = dates.length;
  const out = new Uint8Array(days);
  const isSilent = (t: number) => suspended[s * days + t];
  let silent = 0;
  for (let t = 0; t < days; t++) {
    silent += isSilent(t);
    if (t >= windowDays) silent -= isSilent(t - windowDays);
    out[t] = silent > maxSessions ? 1 : 0;
  }
  return out;
}

function createTally(symbols: readonly string[], dates: Int32Array) {
  const found = new Map<ScreeningReason, { stockDays: number; stocks: Set<number>; example: string }>();
  return {
    count(reason: ScreeningReason, s: number, t: number): void {
      let entry = found.get(reason);
      if (!entry) {
        entry = { stockDays: 0, stocks: new Set(), example: `${symbols[s]} ${formatDay(dates[t])}` };
        found.set(reason, entry);
      }
      entry.stockDays++;
      entry.stocks.add(s);
    },
    counts(rules: ScreeningRules, hasSt: boolean): ScreeningCount[] {
      const isOn: Record<ScreeningReason, boolean> = {
        'listed-too-short': rules.minListedYears !== null,
        'suspended-too-long': rules.suspension !== null,
        'special-treatment': rules.specialTreatment && hasSt,
      };
      return (Object.keys(SCREENING_REASONS) as ScreeningReason[])
        .filter((reason) => isOn[reason])
        .map((reason) => {
          const entry = found.get(reason);
          return {
            reason,
            stockDays: entry?.stockDays ?? 0,
            stocks: entry?.stocks.size ?? 0,
            example: entry?.example ?? '',
          };
        });
    },
  };
}

function notesOn(
  rules: ScreeningRules,
  undated: readonly string[],
  treatment: { readonly unknown: number; readonly of: number } | null,
): string[] {
  const notes: string[] = [];
  if (undated.length > 0) {
    notes.push(
      `screening by age is off for ${undated.length} stocks whose listing date the store does not have, such as ${undated[0]}`,
    );
  }
  if (rules.specialTreatment && treatment === null) {
    notes.push('screening of special treatment is off: the store has no such flag');
  } else if (rules.specialTreatment && treatment !== null && treatment.unknown > 0) {
    const share = formatPercent(treatment.unknown / treatment.of, 1);
    notes.push(
      `screening of special treatment is off on ${formatCount(treatment.unknown)} stock-days (${share}) of which nothing says whether it applied`,
    );
  }
  return notes;
}
