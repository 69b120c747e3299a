import type { ForecastTable } from '../backtest/index.js';
import { CandlenetError, type Day, formatDay, lowerBound } from '../util/index.js';

/** Rows [start, end) of a forecast table. */
export interface RowRange {
  readonly start: number;
  readonly end: number;
}

/** @throws TABLE_INVALID unless the rows ascend by date, then symbol, each pair once */
export function checkForecasts(forecasts: ForecastTable): ForecastTable {
  const { date, symbol, length } = forecasts;
  for (let row = 1; row < length; row++) {
    if (date[row] > date[row - 1] || (date[row] === date[row - 1] && symbol[row] > symbol[row - 1])) continue;
    throw new CandlenetError(
      'TABLE_INVALID',
      `forecasts, row ${row}: found ${symbol[row]} on ${formatDay(date[row])} after ${symbol[row - 1]} on ` +
        `${formatDay(date[row - 1])}, expected rows ascending by date, then symbol`,
    );
  }
  return forecasts;
}

/** Rows of one day; empty where the day has no forecast. */
export function forecastsOfDay(forecasts: ForecastTable, day: Day): RowRange {
  return { start: lowerBound(forecasts.date, day), end: lowerBound(forecasts.date, day + 1) };
}
