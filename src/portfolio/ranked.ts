import type { Policy } from '../backtest/index.js';
import { fraction, wholePositive } from './parameters.js';
import type { Rebalance } from './rebalance.js';
import { scheduledPolicy } from './scheduled.js';
import { membersOn, type Universe } from './universe.js';

/** How much a name is wanted after the close of a session; NaN keeps it out. Reads nothing later. */
export type RankingSignal = (symbol: string, session: number) => number;

export interface RankedOptions {
  readonly name: string;
  readonly signal: RankingSignal;
  readonly universe: Universe;
  /** Default 50. */
  readonly k?: number;
  /** Default `weekly`. */
  readonly rebalance?: Rebalance;
  /** Share of equity to be invested. Default 1. */
  readonly exposure?: number;
}

/**
 * Holds the k members of the universe with the highest signal, each with exposure / k: the rules of `topK`, for a signal
 * instead of forecasts. Waits while no member has a signal.
 * @throws CONFIG_INVALID
 */
export function ranked(options: RankedOptions): Policy {
  const { signal, universe } = options;
  const k = wholePositive(options.k ?? 50, 'k');
  const exposure = fraction(options.exposure ?? 1, 'exposure');
  return scheduledPolicy({
    name: options.name,
    rebalance: options.rebalance ?? 'weekly',
    choose(context) {
      const held = new Set(context.holdings.map(({ symbol }) => symbol));
      const candidates = membersOn(universe, context.session)
        .filter((symbol) => context.tradable(symbol) || held.has(symbol))
        .map((symbol) => ({ symbol, value: signal(symbol, context.session) }))
        .filter(({ value }) => !Number.isNaN(value));
      if (candidates.length === 0) return null;
      candidates.sort((a, b) => b.value - a.value || (a.symbol < b.symbol ? -1 : 1));
      return new Map(candidates.slice(0, k).map(({ symbol }) => [symbol, exposure / k]));
    },
  });
}
