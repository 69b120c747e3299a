import type { BarMatrix } from '../types.js';

/** A matrix in which no symbol has a bar yet, to be filled in place. */
export function emptyBars(
  symbols: readonly string[],
  dates: Int32Array,
  has: { amount: boolean; st: boolean },
): BarMatrix {
  const size = symbols.length * dates.length;
  const missing = () => new Float64Array(size).fill(Number.NaN);
  return {
    symbols,
    dates,
    open: missing(),
    high: missing(),
    low: missing(),
    close: missing(),
    volume: missing(),
    amount: has.amount ? missing() : null,
    adjFactor: missing(),
    suspended: new Uint8Array(size),
    st: has.st ? new Uint8Array(size) : null,
    flags: new Uint8Array(size),
  };
}
