import type { DataFinding } from '../../types.js';
import type { GatheredSeries } from './gather-series.js';

/** Findings of a series that begins with bars of the store, less those which its stored part has by itself. */
export function withoutStored(found: readonly DataFinding[], before: readonly DataFinding[]): DataFinding[] {
  const counted = new Map(before.map(({ kind, count }) => [kind, count]));
  return found.map((finding) => {
    const count = Math.max(0, finding.count - (counted.get(finding.kind) ?? 0));
    return { ...finding, count, example: count === 0 ? '' : finding.example };
  });
}

/** The part of each series that is the store's. */
export function storedOnly(series: ReadonlyMap<string, GatheredSeries>): Map<string, GatheredSeries> {
  const stored = [...series].filter(([, one]) => one.stored > 0);
  return new Map(
    stored.map(([symbol, one]) => [
      symbol,
      { ...one, bars: one.bars.slice(0, one.stored), factors: one.factors.slice(0, one.stored) },
    ]),
  );
}
