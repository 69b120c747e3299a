import type { AnnualBasis } from '../stats/index.js';
import { performance } from './performance.js';
import { relativePerformance } from './relative.js';
import type { StrategyRecord } from './types.js';

/** One back-test of a strategy with so much money. */
export interface CapitalPoint {
  readonly capital: number;
  /** After all costs. */
  readonly annualisedReturn: number;
  readonly excessOverBenchmark: number;
  readonly excessOverUniverse: number | null;
  /** Mean share of equity in stocks: what a lead over a falling market owes to cash shows here. */
  readonly investedShare: number;
}

export interface Capacity {
  readonly points: readonly CapitalPoint[];
  /**
   * Capital up to which the strategy leads the benchmark, and the universe, after costs; interpolated on the logarithm of
   * capital. null where it never leads, or still does at the largest capital tried: `state` says which.
   */
  readonly overBenchmark: CapacityLimit;
  readonly overUniverse: CapacityLimit | null;
}

export interface CapacityLimit {
  readonly capital: number | null;
  readonly state: 'found' | 'never' | 'beyond' | 'undefined';
}

/** Half a decade apart, in the market's currency. */
export const CAPITAL_GRID: readonly number[] = [1e6, 3e6, 1e7, 3e7, 1e8, 3e8, 1e9, 3e9, 1e10, 3e10, 1e11];

export interface CapitalRun {
  readonly record: StrategyRecord;
  readonly investedShare: number;
}

export interface CapacityOptions {
  /** Back-tests the strategy with so much initial capital, costs and impact in full. */
  readonly run: (capital: number) => CapitalRun | Promise<CapitalRun>;
  readonly benchmark: StrategyRecord;
  readonly universe: StrategyRecord | null;
  readonly basis: AnnualBasis;
  /** Ascending. Default `CAPITAL_GRID`. */
  readonly grid?: readonly number[];
}

/** Net return against capital: what market impact and the cap on the share of volume leave of a strategy as it grows. */
export async function capacity(options: CapacityOptions): Promise<Capacity> {
  const { run, benchmark, universe, basis, grid = CAPITAL_GRID } = options;
  const points: CapitalPoint[] = [];
  for (const capital of grid) {
    const { record, investedShare } = await run(capital);
    const { returns } = record;
    const excess = (other: StrategyRecord) => relativePerformance(returns, other.returns, basis).excessReturn;
    points.push({
      capital,
      annualisedReturn: performance(returns, basis).annualisedReturn,
      excessOverBenchmark: excess(benchmark),
      excessOverUniverse: universe === null ? null : excess(universe),
      investedShare,
    });
  }
  return {
    points,
    overBenchmark: limit(points, (point) => point.excessOverBenchmark),
    overUniverse: universe === null ? null : limit(points, (point) => point.excessOverUniverse ?? Number.NaN),
  };
}

/** Where the lead is lost for good: the last crossing, since lots cost the smallest portfolios their lead too. */
function limit(points: readonly CapitalPoint[], measure: (point: CapitalPoint) => number): CapacityLimit {
  const values = points.map(measure);
  if (values.some(Number.isNaN)) return { capital: null, state: 'undefined' };
  const last = values.findLastIndex((value) => value > 0);
  if (last < 0) return { capital: null, state: 'never' };
  if (last === points.length - 1) return { capital: null, state: 'beyond' };
  const [from, to] = [Math.log(points[last].capital), Math.log(points[last + 1].capital)];
  const share = values[last] / (values[last] - values[last + 1]);
  return { capital: Math.exp(from + share * (to - from)), state: 'found' };
}
