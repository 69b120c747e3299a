import type { SyntheticTruth } from '../types.js';
import type { MarketFactor } from './factors.js';
import { BETAS, type Listing } from './listings.js';
import { type MarketDistribution, NODES, tabulateIndustry, tabulateMarket } from './market-distribution.js';
import type { ResolvedOptions } from './options.js';
import { EVENT_DAYS, EVENT_DRIFT } from './signal.js';
import type { BarArrays, StateMemory, StockState } from './stock.js';
import { type Shifts, tabulateStock } from './stock-distribution.js';
import { trailingVolatility } from './trailing-volatility.js';

/** Pairs the i-th market node with the (i × 19 mod 64)-th industry node: a lattice that fills the square evenly. */
const PAIRING = 19;

export interface TruthInputs {
  readonly options: ResolvedOptions;
  readonly market: MarketFactor;
  readonly bars: BarArrays;
}

/** A truth that is missing everywhere, [S × D]. */
export function emptyTruth(options: ResolvedOptions, floats: (cells: number) => Float32Array): SyntheticTruth {
  const { kind, seed, windowDays, horizonDays, labelK, labelVolatilityDays } = options;
  const column = () => floats(options.symbols * options.days).fill(Number.NaN);
  return {
    kind,
    seed,
    windowDays,
    horizonDays,
    labelK,
    labelVolatilityDays,
    pBuy: column(),
    pHold: column(),
    pSell: column(),
    expectedReturn: column(),
  };
}

export type StockTruth = (s: number, listing: Listing, state: StateMemory) => void;

/**
 * Class probabilities and expected forward return of every traded day, given the state of the generator after its close.
 * The forward log return is a known drift + market + industry + own part, independent of each other given that state. The
 * own part is integrated through its tabulated distribution function, the other two over 64 node pairs.
 * @param chance from `eventChance`
 * @returns writes the rows of one stock to `truth`
 */
export function truthOfStocks(inputs: TruthInputs, chance: number, truth: SyntheticTruth): StockTruth {
  const { options, market, bars } = inputs;
  const { horizonDays, labelK, labelVolatilityDays, strength, seed } = options;
  const sessions = options.days;
  const marketDistribution = tabulateMarket(horizonDays, seed);
  const industryNodes = tabulateIndustry(horizonDays, seed);
  const stockDistribution = tabulateStock(horizonDays, strength, chance, seed);
  const compounding = chance * (strength * EVENT_DRIFT) ** 2 * driftPairs(horizonDays);
  const shifts = tabulateShifts(market, marketDistribution, industryNodes);

  return (s, listing, state) => {
    const volatility = trailingVolatility(bars, s * sessions, sessions, labelVolatilityDays);
    for (let d = listing.firstSession; d <= listing.lastSession; d++) {
      const cell = s * sessions + d;
      const threshold = labelK * volatility[d] * Math.sqrt(horizonDays);
      if (Number.isNaN(threshold)) continue;
      let growth = 1;
      for (let ahead = 0; ahead < horizonDays; ahead++) growth *= 1 + state.pendingDrift[d * horizonDays + ahead];
      const known = Math.log(growth);
      const upper = Math.log(1 + threshold) - known;
      const lower = threshold < 1 ? Math.log(1 - threshold) - known : Number.NEGATIVE_INFINITY;
      const common = shifts[listing.beta][d];
      const { above, below } = stockDistribution.tails(state.variance[d], listing.volatility, lower, upper, common);
      truth.pBuy[cell] = above;
      truth.pSell[cell] = below;
      truth.pHold[cell] = 1 - (above + below);
      const own2 = listing.volatility ** 2 * stockDistribution.meanVariance(state.variance[d]);
      truth.expectedReturn[cell] = growth * (1 + compounding * own2) - 1;
    }
  };
}

/** Market and industry together, for every beta and session: what the stocks of one beta share. */
function tabulateShifts(
  market: MarketFactor,
  distribution: MarketDistribution,
  industryNodes: Float64Array,
): Shifts[][] {
  const sessions = market.regime.length;
  const common = new Float64Array(NODES);
  return BETAS.map((_, beta) => {
    const values = new Float64Array(sessions * NODES);
    return Array.from({ length: sessions }, (_none, d) => {
      const from = d * NODES;
      let least = Number.POSITIVE_INFINITY;
      let most = Number.NEGATIVE_INFINITY;
      distribution.nodes({ regime: market.regime[d], variance: market.variance[d] }, beta, common);
      for (let node = 0; node < NODES; node++) {
        const shift = common[node] + industryNodes[(node * PAIRING) % NODES];
        values[from + node] = shift;
        least = Math.min(least, shift);
        most = Math.max(most, shift);
      }
      return { values, from, to: from + NODES, least, most };
    });
  });
}

/**
 * Pairs of days of the horizon on which the same event yet to come drifts. Its direction is a coin, yet the product of two
 * of its days has the mean 1 + drift², whichever side the coin falls on: a second-order gain, some 0.01 % in five days.
 */
function driftPairs(horizonDays: number): number {
  let pairs = 0;
  for (let event = 1; event <= horizonDays; event++) {
    const days = Math.min(EVENT_DAYS, horizonDays - event);
    pairs += (days * (days - 1)) / 2;
  }
  return pairs;
}

/** How often a day brings an event, over the whole market. */
export function eventChance(states: readonly Pick<StockState, 'events' | 'eventDays'>[]): number {
  let events = 0;
  let days = 0;
  for (const state of states) {
    events += state.events;
    days += state.eventDays;
  }
  return days > 0 ? events / days : 0;
}
