import { CandlenetError, formatDay } from '../../../util/index.js';
import type { KnownIndex } from '../../known-indices.js';
import type { BenchmarkSeries } from '../../types.js';
import { recoverRawPrices } from './raw-prices.js';
import { readQlibFeatures } from './read-features.js';

/** Index levels are quoted to 0.001. */
const TICKS_PER_UNIT = 1000;

/** The series of an index over the sessions `span` of the calendar that it has. @throws DATE_OUT_OF_STORE */
export function readBenchmark(
  dir: string,
  { index, symbol, name }: KnownIndex,
  calendar: Int32Array,
  span: { readonly start: number; readonly end: number },
): BenchmarkSeries {
  const { start, length, columns } = readQlibFeatures(dir, symbol, calendar.length);
  const first = Math.max(start, span.start);
  const last = Math.min(start + length, span.end);
  if (first >= last) {
    throw new CandlenetError(
      'DATE_OUT_OF_STORE',
      `${dir}: the benchmark ${symbol} has no bar in ${formatDay(calendar[span.start])} … ${formatDay(calendar[span.end - 1])}`,
    );
  }
  const cropped = (values: Float32Array) => values.subarray(first - start, last - start);
  const level = (values: Float32Array) => {
    const raw = new Float64Array(last - first);
    recoverRawPrices(cropped(values), cropped(columns.factor), TICKS_PER_UNIT, raw);
    return raw;
  };
  return {
    index,
    name,
    kind: 'price',
    dates: calendar.slice(first, last),
    open: level(columns.open),
    high: level(columns.high),
    low: level(columns.low),
    close: level(columns.close),
    volume: Float64Array.from(cropped(columns.volume)),
  };
}
