import { mean, ranks } from '../stats/index.js';
import { forecastClass, judgedRows } from './classification.js';
import { dailyStatistic } from './daily-statistic.js';
import { type DayRows, dailySeries } from './days.js';
import type { DirectionSkill, JudgedForecasts } from './types.js';

const BUY = 0;
const HOLD = 1;
const SELL = 2;

/** Buy-versus-sell skill; see `DirectionSkill`. @param horizonDays of the label, for the errors of overlapping days */
export function direction(forecasts: JudgedForecasts, horizonDays: number): DirectionSkill {
  const daily = dailySeries(forecasts, (rows) => areaUnderCurve(forecasts, rows) - 0.5);
  const edge = dailyStatistic(daily.values, horizonDays);
  const calls: number[] = [];
  for (const i of judgedRows(forecasts)) {
    const call = forecastClass(forecasts.pBuy[i], forecasts.pHold[i], forecasts.pSell[i]);
    if (call !== HOLD && forecasts.label[i] !== HOLD) calls.push(call === forecasts.label[i] ? 1 : 0);
  }
  return { edge, auc: edge.mean + 0.5, hitRate: mean(calls), calls: calls.length };
}

/** From the rank sum of the buys (Mann & Whitney 1947); NaN on a day without both a buy and a sell. */
function areaUnderCurve(forecasts: JudgedForecasts, { start, end }: DayRows): number {
  const scores: number[] = [];
  const bought: boolean[] = [];
  for (let i = start; i < end; i++) {
    const score = forecasts.pBuy[i] - forecasts.pSell[i];
    const label = forecasts.label[i];
    if (Number.isNaN(score) || (label !== BUY && label !== SELL)) continue;
    scores.push(score);
    bought.push(label === BUY);
  }
  const buys = bought.filter(Boolean).length;
  const sells = bought.length - buys;
  if (buys === 0 || sells === 0) return Number.NaN;
  const rankSum = ranks(scores).reduce((sum, rank, i) => (bought[i] ? sum + rank : sum), 0);
  return (rankSum - (buys * (buys + 1)) / 2) / (buys * sells);
}
