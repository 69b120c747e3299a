import { neweyWestLags, standardDeviation, testMean } from '../stats/index.js';
import type { DailyStatistic } from './types.js';

/**
 * Tests the mean of a daily measure of forecasts against 0. Labels over h sessions overlap, so neighbouring days agree
 * by construction: the lag is at least 2h, since Bartlett weights at h − 1 would still leave a third of that
 * dependence out. Undefined days are left out.
 */
export function dailyStatistic(values: Float64Array, horizonDays: number): DailyStatistic {
  const defined = values.filter((value) => !Number.isNaN(value));
  const lags = Math.max(neweyWestLags(defined.length), 2 * horizonDays);
  const { mean, t, p } = testMean(defined, lags);
  return { days: defined.length, mean, sd: standardDeviation(defined), t, lags, p };
}
