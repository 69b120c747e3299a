import { CandlenetError, indexAsOf } from '../../util/index.js';
import type { RiskControl } from './control.js';
import { exposureControl } from './exposure-control.js';
import { between, wholeAtLeast } from './parameters.js';

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
  /** Closes in a row for which a state must stand before it counts, so that a return that hovers at a boundary does not trade. Default 5. */
  readonly confirmDays?: number;
}

/**
 * Sizes positions by the state of the market known at the close, once it has stood long enough; in full before the first.
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
  const confirm = wholeAtLeast(options.confirmDays ?? 5, 1, 'marketState.confirmDays');
  return exposureControl('market-state', () => ({ date }) => {
    const row = indexAsOf(market.dates, date);
    const state = standing(market.states, row, confirm);
    const measure = row < 0 ? Number.NaN : market.trailingReturn[row];
    return { exposure: state === null ? 1 : exposures[state], measure, threshold: Number.NaN };
  });
}

type State = MarketStates['states'][number];

/** The latest state up to a row that stood for `confirm` rows on end; null before there is one. */
function standing(states: readonly State[], row: number, confirm: number): State {
  let run = 0;
  for (let i = row; i >= 0; i--) {
    run = i < row && states[i] === states[i + 1] ? run + 1 : 1;
    if (run >= confirm && states[i] !== null) return states[i];
  }
  return null;
}
