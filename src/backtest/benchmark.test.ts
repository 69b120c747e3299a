import { describe, expect, it } from 'vitest';
import type { BenchmarkSeries } from '../market/index.js';
import { parseDay } from '../util/index.js';
import { buyAndHoldBenchmark } from './benchmark.js';
import { weekdays } from './test-market.fixture.js';

function series(close: readonly number[], from: string): BenchmarkSeries {
  const values = Float64Array.from(close);
  const dates = weekdays(from, close.length);
  return {
    index: 'csi300',
    name: '',
    kind: 'price',
    dates,
    open: values,
    high: values,
    low: values,
    close: values,
    volume: values,
  };
}

describe('buyAndHoldBenchmark', () => {
  const benchmark = series([5000, 4000, 3000, 3600, 9999], '2022-01-03');

  it('starts at the last close before the period and scales the level', () => {
    const curve = buyAndHoldBenchmark(benchmark, parseDay('2022-01-05'), parseDay('2022-01-06'), 100);
    expect(Array.from(curve.dates)).toEqual(['2022-01-04', '2022-01-05', '2022-01-06'].map((text) => parseDay(text)));
    expect(Array.from(curve.equity)).toEqual([100, 75, 90]);
  });

  it('refuses a period without a close before it', () => {
    expect(() => buyAndHoldBenchmark(benchmark, parseDay('2022-01-03'), parseDay('2022-01-06'), 100)).toThrow(
      'benchmark csi300: found its first close on 2022-01-03, expected one before 2022-01-03',
    );
  });
});
