import { type BacktestOptions, type BacktestResult, PreparedMarket, runBacktest } from '../../backtest/index.js';
import {
  breakEvenCost,
  CAPITAL_GRID,
  COST_GRID_BPS,
  capacity,
  type StrategyRecord,
  strategyRecord,
} from '../../evaluation/index.js';
import type { LimitsReport } from '../../report/index.js';
import type { AnnualBasis } from '../../stats/index.js';
import { breathe, type Services } from '../services.js';

/** Of the square-root law in the capacity curve, where the back-test itself charges no impact. */
export const CAPACITY_IMPACT = 0.7;

export interface LimitsOptions {
  /** The back-test in question; costs and capital are varied from it. */
  readonly backtest: Omit<BacktestOptions, 'progress'>;
  readonly benchmark: StrategyRecord;
  readonly universe: StrategyRecord | null;
  readonly basis: AnnualBasis;
}

/** Break-even cost and capacity of a back-test, by running it again over cost rates and capitals. */
export async function measureLimits(options: LimitsOptions, services: Services): Promise<LimitsReport> {
  const { backtest: asked, ...against } = options;
  const backtest = { ...asked, prepared: asked.prepared ?? new PreparedMarket(asked.bars, asked.actions ?? null) };
  const runs = COST_GRID_BPS.length + CAPITAL_GRID.length;
  const task = services.progress.start('Break-even cost and capacity', runs, 'back-tests');
  let done = 0;
  const trade = async (changed: Partial<BacktestOptions>) => {
    await breathe(services.signal);
    const result = runBacktest({ ...backtest, ...changed });
    task.update(Math.min(++done, runs));
    return { record: strategyRecord(result, () => ''), investedShare: investedShare(result) };
  };
  const breakEven = await breakEvenCost({
    ...against,
    run: async (costBps) => (await trade({ costs: { model: 'flat', flatRate: costBps / 10_000 } })).record,
  });
  const { costs } = backtest;
  const impactCoefficient = costs.model === 'flat' ? 0 : costs.impactCoefficient || CAPACITY_IMPACT;
  const measured = await capacity({
    ...against,
    run: (initialCapital) => trade({ initialCapital, costs: { ...costs, impactCoefficient } }),
  });
  task.end();
  return { breakEven, capacity: measured, impactCoefficient };
}

/** Mean over the closes of the period. */
function investedShare({ equity: { columns, length } }: BacktestResult): number {
  let sum = 0;
  for (let i = 1; i < length; i++) sum += columns.positions_value[i] / columns.equity[i];
  return length > 1 ? sum / (length - 1) : Number.NaN;
}
