import type { ForecastTable } from './types.js';

/** What a forecast ranks by: the number a regression forecasts, or P(buy) − P(sell); NaN where it is missing. */
export function scoreOf({ score, pBuy, pSell }: Pick<ForecastTable, 'score' | 'pBuy' | 'pSell'>, row: number): number {
  return score ? score[row] : pBuy[row] - pSell[row];
}
