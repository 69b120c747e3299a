import type { Policy } from '../backtest/index.js';
import { type WeightedBestOptions, weightedBest } from './weighted-best.js';

export type ProbabilityWeightedOptions = WeightedBestOptions;

/**
 * Holds the k names with the highest P(buy) − P(sell) with weights in proportion to P(buy), so that the surer the
 * forecast, the larger the position; the sum is the exposure however few the names.
 * @throws CONFIG_INVALID, TABLE_INVALID
 */
export const probabilityWeighted = (options: ProbabilityWeightedOptions): Policy =>
  weightedBest(options, { by: 'probability', sizeOf: (forecasts, row) => forecasts.pBuy[row] });
