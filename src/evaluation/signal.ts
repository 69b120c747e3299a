import { scoreOf } from '../backtest/index.js';
import { pearson, spearman } from '../stats/index.js';
import { dailyStatistic } from './daily-statistic.js';
import { type DayRows, dailySeries } from './days.js';
import type { JudgedForecasts, SignalMeasures } from './types.js';

/** Fewer stocks than this say nothing about a day's ranking. */
const MINIMUM_STOCKS = 3;

/**
 * Information coefficients: does a higher P(buy) − P(sell), or a higher number forecast, go with a higher return over the label's horizon, among the
 * stocks of one day? A model that gives all stocks one score has no IC: NaN.
 * @param horizonDays of the label, for the errors of overlapping returns
 */
export function signal(forecasts: JudgedForecasts, horizonDays: number): SignalMeasures {
  const byDay = (correlate: (score: Float64Array, outcome: Float64Array) => number) =>
    dailySeries(forecasts, (rows) => {
      const { scores, outcomes } = scoresAndOutcomes(forecasts, rows);
      return scores.length < MINIMUM_STOCKS ? Number.NaN : correlate(scores, outcomes);
    });
  const dailyIc = byDay(pearson);
  const dailyRankIc = byDay(spearman);
  const ic = dailyStatistic(dailyIc.values, horizonDays);
  const rankIc = dailyStatistic(dailyRankIc.values, horizonDays);
  const stability = ({ mean, sd }: { mean: number; sd: number }) => (sd > 0 ? mean / sd : Number.NaN);
  return { ic, rankIc, icir: stability(ic), rankIcir: stability(rankIc), dailyIc, dailyRankIc };
}

function scoresAndOutcomes(forecasts: JudgedForecasts, { start, end }: DayRows) {
  const scores: number[] = [];
  const outcomes: number[] = [];
  for (let i = start; i < end; i++) {
    const score = scoreOf(forecasts, i);
    const outcome = forecasts.forwardReturn[i];
    if (Number.isNaN(score) || Number.isNaN(outcome)) continue;
    scores.push(score);
    outcomes.push(outcome);
  }
  return { scores: Float64Array.from(scores), outcomes: Float64Array.from(outcomes) };
}
