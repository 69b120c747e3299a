import type { ForecastTable } from '../../backtest/index.js';
import type { JudgedForecasts } from '../../evaluation/index.js';
import { CLASS_NAMES } from '../../features/index.js';
import type { Table, TableSchema } from '../../tables/index.js';
import type { Prepared } from './prepare.js';

/** `predictions.parquet`: one row a forecast; the label is −1 where none is known. */
export const PREDICTIONS_SCHEMA = {
  symbol: 'string',
  date: 'day',
  p_buy: 'float32',
  p_hold: 'float32',
  p_sell: 'float32',
  label: 'int32',
} as const satisfies TableSchema;

/** One model's forecasts over the test period: what the policy trades, and beside it what came true. */
export interface Forecasts extends ForecastTable, JudgedForecasts {
  readonly length: number;
  readonly date: Int32Array;
  readonly pBuy: Float32Array;
  readonly pHold: Float32Array;
  readonly pSell: Float32Array;
}

/** Rows of a panel with their class probabilities [rows × 3], as a dated table. */
export function forecastTable(prepared: Prepared, rows: Int32Array, probabilities: Float32Array): Forecasts {
  const { symbols, dates } = prepared.panel;
  const days = dates.length;
  const width = CLASS_NAMES.length;
  const column = (k: number) => Float32Array.from(rows, (_, i) => probabilities[i * width + k]);
  return {
    length: rows.length,
    date: Int32Array.from(rows, (row) => dates[row % days]),
    symbol: Array.from(rows, (row) => symbols[Math.floor(row / days)]),
    pBuy: column(0),
    pHold: column(1),
    pSell: column(2),
    label: Uint8Array.from(rows, (row) => prepared.labels.classes[row]),
    forwardReturn: Float32Array.from(rows, (row) => prepared.labels.forwardReturn[row]),
  };
}

export function predictionsTable(forecasts: Forecasts): Table<typeof PREDICTIONS_SCHEMA> {
  return {
    length: forecasts.length,
    columns: {
      symbol: [...forecasts.symbol],
      date: forecasts.date,
      p_buy: forecasts.pBuy,
      p_hold: forecasts.pHold,
      p_sell: forecasts.pSell,
      label: Int32Array.from(forecasts.label, (label) => (label < CLASS_NAMES.length ? label : -1)),
    },
  };
}
