import { scoreOf } from '../backtest/index.js';
import { classification } from './classification.js';
import { totalReturn } from './performance.js';
import { regimeAfter } from './regimes.js';
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
    const rows = selectRows(forecasts, (day) => regimeAfter(regimes, day) === regime);
    const inRegime = (_: number, i: number) => regimeAfter(regimes, strategy.dates[i] - 1) === regime;
    const { accuracy, majorityRate, samples } = rows.score ? judgedNumbers(rows) : classification(rows);
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

/** Rows of a number that have both a forecast and an outcome; of accuracy there is none. */
function judgedNumbers(rows: JudgedForecasts) {
  const samples = rows.forwardReturn.filter((outcome, i) => !Number.isNaN(outcome + scoreOf(rows, i))).length;
  return { samples, accuracy: Number.NaN, majorityRate: Number.NaN };
}

function selectRows(forecasts: JudgedForecasts, keep: (day: number) => boolean): JudgedForecasts {
  const chosen = (_: number, i: number) => kept[i] === 1;
  const kept = Uint8Array.from({ length: forecasts.length }, (_, i) => (keep(forecasts.date[i]) ? 1 : 0));
  const date = forecasts.date.subarray(0, forecasts.length).filter(chosen);
  return {
    length: date.length,
    date,
    pBuy: forecasts.pBuy.filter(chosen),
    pHold: forecasts.pHold.filter(chosen),
    pSell: forecasts.pSell.filter(chosen),
    label: forecasts.label.filter(chosen),
    forwardReturn: forecasts.forwardReturn.filter(chosen),
    ...(forecasts.score && { score: forecasts.score.filter(chosen) }),
  };
}
