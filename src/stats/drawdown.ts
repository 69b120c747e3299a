import type { Numbers } from './moments.js';

export interface Drawdown {
  /** ≤ 0; NaN for no returns. */
  readonly depth: number;
  /** Index of the session whose close was the peak; −1 is the last close before the period. */
  readonly peak: number;
  /** Index of the session whose close was the lowest. */
  readonly trough: number;
  /** First session whose close is back at the peak; null when that never came. */
  readonly recovery: number | null;
}

/** Net value after each simple return, starting from 1 at the last close before the period. */
export function netValues(returns: Numbers): Float64Array {
  const values = new Float64Array(returns.length);
  let value = 1;
  for (let i = 0; i < returns.length; i++) {
    value *= 1 + returns[i];
    values[i] = value;
  }
  return values;
}

/** Fall from the highest close so far, the last close before the period included; each ≤ 0. */
export function drawdowns(returns: Numbers): Float64Array {
  let peak = 1;
  return netValues(returns).map((value) => {
    peak = Math.max(peak, value);
    return value / peak - 1;
  });
}

/** The deepest of `drawdowns`, with its peak and trough. */
export function maxDrawdown(returns: Numbers): Drawdown {
  if (returns.length === 0) return { depth: Number.NaN, peak: -1, trough: -1, recovery: null };
  const depths = drawdowns(returns);
  let trough = 0;
  for (let i = 1; i < depths.length; i++) if (!(depths[i] >= depths[trough])) trough = i;
  if (Number.isNaN(depths[trough])) return { depth: Number.NaN, peak: -1, trough, recovery: null };
  let peak = trough;
  while (peak >= 0 && depths[peak] < 0) peak--;
  const back = depths.findIndex((depth, i) => i > trough && depth === 0);
  return { depth: depths[trough], peak, trough, recovery: back === -1 ? null : back };
}
