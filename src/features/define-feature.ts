import { CandlenetError } from '../util/index.js';
import type { FeatureFamily } from './feature-family.js';
import { FEATURE_COLUMNS } from './feature-set.js';
import type { TradedSeries } from './traded-bars.js';

/** A column of one's own, computed in code. */
export interface OwnFeature {
  /** Letters, digits and underscores; no built-in column's name. */
  readonly name: string;
  /** In words, for reports. */
  readonly formula: string;
  /** Trading days of history the value at t needs, t included. */
  readonly lookback: number;
  /** Whether it reads traded amounts; where the source has none the column is left out. Default false. */
  readonly needsAmount?: boolean;
  /**
   * One number for each day the stock traded, on back-adjusted prices; the value at i may depend on bars 0 … i alone. What is
   * not finite is missing.
   */
  readonly compute: (series: TradedSeries) => Float64Array;
}

/**
 * A feature computed in code, for `buildPanel`'s `families`, beside `expressionFamilies`.
 * @throws CONFIG_INVALID for a name that is taken or no identifier, or a lookback that is no whole number above 0; when it is
 * computed, TABLE_INVALID for another number of values than bars
 */
export function defineFeature({ name, formula, lookback, needsAmount = false, compute }: OwnFeature): FeatureFamily {
  if (!/^[A-Za-z_]\w*$/.test(name) || FEATURE_COLUMNS.some((column) => column.name === name)) {
    const expected = 'letters, digits and underscores, no built-in column';
    throw new CandlenetError('CONFIG_INVALID', `defineFeature: found the name "${name}", expected ${expected}`);
  }
  if (!Number.isInteger(lookback) || lookback < 1) {
    throw new CandlenetError('CONFIG_INVALID', `${name}: found lookback ${lookback}, expected a whole number above 0`);
  }
  return {
    columns: [{ name, group: 'expression', formula, source: 'own', lookback }],
    needsAmount,
    compute: (series) => {
      const values = compute(series);
      const bars = series.sessions.length;
      if (values instanceof Float64Array && values.length === bars) return [values];
      const found = values instanceof Float64Array ? `${values.length} values` : typeof values;
      throw new CandlenetError('TABLE_INVALID', `${name}: found ${found}, expected a Float64Array of ${bars} values`);
    },
  };
}
