import type { TradedSeries } from './traded-bars.js';
import type { FeatureColumn } from './types.js';

/**
 * Columns computed together. `compute` sees the trading days of one instrument and gives one array per column, as long as
 * the series; a value may depend on its own and earlier bars only. What is not finite counts as missing.
 */
export interface FeatureFamily {
  readonly columns: readonly FeatureColumn[];
  /** Whether the columns exist only where the source has traded amounts. */
  readonly needsAmount: boolean;
  compute(series: TradedSeries): readonly Float64Array[];
}

/** A family of one column. */
export function singleColumn(
  column: FeatureColumn,
  compute: (series: TradedSeries) => Float64Array,
  needsAmount = false,
): FeatureFamily {
  return { columns: [column], needsAmount, compute: (series) => [compute(series)] };
}
