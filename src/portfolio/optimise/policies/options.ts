import type { ForecastTable } from '../../../backtest/index.js';
import type { CovarianceEstimator } from '../../../stats/index.js';
import { CandlenetError } from '../../../util/index.js';
import { checkForecasts } from '../../forecasts-of-day.js';
import { fraction, wholePositive } from '../../parameters.js';
import type { PriceHistory } from '../../price-history.js';
import type { Rebalance } from '../../rebalance.js';

/** What every policy that optimises takes. */
export interface OptimisedOptions {
  readonly name?: string;
  readonly forecasts: ForecastTable;
  readonly history: PriceHistory;
  /** Names with the highest P(buy) − P(sell) among which weights are optimised. Default 50. */
  readonly k?: number;
  /** Default `weekly`. */
  readonly rebalance?: Rebalance;
  /** Share of equity to be invested. Default 1. */
  readonly exposure?: number;
  /** Sessions of daily returns behind the covariance. Default 252. */
  readonly lookback?: number;
  /** Default `ledoit-wolf`. */
  readonly estimator?: CovarianceEstimator;
  /** Of one name. Default 1: no limit. */
  readonly maxWeight?: number;
  readonly industryOf?: (symbol: string) => string;
  /** Of one industry, as `industryOf` tells. Default: no limit. */
  readonly maxIndustry?: number;
  /** One-way, of a rebalancing after the first. Default: no limit. */
  readonly maxTurnover?: number;
}

export interface CheckedOptions {
  readonly forecasts: ForecastTable;
  readonly history: PriceHistory;
  readonly k: number;
  readonly rebalance: Rebalance;
  readonly exposure: number;
  readonly lookback: number;
  readonly estimator: CovarianceEstimator;
  readonly maxWeight: number;
  readonly industryOf: ((symbol: string) => string) | null;
  readonly maxIndustry: number | null;
  readonly maxTurnover: number | null;
}

/** @throws CONFIG_INVALID, TABLE_INVALID */
export function checkOptimised(options: OptimisedOptions): CheckedOptions {
  const lookback = wholePositive(options.lookback ?? 252, 'lookback');
  if (lookback < 2) throw configInvalid('lookback', lookback, 'at least 2 sessions');
  if (options.maxIndustry !== undefined && !options.industryOf) {
    throw configInvalid('maxIndustry', options.maxIndustry, 'no limit where industries are unknown');
  }
  return {
    forecasts: checkForecasts(options.forecasts),
    history: options.history,
    k: wholePositive(options.k ?? 50, 'k'),
    rebalance: options.rebalance ?? 'weekly',
    exposure: fraction(options.exposure ?? 1, 'exposure'),
    lookback,
    estimator: options.estimator ?? 'ledoit-wolf',
    maxWeight: fraction(options.maxWeight ?? 1, 'maxWeight'),
    industryOf: options.industryOf ?? null,
    maxIndustry: options.maxIndustry === undefined ? null : fraction(options.maxIndustry, 'maxIndustry'),
    maxTurnover: options.maxTurnover === undefined ? null : fraction(options.maxTurnover, 'maxTurnover'),
  };
}

/** @throws CONFIG_INVALID unless the value is a number > 0 */
export function positive(value: number, key: string): number {
  if (Number.isFinite(value) && value > 0) return value;
  throw configInvalid(key, value, 'a number > 0');
}

function configInvalid(key: string, found: unknown, expected: string): CandlenetError {
  return new CandlenetError('CONFIG_INVALID', `portfolio.${key}: found ${String(found)}, expected ${expected}`);
}
