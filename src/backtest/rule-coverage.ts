import {
  type BarMatrix,
  type Instrument,
  type Rulebook,
  type RuleName,
  rowsAtVenue,
  type TradingRules,
} from '../market/index.js';
import { formatDay, parseDay, type SessionRange } from '../util/index.js';
import type { RuleSpans } from './rule-spans.js';

/** A venue whose instruments have bars in a period. */
export interface VenueUse {
  /** One of its symbols, by index. */
  readonly symbol: number;
  readonly instrument: Instrument;
  /** First session of the period with a bar there. */
  readonly first: number;
}

/** The venues a period knows, by board and exchange. */
export function venuesUsed(bars: BarMatrix, instruments: readonly Instrument[], period: SessionRange): VenueUse[] {
  const sessions = bars.dates.length;
  const venues = new Map<string, VenueUse>();
  for (const [s, instrument] of instruments.entries()) {
    const key = `${instrument.board} ${instrument.exchange}`;
    const end = venues.get(key)?.first ?? period.end;
    let d = period.start;
    while (d < end && Number.isNaN(bars.close[s * sessions + d])) d++;
    if (d < end) venues.set(key, { symbol: s, instrument, first: d });
  }
  return [...venues.values()];
}

/** Every set of rules in force at a venue of the period. */
export function usedRules(spans: RuleSpans, venues: readonly VenueUse[], period: SessionRange): TradingRules[] {
  const rules = new Set<TradingRules>();
  for (const { symbol, first } of venues) for (let d = first; d < period.end; d++) rules.add(spans.of(symbol, d));
  return [...rules];
}

/**
 * Says of which rules the rulebook's record begins only after a venue's first session, so that earlier sessions are traded
 * without them. A rule that was new when its first row begins lacks nothing, nor does one that a venue does not have.
 */
export function lateRecords(rulebook: Rulebook, venues: readonly VenueUse[], dates: Int32Array): string[] {
  const late = new Map<RuleName, number>();
  for (const rule of new Set(rulebook.rules.map((row) => row.rule))) {
    for (const { instrument, first } of venues) {
      const rows = rowsAtVenue(rulebook, rule, instrument);
      if (rows.length === 0) continue;
      const earliest = rows.reduce((a, b) => (b.from < a.from ? b : a));
      const from = parseDay(earliest.from);
      if (earliest.begins || from <= dates[first]) continue;
      late.set(rule, Math.max(from, late.get(rule) ?? from));
    }
  }
  if (late.size === 0) return [];
  const named = [...late].map(([rule, from]) => `${rule} (${formatDay(from)})`).join(', ');
  return [
    `The rulebook’s record of some rules begins only within or after the period; sessions before are traded without: ${named}.`,
  ];
}
