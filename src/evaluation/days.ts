import type { DatedSeries } from './types.js';

/** Rows [start, end) of one date in a table whose rows ascend by date. */
export interface DayRows {
  readonly date: number;
  readonly start: number;
  readonly end: number;
}

export function* dayRows(dates: Int32Array, length: number): Generator<DayRows> {
  for (let start = 0; start < length; ) {
    let end = start + 1;
    while (end < length && dates[end] === dates[start]) end++;
    yield { date: dates[start], start, end };
    start = end;
  }
}

/** One number per day of the table; days for which `measure` has none are NaN. */
export function dailySeries(
  table: { readonly date: Int32Array; readonly length: number },
  measure: (rows: DayRows) => number,
): DatedSeries {
  const days = [...dayRows(table.date, table.length)];
  return { dates: Int32Array.from(days, (day) => day.date), values: Float64Array.from(days, measure) };
}
