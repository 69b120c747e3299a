import { CandlenetError } from '../../../util/index.js';
import { isPlausibleFactor, MOST_FACTOR } from '../../plausible.js';
import type { FactorRule } from '../presets/index.js';
import type { SourceBar } from './series.js';

/** Quotients of prices printed with six decimals agree within this where nothing was paid. */
const PRINTED = 2e-6;

/** The last bar of a symbol that a store holds before the first of a file. */
export interface BarBefore {
  readonly close: number;
  readonly factor: number;
}

/**
 * Back-adjustment factors of ascending bars, 1 on the first unless the file states them or a bar before it is known: known
 * on their day, so that price × factor never changes with later dividends. A bar without a basis keeps the factor before it.
 * @throws TABLE_INVALID for a factor or reference that is not positive
 */
export function factorsOf(
  bars: readonly SourceBar[],
  rule: FactorRule,
  place: (line: number) => string,
  before: BarBefore | null = null,
): Float64Array {
  const factors = new Float64Array(bars.length);
  let factor = before?.factor ?? 1;
  let lastClose = before?.close ?? Number.NaN;
  let first = Number.NaN;
  let quotient = Number.NaN;
  for (const [t, { basis, close, line }] of bars.entries()) {
    if (basis <= 0) {
      throw new CandlenetError(
        'TABLE_INVALID',
        `${place(line)}: found ${basis} as the ${rule === 'stated' ? 'factor' : 'price that adjusts'}, expected it above 0`,
      );
    }
    if (Number.isNaN(basis) || rule === 'none') {
      factors[t] = factor;
    } else if (rule === 'stated') {
      factor = basis;
    } else if (rule === 'from-adjusted-close') {
      const now = basis / close;
      if (Number.isNaN(first)) first = now;
      if (now > 0 && !(Math.abs(now / quotient - 1) <= PRINTED)) quotient = now;
      factor = quotient / first;
    } else if (lastClose > 0 && Math.abs(basis / lastClose - 1) > 1e-9) {
      factor *= lastClose / basis;
    }
    if (factor > 0 && !isPlausibleFactor(factor)) {
      throw new CandlenetError(
        'TABLE_INVALID',
        `${place(line)}: found a factor of ${factor} by the ${rule === 'stated' ? 'column' : 'price that adjusts'}, expected one up to ${MOST_FACTOR}`,
      );
    }
    factors[t] = factor;
    if (close > 0) lastClose = close;
  }
  return factors;
}
