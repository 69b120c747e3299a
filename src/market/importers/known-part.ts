import { type Day, lowerBound } from '../../util/index.js';
import type { BarMatrix, DataFinding } from '../types.js';

/** What a store has of a source over HTTP that is asked for what is new. */
export interface KnownPart {
  /** Symbols the store has bars of; any other is asked for from the first day of the import. */
  readonly symbols: ReadonlySet<string>;
  /** First day that is asked for again: what is usual for an instrument is judged by the year before. */
  readonly from: Day;
  /** First day of which the bars are delivered, to be set beside the store's. */
  readonly joinFrom: Day;
  /** Last session of the store. */
  readonly last: Day;
  /** Kinds of findings the store has: those that count the window asked for are not told again. */
  readonly findings: ReadonlySet<string>;
}

/** Findings of a series of which the store has a part, less those which that part has by itself. */
export function withoutStored(found: readonly DataFinding[], before: readonly DataFinding[]): DataFinding[] {
  const counted = new Map(before.map(({ kind, count }) => [kind, count]));
  return found.map((finding) => {
    const count = Math.max(0, finding.count - (counted.get(finding.kind) ?? 0));
    return { ...finding, count, example: count === 0 ? '' : finding.example };
  });
}

/** Leaves of the symbols a store has only the bars from `joinFrom` on: the cleaning alone needed those before. */
export function forgetBefore(bars: BarMatrix, { symbols, joinFrom }: KnownPart): void {
  const sessions = bars.dates.length;
  const end = lowerBound(bars.dates, joinFrom);
  const { open, high, low, close, volume, adjFactor, suspended, flags } = bars;
  for (const [s, symbol] of bars.symbols.entries()) {
    if (!symbols.has(symbol)) continue;
    const [first, last] = [s * sessions, s * sessions + end];
    for (const column of [open, high, low, close, volume, adjFactor]) column.fill(Number.NaN, first, last);
    bars.amount?.fill(Number.NaN, first, last);
    suspended.fill(0, first, last);
    flags.fill(0, first, last);
  }
}
