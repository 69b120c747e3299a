import type { JudgedForecasts } from './types.js';

/** The rows of a table of forecasts that are kept. */
export function selectRows(forecasts: JudgedForecasts, keep: (row: number) => boolean): JudgedForecasts {
  const kept = Uint8Array.from({ length: forecasts.length }, (_, row) => (keep(row) ? 1 : 0));
  const chosen = (_: number, i: number) => kept[i] === 1;
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
