import { partAccuracy } from './part-accuracy.js';
import { totalReturn } from './performance.js';
import { regimeAfter } from './regimes.js';
import { selectRows } from './select-rows.js';
import { signal } from './signal.js';
import { type JudgedForecasts, REGIMES, type RegimeMeasures, type RegimeSeries, type StrategyRecord } from './types.js';

/**
 * The model and the strategy in each state of the market. A forecast belongs to the state known at its own close, a
 * session's return to the state known at the close before it, so that no return helps to choose its own group.
 */
export function measuresByRegime(
  forecasts: JudgedForecasts,
  horizonDays: number,
  strategy: StrategyRecord,
  benchmark: StrategyRecord,
  regimes: RegimeSeries,
): RegimeMeasures[] {
  return REGIMES.map((regime) => {
    const rows = selectRows(forecasts, (row) => regimeAfter(regimes, forecasts.date[row]) === regime);
    const inRegime = (_: number, i: number) => regimeAfter(regimes, strategy.dates[i] - 1) === regime;
    const { accuracy, majorityRate, samples } = partAccuracy(rows);
    const returns = strategy.returns.filter(inRegime);
    return {
      regime,
      sessions: returns.length,
      samples,
      accuracy,
      majorityRate,
      rankIc: signal(rows, horizonDays).rankIc,
      strategyReturn: totalReturn(returns),
      benchmarkReturn: totalReturn(benchmark.returns.filter(inRegime)),
    };
  });
}
