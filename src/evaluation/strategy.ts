import { type AnnualBasis, bootstrapInterval, sharpeRatio } from '../stats/index.js';
import { CandlenetError, type Day, formatDay, lowerBound, type Rng } from '../util/index.js';
import { halfYearReturns, monthlyReturns } from './months.js';
import { DEFAULT_BASIS, performance } from './performance.js';
import { relativePerformance } from './relative.js';
import { trading } from './trading.js';
import type { StrategyMeasures, StrategyRecord } from './types.js';

export interface StrategyOptions {
  readonly basis?: AnnualBasis;
  /** Null for the benchmark itself. Its dates must be the strategy's. */
  readonly benchmark: StrategyRecord | null;
  /** The universe bought and held, over the same dates; null for itself, or where there is none. */
  readonly universe?: StrategyRecord | null;
  /** With it the Sharpe ratio gets a bootstrap interval. */
  readonly rng?: Rng;
}

/** A resample keeps runs of some two weeks together, in which volatility clusters. */
const BOOTSTRAP = { replications: 1000, meanBlock: 10, level: 0.95 } as const;

export function evaluateStrategy(record: StrategyRecord, options: StrategyOptions): StrategyMeasures {
  const { basis = DEFAULT_BASIS, benchmark, universe = null, rng } = options;
  const against = (other: StrategyRecord | null) =>
    other === null ? null : relativePerformance(record.returns, other.returns, basis);
  return {
    performance: performance(record.returns, basis),
    relative: against(benchmark),
    versusUniverse: against(universe),
    trading: trading(record, basis),
    months: monthlyReturns(record.dates, record.returns),
    halves: halfYearReturns(record.dates, record.returns),
    sharpeInterval: rng
      ? bootstrapInterval(record.returns, (sample) => sharpeRatio(sample, basis), { ...BOOTSTRAP, rng })
      : null,
  };
}

/**
 * Holding an index over the sessions of [from, to]: its daily returns, the first from the last close before `from`.
 * @throws DATE_OUT_OF_STORE when there is no close before `from`, or no session in the period
 */
export function holdRecord(dates: Int32Array, close: ArrayLike<number>, from: Day, to: Day): StrategyRecord {
  const start = lowerBound(dates, from);
  const end = lowerBound(dates, to + 1);
  if (start === 0 || end <= start) {
    const span = dates.length === 0 ? 'none' : `${formatDay(dates[0])} to ${formatDay(dates[dates.length - 1])}`;
    throw new CandlenetError(
      'DATE_OUT_OF_STORE',
      `benchmark: has closes ${span}, expected sessions from ${formatDay(from)} to ${formatDay(to)} and one before them`,
    );
  }
  return {
    dates: dates.slice(start, end),
    returns: simpleReturns(
      Array.from({ length: end - start }, (_, i) => close[start + i]),
      close[start - 1],
    ),
    turnover: null,
    costs: null,
    roundTrips: null,
  };
}

/** Session by session change of a value, the first from `before`, its value at the last close before the period. */
export function simpleReturns(values: ArrayLike<number>, before: number): Float64Array {
  return Float64Array.from(values, (value, i) => value / (i === 0 ? before : values[i - 1]) - 1);
}
