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
  /** Whether three quarters as much of the money is in stocks as at the best capital: otherwise it is no longer the strategy. */
  readonly placed: boolean;
}

export interface Capacity {
  readonly points: readonly CapitalPoint[];
  /**
   * Capital up to which the strategy leads the benchmark, and the universe, after costs, from the smallest placed capital on;
   * interpolated on the logarithm of capital. `found`: there the lead is first gone. `unplaced`: it still leads there, but
   * beyond less than three quarters as much of the money finds stocks as at its best. null where it does not lead with the
   * smallest placed capital, whatever larger ones do (`never`), or still does with the largest tried (`beyond`).
   */
  readonly overBenchmark: CapacityLimit;
  readonly overUniverse: CapacityLimit | null;
}

export interface CapacityLimit {
  readonly capital: number | null;
  readonly state: 'found' | 'unplaced' | 'never' | 'beyond' | 'undefined';
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
  const measured: Omit<CapitalPoint, 'placed'>[] = [];
  for (const capital of grid) {
    const { record, investedShare } = await run(capital);
    const { returns } = record;
    const excess = (other: StrategyRecord) => relativePerformance(returns, other.returns, basis).excessReturn;
    measured.push({
      capital,
      annualisedReturn: performance(returns, basis).annualisedReturn,
      excessOverBenchmark: excess(benchmark),
      excessOverUniverse: universe === null ? null : excess(universe),
      investedShare,
    });
  }
  const least = leastShare(measured);
  const points = measured.map((point) => ({ ...point, placed: point.investedShare >= least }));
  return {
    points,
    overBenchmark: limit(points, (point) => point.excessOverBenchmark),
    overUniverse: universe === null ? null : limit(points, (point) => point.excessOverUniverse ?? Number.NaN),
  };
}

/** Of the largest share of the money that is in stocks at any capital: with less than this, the rest being cash, it is no longer the strategy. */
const PLACED = 0.75;

const leastShare = (points: readonly Pick<CapitalPoint, 'investedShare'>[]) =>
  PLACED * Math.max(...points.map(({ investedShare }) => investedShare));

/**
 * Where the lead of the smallest placed capital is first lost, or where the market no longer takes the money. A lead that only
 * larger capitals show does not count: caps on volume have made another portfolio of them. Nor does that of a portfolio with
 * much cash, which leads any market that falls.
 */
function limit(points: readonly CapitalPoint[], measure: (point: CapitalPoint) => number): CapacityLimit {
  const values = points.map(measure);
  const least = leastShare(points);
  if (values.some(Number.isNaN) || !(least > 0)) return { capital: null, state: 'undefined' };
  const start = points.findIndex(({ placed }) => placed);
  const beyond = points.findIndex(({ placed }, i) => i > start && !placed);
  const end = beyond < 0 ? points.length : beyond;
  const between = (at: number, from: number, to: number) => {
    const low = Math.log(points[at].capital);
    return Math.exp(low + (from / (from - to)) * (Math.log(points[at + 1].capital) - low));
  };
  if (!(values[start] > 0)) return { capital: null, state: 'never' };
  const lost = values.findIndex((value, i) => i > start && i < end && value <= 0);
  if (lost >= 0) return { capital: between(lost - 1, values[lost - 1], values[lost]), state: 'found' };
  if (end === points.length) return { capital: null, state: 'beyond' };
  const [from, to] = [points[end - 1].investedShare - least, points[end].investedShare - least];
  return { capital: between(end - 1, from, to), state: 'unplaced' };
}
