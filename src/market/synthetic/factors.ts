import { createRng, type Rng } from '../../util/index.js';
import {
  fatTailed,
  INDUSTRY_TAIL,
  INDUSTRY_VOLATILITY,
  INTRADAY_WEIGHT,
  MARKET_GARCH,
  MARKET_TAIL,
  MARKET_VOLATILITY,
  nextVariance,
  OVERNIGHT_WEIGHT,
} from './innovations.js';
import { BULL, REGIMES, stepRegime } from './regimes.js';

/** Where the market stands after a close: what the distribution of the days to come depends on. */
export interface MarketState {
  regime: number;
  /** GARCH variance of the next session, long-run mean 1. */
  variance: number;
}

/** The common factor of one session, as simple returns. */
export interface MarketDay {
  /** Jump or drift of the regime, at the open; mean 0 but not symmetric. */
  readonly move: number;
  /** Symmetric about 0. */
  readonly overnight: number;
  /** Symmetric about 0. */
  readonly intraday: number;
}

/** Draws one session and moves the state on. The same function makes the market and the paths of its truth. */
export function stepMarket(state: MarketState, rng: Rng): MarketDay {
  const { regime, move } = stepRegime(state.regime, rng);
  const scale = MARKET_VOLATILITY * REGIMES[regime].volatility * Math.sqrt(state.variance);
  const night = OVERNIGHT_WEIGHT * fatTailed(rng, MARKET_TAIL);
  const day = INTRADAY_WEIGHT * fatTailed(rng, MARKET_TAIL);
  state.regime = regime;
  state.variance = nextVariance(MARKET_GARCH, state.variance, night + day);
  return { move, overnight: scale * night, intraday: scale * day };
}

/** The market factor over the whole span; index d is session d, the states are those after its close. */
export interface MarketFactor {
  readonly move: Float64Array;
  readonly overnight: Float64Array;
  readonly intraday: Float64Array;
  readonly regime: Uint8Array;
  readonly variance: Float64Array;
}

export function simulateMarketFactor(days: number, seed: number): MarketFactor {
  const rng = createRng(seed, 'market-factor');
  const state: MarketState = { regime: BULL, variance: 1 };
  for (let i = 0; i < 250; i++) stepMarket(state, rng);
  const factor: MarketFactor = {
    move: new Float64Array(days),
    overnight: new Float64Array(days),
    intraday: new Float64Array(days),
    regime: new Uint8Array(days),
    variance: new Float64Array(days),
  };
  for (let d = 0; d < days; d++) {
    const day = stepMarket(state, rng);
    factor.move[d] = day.move;
    factor.overnight[d] = day.overnight;
    factor.intraday[d] = day.intraday;
    factor.regime[d] = state.regime;
    factor.variance[d] = state.variance;
  }
  return factor;
}

/** An industry's own factor, as simple returns; independent from day to day. */
export interface IndustryFactor {
  readonly overnight: Float64Array;
  readonly intraday: Float64Array;
}

export function simulateIndustryFactor(days: number, seed: number, industry: number): IndustryFactor {
  const rng = createRng(seed, 'industry-factor', industry);
  const overnight = new Float64Array(days);
  const intraday = new Float64Array(days);
  for (let d = 0; d < days; d++) {
    overnight[d] = INDUSTRY_VOLATILITY * OVERNIGHT_WEIGHT * fatTailed(rng, INDUSTRY_TAIL);
    intraday[d] = INDUSTRY_VOLATILITY * INTRADAY_WEIGHT * fatTailed(rng, INDUSTRY_TAIL);
  }
  return { overnight, intraday };
}
