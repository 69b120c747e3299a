import { CandlenetError, type Day, indexAsOf } from '../util/index.js';
import { wholePositive } from './parameters.js';
import type { RankingSignal } from './ranked.js';

export const VALUE_RATIOS = ['pb', 'pe_ttm', 'ps_ttm', 'pcf_ttm'] as const;
export type ValueRatio = (typeof VALUE_RATIOS)[number];

/** Ratios of a day's close to what was known of the company then; in any order. */
export interface RatioTable {
  readonly length: number;
  readonly columns: Readonly<{ symbol: readonly string[]; date: Int32Array } & Record<ValueRatio, Float64Array>>;
}

export interface ValueOptions {
  /** Price over which fundamental; book value by default. */
  readonly ratio?: ValueRatio;
  /** Calendar days for which a ratio stands when no newer one has come. Default 30. */
  readonly staleDays?: number;
}

/**
 * Value: the highest fundamental per price comes first, by default book value (Fama & French 1992). The reciprocal of the
 * ratio, so that a loss ranks below every profit. NaN without a ratio of the last days.
 * @param dates of the sessions
 * @throws CONFIG_INVALID
 */
export function value(table: RatioTable, dates: ArrayLike<Day>, options: ValueOptions = {}): RankingSignal {
  const ratio = options.ratio ?? 'pb';
  if (!VALUE_RATIOS.includes(ratio)) {
    throw new CandlenetError(
      'CONFIG_INVALID',
      `portfolio.strategies.value.ratio: found "${ratio}", expected one of ${VALUE_RATIOS.join(', ')}`,
    );
  }
  const staleDays = wholePositive(options.staleDays ?? 30, 'strategies.value.staleDays');
  const known = datedRatios(table, ratio);
  return (symbol, session) => {
    const series = known.get(symbol);
    if (!series) return Number.NaN;
    const row = indexAsOf(series.dates, dates[session]);
    return row >= 0 && dates[session] - series.dates[row] <= staleDays ? 1 / series.values[row] : Number.NaN;
  };
}

interface DatedRatios {
  readonly dates: Day[];
  readonly values: number[];
}

/** The ratios of each symbol that are numbers other than 0, by date. */
function datedRatios({ length, columns }: RatioTable, ratio: ValueRatio): Map<string, DatedRatios> {
  const { symbol, date } = columns;
  const rows = new Map<string, number[]>();
  for (let row = 0; row < length; row++) {
    const value = columns[ratio][row];
    if (!Number.isFinite(value) || value === 0) continue;
    const own = rows.get(symbol[row]);
    if (own) own.push(row);
    else rows.set(symbol[row], [row]);
  }
  return new Map(
    Array.from(rows, ([key, own]) => {
      own.sort((a, b) => date[a] - date[b]);
      return [key, { dates: own.map((row) => date[row]), values: own.map((row) => columns[ratio][row]) }];
    }),
  );
}
