import { type ForecastTable, scoreOf } from '../../backtest/index.js';
import { CandlenetError, indexAsOf } from '../../util/index.js';
import type { RiskControl } from './control.js';
import { exposureControl } from './exposure-control.js';

/** A model's forecasts of the index itself, known after the close of each date, ascending. */
export type IndexForecasts = Pick<ForecastTable, 'date' | 'pBuy' | 'pSell' | 'score'>;

/**
 * In the market while P(buy) of the index is above P(sell), or the number forecast above 0, out of it while it is below. Equal
 * or missing forecasts, and days without one, leave things as they are; before the first forecast the market is held.
 * @throws TABLE_INVALID
 */
export function marketTiming(forecasts: IndexForecasts): RiskControl {
  const { date: dates } = forecasts;
  for (let i = 1; i < dates.length; i++) {
    if (dates[i] > dates[i - 1]) continue;
    throw new CandlenetError('TABLE_INVALID', `index forecasts, row ${i}: expected dates in ascending order`);
  }
  return exposureControl('market-timing', () => {
    let exposure = 1;
    return ({ date }) => {
      const row = indexAsOf(dates, date);
      const lead = row >= 0 && dates[row] === date ? scoreOf(forecasts, row) : Number.NaN;
      if (lead > 0) exposure = 1;
      if (lead < 0) exposure = 0;
      return { exposure, measure: lead, threshold: 0 };
    };
  });
}
