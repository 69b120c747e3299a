import { DEFAULT_REGIMES, marketRegimes } from '../../evaluation/index.js';
import type { BenchmarkSeries } from '../../market/index.js';
import {
  correlationMonitor,
  drawdownBrake,
  marketStateSizing,
  type PriceHistory,
  type RiskControl,
  stopLoss,
  volatilityTarget,
} from '../../portfolio/index.js';
import type { ExperimentConfig } from '../config/schema.js';

/** The controls that the configuration switches on, in the order in which the report shows them. */
export function riskControls(
  { risk, backtest }: ExperimentConfig,
  history: PriceHistory,
  benchmark: BenchmarkSeries,
): RiskControl[] {
  const controls: RiskControl[] = [];
  if (risk.stopLoss) controls.push(stopLoss(history, risk.stopLoss));
  if (risk.marketState) {
    const { lookbackDays, bullAbove, bearBelow, ...exposures } = risk.marketState;
    const rule = { ...DEFAULT_REGIMES, lookback: lookbackDays, bullAbove, bearBelow };
    controls.push(marketStateSizing(marketRegimes(benchmark.dates, benchmark.close, rule), exposures));
  }
  if (risk.correlation) controls.push(correlationMonitor(history, risk.correlation));
  if (risk.drawdown) {
    const { release, ...brake } = risk.drawdown;
    controls.push(drawdownBrake({ ...brake, ...(release !== null && { release }) }));
  }
  if (risk.volatilityTarget) {
    const { sessionsPerYear } = backtest;
    controls.push(volatilityTarget(history, { ...risk.volatilityTarget, sessionsPerYear }));
  }
  return controls;
}
