import { CandlenetError, indexAsOf } from '../../util/index.js';
import type { RiskControl } from './control.js';
import { exposureControl } from './exposure-control.js';
import { between } from './parameters.js';

/** The market's state as known after the close of each date, ascending; null where there is too little history. */
export interface MarketStates {
  readonly dates: Int32Array;
  readonly states: readonly ('bull' | 'volatile' | 'bear' | null)[];
  /** What the state was judged by, such as the benchmark's trailing return. */
  readonly trailingReturn: Float64Array;
}

export interface MarketStateOptions {
  /** Exposure by state. Defaults 1, 0.7 and 0.4. */
  readonly bull?: number;
  readonly volatile?: number;
  readonly bear?: number;
}

/**
 * Sizes positions by the state of the market known at the close; where it is unknown yet, in full.
 * @throws CONFIG_INVALID, TABLE_INVALID
 */
export function marketStateSizing(market: MarketStates, options: MarketStateOptions = {}): RiskControl {
  for (let i = 1; i < market.dates.length; i++) {
    if (market.dates[i] > market.dates[i - 1]) continue;
    throw new CandlenetError('TABLE_INVALID', `market states, row ${i}: expected dates in ascending order`);
  }
  const exposures = {
    bull: between(options.bull ?? 1, 0, 1, 'marketState.bull'),
    volatile: between(options.volatile ?? 0.7, 0, 1, 'marketState.volatile'),
    bear: between(options.bear ?? 0.4, 0, 1, 'marketState.bear'),
  };
  return exposureControl('market-state', () => ({ date }) => {
    const row = indexAsOf(market.dates, date);
    const state = row < 0 ? null : market.states[row];
    const measure = row < 0 ? Number.NaN : market.trailingReturn[row];
    return { exposure: state === null ? 1 : exposures[state], measure, threshold: Number.NaN };
  });
}
