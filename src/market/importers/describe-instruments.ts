import { boardOf, exchangeOf } from '../boards.js';
import type { FindingTally } from '../cleaning/index.js';
import type { KnownIndex } from '../known-indices.js';
import type { Instrument } from '../types.js';
import type { InstrumentFacts } from './instrument-names.js';

/** The instruments that have bars, and the benchmarks; what the source does not know is counted. */
export function describeInstruments(
  symbols: readonly string[],
  benchmarks: readonly KnownIndex[],
  facts: ReadonlyMap<string, InstrumentFacts>,
  tally: FindingTally,
): Instrument[] {
  const stocks = symbols.map((symbol) => describeInstrument(symbol, facts.get(symbol)));
  const without = (lacks: (instrument: Instrument) => boolean) => stocks.filter(lacks);
  const first = (found: readonly Instrument[]) => () => found[0].symbol;
  const unnamed = without(({ name }) => name === '');
  tally.count('names-absent', first(unnamed), { cases: unnamed.length });
  const undated = without(({ listDate }) => listDate === null);
  tally.count('listing-dates-absent', first(undated), { cases: undated.length });
  return [...stocks, ...benchmarks.map(({ symbol, name }) => ({ ...describeInstrument(symbol, undefined), name }))];
}

export function describeInstrument(symbol: string, facts: InstrumentFacts | undefined): Instrument {
  return {
    symbol,
    name: facts?.name ?? '',
    exchange: exchangeOf(symbol),
    board: boardOf(symbol),
    industry: facts?.industry ?? '',
    listDate: facts?.listDate ?? null,
    delistDate: facts?.delistDate ?? null,
  };
}
