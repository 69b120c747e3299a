import type { BacktestOptions } from '../../backtest/index.js';
import { type CorporateAction, type MarketStore, rulebookByName } from '../../market/index.js';
import type { ExperimentConfig } from '../config/schema.js';

/** How orders are carried out: the market's rules, what they cost, and what limits them. */
export type Execution = Pick<
  BacktestOptions,
  'rulebook' | 'costs' | 'maxVolumeShare' | 'remainder' | 'fillPrice' | 'actions' | 'delistingRecovery' | 'dividendTax'
>;

/** How a configuration trades on a store. @param actions null where the store states none */
export function executionOf(
  { backtest }: ExperimentConfig,
  store: MarketStore,
  actions: readonly CorporateAction[] | null,
): Execution {
  const { rulebook, commissionBps, minCommission, halfSpreadBps, impactCoefficient, ...rest } = backtest;
  return {
    rulebook: rulebookByName(rulebook === 'store' ? store.manifest.rulebook : rulebook),
    costs: {
      model: 'full',
      ...(commissionBps === null ? {} : { commissionBps }),
      ...(minCommission === null ? {} : { minCommission }),
      halfSpreadBps,
      impactCoefficient,
    },
    maxVolumeShare: rest.maxVolumeShare,
    remainder: rest.remainder,
    fillPrice: rest.fillPrice,
    delistingRecovery: rest.delistingRecovery,
    dividendTax: rest.dividendTax,
    ...(actions === null ? {} : { actions }),
  };
}

/** The broker's commission in words; null is the rulebook's. */
export function describeCommission(bps: number | null, least: number | null): string {
  const rate = bps === null ? 'commission by the rulebook, 2.5 bp where it is for negotiation' : `commission ${bps} bp`;
  return `${rate} (at least ${least ?? 'the rulebook’s'})`;
}
