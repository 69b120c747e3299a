import type { AnnualBasis } from '../stats/index.js';
import { performance } from './performance.js';
import { relativePerformance } from './relative.js';
import { trading } from './trading.js';
import type { StrategyRecord } from './types.js';

/** One back-test of a strategy at a flat cost rate. */
export interface CostPoint {
  /** One-way: basis points of every amount bought or sold. */
  readonly costBps: number;
  readonly annualisedReturn: number;
  /** Annualised return less that of the benchmark, and of the universe bought and held; null where there is none. */
  readonly excessOverBenchmark: number | null;
  readonly excessOverUniverse: number | null;
}

/** A one-way cost rate at which an annual excess return is gone; null where it is undefined, and why. */
export interface BreakEvenRate {
  readonly costBps: number | null;
  /**
   * First-order check, from the cost-free back-test alone: excess return over the amounts traded in a year, which are
   * twice the one-way turnover. It leaves out that costs compound and that a poorer portfolio trades less.
   */
  readonly analyticBps: number | null;
  /** `never`: no excess return even without costs. `beyond`: some is left at the highest rate tried. */
  readonly state: 'found' | 'never' | 'beyond' | 'undefined';
}

export interface BreakEvenCost {
  readonly points: readonly CostPoint[];
  readonly overBenchmark: BreakEvenRate;
  readonly overUniverse: BreakEvenRate | null;
}

/** Basis points: the sensitivity range of the literature, then doubling. */
export const COST_GRID_BPS: readonly number[] = [0, 5, 10, 15, 20, 30, 60, 120, 240, 480];

/** Refinements between the two grid points around the root. */
const REFINEMENTS = 4;
/** Basis points: a root this well enclosed is not refined. */
const CLOSE_ENOUGH = 0.01;

export interface BreakEvenOptions {
  /** Back-tests the strategy with `costBps` of every amount traded as its only cost. */
  readonly run: (costBps: number) => StrategyRecord | Promise<StrategyRecord>;
  /** Over the same sessions. */
  readonly benchmark: StrategyRecord;
  readonly universe: StrategyRecord | null;
  readonly basis: AnnualBasis;
}

/**
 * The break-even cost of a strategy, by back-testing it over a grid of cost rates and closing in on the root of its excess
 * return with the Illinois form of regula falsi (Dowell and Jarratt 1971). The benchmark and the universe keep their own
 * returns.
 */
export async function breakEvenCost({ run, benchmark, universe, basis }: BreakEvenOptions): Promise<BreakEvenCost> {
  const tried = new Map<number, CostPoint>();
  const excess = (record: StrategyRecord, other: StrategyRecord | null) =>
    other === null ? null : relativePerformance(record.returns, other.returns, basis).excessReturn;
  let turnover = Number.NaN;
  const at = async (costBps: number): Promise<CostPoint> => {
    const known = tried.get(costBps);
    if (known) return known;
    const record = await run(costBps);
    if (costBps === 0) turnover = trading(record, basis)?.annualTurnover ?? Number.NaN;
    const point = {
      costBps,
      annualisedReturn: performance(record.returns, basis).annualisedReturn,
      excessOverBenchmark: excess(record, benchmark),
      excessOverUniverse: excess(record, universe),
    };
    tried.set(costBps, point);
    return point;
  };
  const grid: CostPoint[] = [];
  for (const costBps of COST_GRID_BPS) grid.push(await at(costBps));
  const rate = async (measure: (point: CostPoint) => number | null): Promise<BreakEvenRate> => {
    const analyticBps = analytic(measure(grid[0]), turnover);
    const found = await root(grid, async (costBps) => measure(await at(costBps)), measure);
    return { ...found, analyticBps };
  };
  const overBenchmark = await rate((point) => point.excessOverBenchmark);
  const overUniverse = universe === null ? null : await rate((point) => point.excessOverUniverse);
  return { points: grid, overBenchmark, overUniverse };
}

function analytic(excessWithoutCosts: number | null, annualTurnover: number): number | null {
  const traded = 2 * annualTurnover;
  if (excessWithoutCosts === null || !(excessWithoutCosts > 0) || !(traded > 0)) return null;
  return (10_000 * excessWithoutCosts) / traded;
}

/** The first rate of the grid's range at which the measure falls to 0. */
async function root(
  grid: readonly CostPoint[],
  evaluate: (costBps: number) => Promise<number | null>,
  measure: (point: CostPoint) => number | null,
): Promise<Pick<BreakEvenRate, 'costBps' | 'state'>> {
  const values = grid.map(measure);
  if (values.some((value) => value === null || Number.isNaN(value))) return { costBps: null, state: 'undefined' };
  const excess = values as number[];
  if (excess[0] <= 0) return { costBps: null, state: 'never' };
  const above = excess.findIndex((value) => value <= 0);
  if (above < 0) return { costBps: null, state: 'beyond' };
  let low = { x: grid[above - 1].costBps, y: excess[above - 1] };
  let high = { x: grid[above].costBps, y: excess[above] };
  const crossing = () => low.x + ((high.x - low.x) * low.y) / (low.y - high.y);
  let last = 0;
  for (let i = 0; i < REFINEMENTS && high.x - low.x > CLOSE_ENOUGH; i++) {
    const x = crossing();
    const y = await evaluate(x);
    if (y === null || Number.isNaN(y)) break;
    if (y === 0) return { costBps: x, state: 'found' };
    const side = y > 0 ? 1 : -1;
    // An end that stays twice counts half, so that the next crossing lands on its side.
    const halve = side === last ? 2 : 1;
    if (side > 0)
      [low, high] = [
        { x, y },
        { x: high.x, y: high.y / halve },
      ];
    else
      [low, high] = [
        { x: low.x, y: low.y / halve },
        { x, y },
      ];
    last = side;
  }
  return { costBps: crossing(), state: 'found' };
}
