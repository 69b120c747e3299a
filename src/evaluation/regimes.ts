import { type Day, indexAsOf } from '../util/index.js';
import type { Regime, RegimeSeries } from './types.js';

export interface RegimeOptions {
  /** Sessions. */
  readonly lookback: number;
  /** Trailing returns above and below which the market is a bull's or a bear's. */
  readonly bullAbove: number;
  readonly bearBelow: number;
}

export const DEFAULT_REGIMES: RegimeOptions = { lookback: 60, bullAbove: 0.05, bearBelow: -0.05 };

/** The market's state from the benchmark's trailing return, as known after the close of each date. */
export function marketRegimes(
  dates: Int32Array,
  close: ArrayLike<number>,
  options: RegimeOptions = DEFAULT_REGIMES,
): RegimeSeries {
  const trailingReturn = Float64Array.from(dates, (_, i) =>
    i < options.lookback ? Number.NaN : close[i] / close[i - options.lookback] - 1,
  );
  return { dates, trailingReturn, states: Array.from(trailingReturn, (value) => stateOf(value, options)) };
}

function stateOf(trailingReturn: number, { bullAbove, bearBelow }: RegimeOptions): Regime | null {
  if (Number.isNaN(trailingReturn)) return null;
  if (trailingReturn > bullAbove) return 'bull';
  return trailingReturn < bearBelow ? 'bear' : 'volatile';
}

/** The state known after the close of `day`: that of the last session ≤ day. */
export function regimeAfter(regimes: RegimeSeries, day: Day): Regime | null {
  const index = indexAsOf(regimes.dates, day);
  return index < 0 ? null : regimes.states[index];
}
