import { type TearSheet, tearSheet } from '../../evaluation/index.js';
import type { ExperimentConfig } from '../config/schema.js';
import type { FittedModel } from './models.js';
import type { Studied } from './study.js';

/** A model's score as a factor: IC, its decay, quantiles and turnover over the test period. */
export type ScoreSheet = TearSheet & { readonly id: string };

/** Stocks a day from which groups are tenths; of fewer, fifths. */
const STOCKS_FOR_DECILES = 50;

/** The tear sheet of P(buy) − P(sell) of every model whose forecasts differ between stocks. */
export function scoreSheets(
  { bars, period }: Pick<Studied, 'bars' | 'period'>,
  { label }: ExperimentConfig,
  models: readonly FittedModel[],
): ScoreSheet[] {
  const rowOf = new Map(bars.symbols.map((symbol, stock) => [symbol, stock]));
  const sessionOf = new Map(Array.from(bars.dates, (date, session) => [date, session]));
  return models
    .filter(({ ranks }) => ranks)
    .map(({ id, forecasts }) => {
      const scores = new Float32Array(bars.symbols.length * bars.dates.length).fill(Number.NaN);
      for (let row = 0; row < forecasts.length; row++) {
        const stock = rowOf.get(forecasts.symbol[row]);
        const session = sessionOf.get(forecasts.date[row]);
        if (stock === undefined || session === undefined) continue;
        scores[stock * bars.dates.length + session] = forecasts.pBuy[row] - forecasts.pSell[row];
      }
      const stocks = forecasts.length / new Set(forecasts.date.subarray(0, forecasts.length)).size;
      const quantiles = stocks >= STOCKS_FOR_DECILES ? 10 : 5;
      return { id, ...tearSheet(bars, scores, { ...period, horizonDays: label.horizonDays, quantiles }) };
    });
}
