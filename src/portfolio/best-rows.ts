import { type ForecastTable, type PolicyContext, scoreOf } from '../backtest/index.js';
import { forecastsOfDay } from './forecasts-of-day.js';

/**
 * Rows of the k names with the highest score (P(buy) − P(sell), or the number forecast) of the day, best first; null where the day has no forecast at
 * all. A name that does not trade on the day counts only if it is held already; ties go to the symbol that sorts first.
 */
export function bestRows(forecasts: ForecastTable, context: PolicyContext, k: number): number[] | null {
  const { start, end } = forecastsOfDay(forecasts, context.date);
  if (start === end) return null;
  const held = new Set(context.holdings.map((holding) => holding.symbol));
  const rows: number[] = [];
  for (let row = start; row < end; row++) {
    const symbol = forecasts.symbol[row];
    if (!Number.isNaN(scoreOf(forecasts, row)) && (context.tradable(symbol) || held.has(symbol))) rows.push(row);
  }
  // Rows of a day ascend by symbol, so their order breaks ties.
  rows.sort((a, b) => scoreOf(forecasts, b) - scoreOf(forecasts, a) || a - b);
  return rows.slice(0, k);
}
