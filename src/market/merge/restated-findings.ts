import type { BarMatrix, DataFinding, MarketPart, MarketTables } from '../types.js';

/** Findings that describe the whole as it stands, not its rows: what was looked at last is what holds. */
const OF_THE_WHOLE = new Set(['member-without-bars', 'membership-size', 'benchmark-absent']);

/**
 * Findings of a store and of what joins it, so that a row which both have is counted once: of two sources one of which has
 * all bars of the other, the larger has counted them all. Of sources that share some bars both counts stand.
 */
export function withoutRestated(
  before: MarketTables,
  part: MarketPart,
): { readonly own: readonly DataFinding[]; readonly added: readonly DataFinding[] } {
  const had = new Set(before.findings.map(({ kind }) => kind));
  const has = new Set(part.findings.map(({ kind }) => kind));
  let own = before.findings.filter(({ kind }) => !OF_THE_WHOLE.has(kind) || !has.has(kind));
  let added = part.findings;
  if (part.findingsAreNew || part.bars === undefined) return { own, added };
  if (covers(part.bars, before.bars)) own = own.filter(({ kind }) => !has.has(kind));
  else if (covers(before.bars, part.bars)) added = added.filter(({ kind }) => !had.has(kind) || OF_THE_WHOLE.has(kind));
  return { own, added };
}

function covers(bars: BarMatrix, others: BarMatrix): boolean {
  const symbols = new Set(bars.symbols);
  const last = (dates: Int32Array) => dates[dates.length - 1];
  return (
    others.symbols.every((symbol) => symbols.has(symbol)) &&
    bars.dates[0] <= others.dates[0] &&
    last(bars.dates) >= last(others.dates)
  );
}
