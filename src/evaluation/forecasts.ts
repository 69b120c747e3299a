import { classification } from './classification.js';
import { direction } from './direction.js';
import { signal } from './signal.js';
import type { ForecastMeasures, JudgedForecasts } from './types.js';

/** Everything said about one model's forecasts. @param horizonDays of the label they were judged by */
export function evaluateForecasts(forecasts: JudgedForecasts, horizonDays: number): ForecastMeasures {
  return {
    classification: forecasts.score ? null : classification(forecasts),
    signal: signal(forecasts, horizonDays),
    direction: direction(forecasts, horizonDays),
  };
}
