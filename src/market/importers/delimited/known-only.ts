import type { GatheredSeries } from './gather-series.js';

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
