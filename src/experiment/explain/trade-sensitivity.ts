import { runBacktest } from '../../backtest/index.js';
import { evaluateStrategy, type StrategyRecord, strategyRecord } from '../../evaluation/index.js';
import type { TradedPoint } from '../../report/index.js';
import type { ExperimentConfig } from '../config/schema.js';
import type { Forecasts } from '../pipeline/forecast.js';
import { runPolicy } from '../pipeline/policies.js';
import { basisOf } from '../pipeline/risk-free.js';
import { backtestOptions } from '../pipeline/strategies.js';
import type { Studied } from '../pipeline/study.js';
import { breathe, type Services } from '../services.js';

export interface TradedVariant extends TradedPoint {
  readonly record: StrategyRecord;
}

/**
 * Trades the same forecasts at every pair of a flat one-way cost rate and a rebalancing period; nothing is fitted again.
 * Limits, risk controls and the market's rules are those of the run.
 */
export async function tradeSensitivity(
  prepared: Studied,
  config: ExperimentConfig,
  forecasts: Forecasts,
  against: { readonly benchmark: StrategyRecord; readonly universe: StrategyRecord | null },
  services: Services,
): Promise<TradedVariant[]> {
  const asked = config.sensitivity;
  if (asked === null) return [];
  const { costsBps, rebalance: periods } = asked;
  const basis = basisOf(prepared, config);
  const task = services.progress.start('Costs and rebalancing', costsBps.length * periods.length, 'back-tests');
  const points: TradedVariant[] = [];
  for (const rebalance of periods) {
    const changed = { ...config, portfolio: { ...config.portfolio, rebalance } };
    for (const costBps of costsBps) {
      await breathe(services.signal);
      const policy = runPolicy(prepared, changed, forecasts);
      const result = runBacktest({
        ...backtestOptions(prepared, changed, policy),
        costs: { model: 'flat', flatRate: costBps / 10_000 },
      });
      const record = strategyRecord(result, () => '');
      const { performance, relative, versusUniverse, trading } = evaluateStrategy(record, { basis, ...against });
      points.push({
        record,
        costBps,
        rebalance,
        annualisedReturn: performance.annualisedReturn,
        excessOverUniverse: versusUniverse?.excessReturn ?? null,
        excessOverBenchmark: relative?.excessReturn ?? null,
        sharpe: performance.sharpe,
        maxDrawdown: performance.maxDrawdown,
        annualTurnover: trading?.annualTurnover ?? Number.NaN,
      });
      task.update(points.length);
    }
  }
  task.end();
  return points;
}
