import { createRng } from '../../util/index.js';
import { type MarketState, stepMarket } from './factors.js';
import { fatTailed, INDUSTRY_TAIL, INDUSTRY_VOLATILITY, INTRADAY_WEIGHT, OVERNIGHT_WEIGHT } from './innovations.js';
import { BETAS } from './listings.js';
import { REGIMES } from './regimes.js';

/** Number of equally likely values that stand for a distribution. */
export const NODES = 64;
const PATHS_PER_NODE = 64;
const PATHS = NODES * PATHS_PER_NODE;

const VARIANCE_GRID = [0.2, 0.35, 0.55, 0.8, 1.1, 1.5, 2.1, 3, 4.5, 7, 12];
/** The nodes grow with the standard deviation, so that is what lies between two levels. */
const DEVIATION_GRID = VARIANCE_GRID.map(Math.sqrt);

/** Where a value lies on an ascending grid: between cells `low` and `low + 1`, at share `weight`; ends are extended. */
export function locate(grid: readonly number[], value: number): { low: number; weight: number } {
  let low = 0;
  while (low < grid.length - 2 && value > grid[low + 1]) low++;
  const weight = (value - grid[low]) / (grid[low + 1] - grid[low]);
  return { low, weight: Math.min(1, Math.max(0, weight)) };
}

/** Sorts and gives the means of `NODES` equal groups. */
function nodesOf(values: Float64Array): Float64Array {
  values.sort();
  return Float64Array.from({ length: NODES }, (_, node) => {
    let sum = 0;
    for (let i = node * PATHS_PER_NODE; i < (node + 1) * PATHS_PER_NODE; i++) sum += values[i];
    return sum / PATHS_PER_NODE;
  });
}

export interface MarketDistribution {
  /**
   * `NODES` equally likely values of the market's part of a stock's log return from the open of the next session to the
   * open h sessions later, ascending, written to `out`.
   */
  nodes(state: Readonly<MarketState>, beta: number, out: Float64Array): void;
}

/** Tabulates the market's part by simulation: 4,096 paths for every regime and level of variance, for each beta. */
export function tabulateMarket(horizonDays: number, seed: number): MarketDistribution {
  const tables = REGIMES.map((_, regime) =>
    VARIANCE_GRID.map((variance, level) => {
      const rng = createRng(seed, 'truth-market', regime, level);
      const values = BETAS.map(() => new Float64Array(PATHS));
      const gross = new Float64Array(BETAS.length);
      for (let path = 0; path < PATHS; path++) {
        const state: MarketState = { regime, variance };
        gross.fill(1);
        for (let ahead = 0; ahead <= horizonDays; ahead++) {
          const day = stepMarket(state, rng);
          for (let b = 0; b < BETAS.length; b++) {
            if (ahead > 0) gross[b] *= 1 + BETAS[b] * (day.move + day.overnight);
            if (ahead < horizonDays) gross[b] *= 1 + BETAS[b] * day.intraday;
          }
        }
        for (let b = 0; b < BETAS.length; b++) values[b][path] = Math.log(gross[b]);
      }
      return values.map(nodesOf);
    }),
  );
  return {
    nodes(state, beta, out) {
      const { low, weight } = locate(DEVIATION_GRID, Math.sqrt(state.variance));
      const below = tables[state.regime][low][beta];
      const above = tables[state.regime][low + 1][beta];
      for (let node = 0; node < NODES; node++) out[node] = (1 - weight) * below[node] + weight * above[node];
    },
  };
}

/** The industry's part, the same on every day; ascending. */
export function tabulateIndustry(horizonDays: number, seed: number): Float64Array {
  const rng = createRng(seed, 'truth-industry');
  const values = new Float64Array(PATHS);
  for (let path = 0; path < PATHS; path++) {
    let gross = 1;
    for (let ahead = 0; ahead < horizonDays; ahead++) {
      gross *= 1 + INDUSTRY_VOLATILITY * INTRADAY_WEIGHT * fatTailed(rng, INDUSTRY_TAIL);
      gross *= 1 + INDUSTRY_VOLATILITY * OVERNIGHT_WEIGHT * fatTailed(rng, INDUSTRY_TAIL);
    }
    values[path] = Math.log(gross);
  }
  return nodesOf(values);
}
