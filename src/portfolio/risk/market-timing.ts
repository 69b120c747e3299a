import { CandlenetError, indexAsOf } from '../../util/index.js';
import type { RiskControl } from './control.js';
import { exposureControl } from './exposure-control.js';

/** A model's forecasts of the index itself, known after the close of each date, ascending. */
export interface IndexForecasts {
  readonly date: Int32Array;
  readonly pBuy: Float32Array;
  readonly pSell: Float32Array;
}

/**
 * In the market while P(buy) of the index is above P(sell), out of it while it is below. Equal or missing forecasts, and
 * days without one, leave things as they are; before the first forecast the market is held.
 * @throws TABLE_INVALID
 */
export function marketTiming(forecasts: IndexForecasts): RiskControl {
  const { date: dates, pBuy, pSell } = forecasts;
  for (let i = 1; i < dates.length; i++) {
    if (dates[i] > dates[i - 1]) continue;
    throw new CandlenetError('TABLE_INVALID', `index forecasts, row ${i}: expected dates in ascending order`);
  }
  return exposureControl('market-timing', () => {
    let exposure = 1;
    return ({ date }) => {
      const row = indexAsOf(dates, date);
      const lead = row >= 0 && dates[row] === date ? pBuy[row] - pSell[row] : Number.NaN;
      if (lead > 0) exposure = 1;
      if (lead < 0) exposure = 0;
      return { exposure, measure: lead, threshold: 0 };
    };
  });
}
