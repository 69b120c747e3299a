import type { LimitsReport } from '../../report/index.js';
import { invariant } from '../../util/index.js';
import type { ExperimentConfig } from '../config/schema.js';
import type { Services } from '../services.js';
import { measureLimits } from './measure-limits.js';
import type { FittedModel } from './models.js';
import { runPolicy } from './policies.js';
import { basisOf } from './risk-free.js';
import { backtestOptions, type TradedStrategy } from './strategies.js';
import type { Studied } from './study.js';

/** Break-even cost and capacity of the strategy in question; null where the configuration leaves them out. */
export async function strategyLimits(
  prepared: Studied,
  config: ExperimentConfig,
  subject: FittedModel,
  strategies: readonly TradedStrategy[],
  services: Services,
): Promise<LimitsReport | null> {
  const { limits } = config.backtest;
  if (!limits) return null;
  const record = (role: string) => strategies.find((strategy) => strategy.role === role)?.record ?? null;
  const benchmark = record('benchmark');
  invariant(benchmark !== null, 'a run has a benchmark');
  const policy = runPolicy(prepared, config, subject.forecasts);
  return measureLimits(
    {
      backtest: backtestOptions(prepared, config, policy),
      benchmark,
      universe: record('universe'),
      basis: basisOf(prepared, config),
    },
    services,
  );
}
