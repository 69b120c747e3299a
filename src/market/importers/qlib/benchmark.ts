import { CandlenetError, formatDay } from '../../../util/index.js';
import type { KnownIndex } from '../../known-indices.js';
import type { BenchmarkSeries } from '../../types.js';
import { recoverRawPrices } from './raw-prices.js';
import { binValue, qlibColumnPath, readQlibFeatures } from './read-features.js';

/** Index levels are quoted to 0.001. */
const TICKS_PER_UNIT = 1000;
/** Two float32 roundings apart. */
const FLOAT32_SLACK = 2 ** -22;

/**
 * The series of an index over the sessions `span` of the calendar that it has.
 * @throws DATE_OUT_OF_STORE; QLIB_BIN_VALUE for a level that cannot be; what `readQlibFeatures` throws
 */
export function readBenchmark(
  dir: string,
  { index, symbol, name }: KnownIndex,
  calendar: Int32Array,
  span: { readonly start: number; readonly end: number },
): BenchmarkSeries {
  const { start, length, columns } = readQlibFeatures(dir, symbol, calendar);
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
  const levels = {
    open: level(columns.open),
    high: level(columns.high),
    low: level(columns.low),
    close: level(columns.close),
  };
  const refuse = (field: keyof typeof levels, d: number, expected: string) =>
    binValue(
      qlibColumnPath(dir, symbol, field),
      first - start + d,
      calendar[first + d],
      `the level ${levels[field][d]}`,
      expected,
    );
  for (let d = 0; d < last - first; d++) {
    const { open, high, low, close } = levels;
    for (const field of ['open', 'high', 'low', 'close'] as const) {
      if (levels[field][d] <= 0) throw refuse(field, d, 'one above 0');
    }
    const most = Math.max(open[d], close[d]) * (1 - FLOAT32_SLACK);
    const least = Math.min(open[d], close[d]) * (1 + FLOAT32_SLACK);
    if (high[d] < most) throw refuse('high', d, `none below open ${open[d]} or close ${close[d]}`);
    if (low[d] > least) throw refuse('low', d, `none above open ${open[d]} or close ${close[d]}`);
  }
  return {
    index,
    name,
    kind: 'price',
    dates: calendar.slice(first, last),
    ...levels,
    volume: Float64Array.from(cropped(columns.volume)),
  };
}
