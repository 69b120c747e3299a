import { fundamentalsSchema, generateMarket, type MarketTables, macroSchema } from '../../../src/market/index.js';
import { createTableBuilder } from '../../../src/tables/index.js';
import { createRng, type Day, monthOf } from '../../../src/util/index.js';

/** Ends of calendar months, or of every n-th, within a span. */
function periodEnds(from: Day, to: Day, months: number): Day[] {
  const ends: Day[] = [];
  for (let day = from; day < to; day++) {
    const month = monthOf(day);
    if (monthOf(day + 1) !== month && (month + 1) % months === 0) ends.push(day);
  }
  return ends;
}

export interface Lags {
  /** Days from the end of a period to the disclosure, and to the release. */
  readonly disclosure: number;
  readonly release: number;
}

/** A small market with quarterly earnings disclosed six weeks, and a monthly series released twelve days after its period. */
export function plantedMarket({ disclosure, release }: Lags = { disclosure: 45, release: 12 }): MarketTables {
  const market = generateMarket({ kind: 'null', symbols: 24, days: 640, seed: 11 });
  const { symbols, dates } = market.bars;
  const span = [dates[0], dates[dates.length - 1]] as const;
  const rng = createRng('planted market');
  const fundamentals = createTableBuilder(fundamentalsSchema);
  for (const symbol of symbols) {
    for (const end of periodEnds(...span, 3)) {
      fundamentals.add({ symbol, period_end: end, field: 'roe', announced: end + disclosure, value: rng.normal() });
    }
  }
  const macro = createTableBuilder(macroSchema);
  for (const end of periodEnds(...span, 1)) {
    macro.add({ series: 'cpi', period_end: end, released: end + release, value: 2 + rng.normal() });
  }
  return { ...market, fundamentals: fundamentals.build(), macro: macro.build() };
}
