import { type ForecastTable, scoreOf } from '../../backtest/index.js';
import type { JudgedForecasts } from '../../evaluation/index.js';
import { CLASS_NAMES, type ClassName } from '../../features/index.js';
import type { Table, TableSchema } from '../../tables/index.js';
import type { Day } from '../../util/index.js';
import type { Prepared } from './prepare.js';
import type { TargetScale } from './target-scale.js';

/**
 * `predictions.parquet`: one row a forecast. With labels of two classes there is no P(hold), and it is null. The label is
 * 0 buy, 1 hold, 2 sell whatever the number of classes, −1 where none is known. The score is P(buy) − P(sell), or where the
 * label is a number the forecast of it, and then there are no probabilities and no class.
 */
export const PREDICTIONS_SCHEMA = {
  symbol: 'string',
  date: 'day',
  p_buy: 'float32',
  p_hold: 'float32',
  p_sell: 'float32',
  label: 'int32',
  score: 'float32',
} as const satisfies TableSchema;

/** One model's forecasts over the test period: what the policy trades, and beside it what came true. */
export interface Forecasts extends ForecastTable, JudgedForecasts {
  readonly length: number;
  readonly date: Int32Array;
  readonly pBuy: Float32Array;
  readonly pHold: Float32Array;
  readonly pSell: Float32Array;
}

/** What a model's outputs are of. */
export interface OutputMeaning {
  /** None where the output is a number. */
  readonly classNames: readonly string[];
  readonly target: TargetScale | null;
}

/**
 * Columns P(buy), P(hold) and P(sell) from a model's outputs [rows × classes]; a class it does not know is NaN. Of a number
 * there are no probabilities, and the score is it, in the units of the label.
 */
export function forecastColumns(
  outputs: Float32Array,
  rows: number,
  { classNames, target }: OutputMeaning,
): Pick<ForecastTable, 'pBuy' | 'pHold' | 'pSell' | 'score'> {
  const column = (name: ClassName) => {
    const k = classNames.indexOf(name);
    return Float32Array.from({ length: rows }, (_, i) => (k < 0 ? Number.NaN : outputs[i * classNames.length + k]));
  };
  const probabilities = { pBuy: column('buy'), pHold: column('hold'), pSell: column('sell') };
  if (target === null) return probabilities;
  return { ...probabilities, score: outputs.map((output) => target.mean + target.std * output) };
}

export const meaningOf = ({ labels, target }: Pick<Prepared, 'labels' | 'target'>): OutputMeaning => ({
  classNames: labels.classNames,
  target,
});

/** Rows of a panel with a model's outputs [rows × classes] for them, as a dated table. */
export function forecastTable(prepared: Prepared, rows: Int32Array, outputs: Float32Array): Forecasts {
  const { symbols, dates } = prepared.panel;
  const days = dates.length;
  return {
    length: rows.length,
    date: Int32Array.from(rows, (row) => dates[row % days]),
    symbol: Array.from(rows, (row) => symbols[Math.floor(row / days)]),
    ...forecastColumns(outputs, rows.length, meaningOf(prepared)),
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
      score: Float32Array.from({ length: forecasts.length }, (_, row) => scoreOf(forecasts, row)),
    },
  };
}

/** The rows of a forecast table that lie in a period of days. */
export interface ForecastPart {
  readonly table: Forecasts;
  readonly from: Day;
  readonly to: Day;
}

/** Parts of several tables as one, in their order. */
export function joinForecasts(parts: readonly ForecastPart[]): Forecasts {
  const rows = parts.map(({ table, from, to }) =>
    Array.from(table.date.keys()).filter((row) => table.date[row] >= from && table.date[row] <= to),
  );
  const length = rows.reduce((sum, { length }) => sum + length, 0);
  const floats = (of: (table: Forecasts) => Float32Array) => {
    const joined = new Float32Array(length);
    let at = 0;
    parts.forEach(({ table }, p) => {
      for (const row of rows[p]) joined[at++] = of(table)[row];
    });
    return joined;
  };
  return {
    length,
    date: Int32Array.from(parts.flatMap(({ table }, p) => rows[p].map((row) => table.date[row]))),
    symbol: parts.flatMap(({ table }, p) => rows[p].map((row) => table.symbol[row])),
    pBuy: floats(({ pBuy }) => pBuy),
    pHold: floats(({ pHold }) => pHold),
    pSell: floats(({ pSell }) => pSell),
    label: Uint8Array.from(parts.flatMap(({ table }, p) => rows[p].map((row) => table.label[row]))),
    forwardReturn: floats(({ forwardReturn }) => forwardReturn),
    ...(parts.some(({ table }) => table.score) && {
      score: floats(({ score, length: all }) => score ?? new Float32Array(all).fill(Number.NaN)),
    }),
  };
}
