import type { BacktestOptions } from '../../backtest/index.js';
import { type MarketStore, rulebookByName } from '../../market/index.js';
import type { ExperimentConfig } from '../config/schema.js';

/** How a configuration trades: rules, costs, and what limits an order. */
export function executionOf(
  { backtest }: ExperimentConfig,
  store: MarketStore,
): Pick<BacktestOptions, 'rulebook' | 'costs' | 'maxVolumeShare' | 'delistingRecovery'> {
  const { rulebook, commissionBps, minCommission, halfSpreadBps, maxVolumeShare, delistingRecovery } = backtest;
  return {
    rulebook: rulebookByName(rulebook === 'store' ? store.manifest.rulebook : rulebook),
    costs: { model: 'full', commissionBps, minCommission, halfSpreadBps },
    maxVolumeShare,
    delistingRecovery,
  };
}
