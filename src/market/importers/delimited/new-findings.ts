import type { DataFinding } from '../../types.js';
import type { GatheredSeries } from './gather-series.js';

/** Findings of a series of which the store has a part, less those which that part has by itself. */
export function withoutStored(found: readonly DataFinding[], before: readonly DataFinding[]): DataFinding[] {
  const counted = new Map(before.map(({ kind, count }) => [kind, count]));
  return found.map((finding) => {
    const count = Math.max(0, finding.count - (counted.get(finding.kind) ?? 0));
    return { ...finding, count, example: count === 0 ? '' : finding.example };
  });
}

/** The part of each series that the store has. */
export function knownOnly(series: ReadonlyMap<string, GatheredSeries>): Map<string, GatheredSeries> {
  const known = [...series].filter(([, one]) => one.known > 0);
  return new Map(
    known.map(([symbol, one]) => [
      symbol,
      { ...one, bars: one.bars.slice(0, one.known), factors: one.factors.slice(0, one.known) },
    ]),
  );
}
