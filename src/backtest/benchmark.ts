import type { BenchmarkSeries } from '../market/index.js';
import { CandlenetError, type Day, formatDay, sessionsBetween } from '../util/index.js';

/** Net value by session; the first entry is the last close before the period. */
export interface EquityCurve {
  readonly dates: Int32Array;
  readonly equity: Float64Array;
}

/**
 * What `capital` in the index would have become: its level scaled to the capital at the last close before the period,
 * so that n sessions give n returns and a drawdown counts from that close. A price index pays no dividends.
 * @throws DATE_OUT_OF_STORE when the index has no close before the period, or no session in it
 */
export function buyAndHoldBenchmark(benchmark: BenchmarkSeries, from: Day, to: Day, capital: number): EquityCurve {
  const { dates, close } = benchmark;
  const { start, end } = sessionsBetween(dates, from, to, `benchmark ${benchmark.index}`);
  if (start === 0) {
    throw new CandlenetError(
      'DATE_OUT_OF_STORE',
      `benchmark ${benchmark.index}: found its first close on ${formatDay(dates[0])}, expected one before ${formatDay(from)}`,
    );
  }
  const base = start - 1;
  return {
    dates: dates.slice(base, end),
    equity: Float64Array.from(close.subarray(base, end), (level) => (capital * level) / close[base]),
  };
}
