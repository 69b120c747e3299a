import { type Policy, type PolicyContext, scoreOf } from '../../../backtest/index.js';
import { CandlenetError } from '../../../util/index.js';
import { bestRows } from '../../best-rows.js';
import { forecastsOfDay } from '../../forecasts-of-day.js';
import { limitTurnover } from '../../limit-turnover.js';
import { scheduledPolicy } from '../../scheduled.js';
import type { GroupLimits, PortfolioLimits } from '../limits.js';
import type { CheckedOptions } from './options.js';
import { hasFullHistory, trailingCovariance } from './trailing-covariance.js';

/** Lighter weights are rounding of the solver and are not held. */
const DUST = 1e-6;

/** What there is to optimise after a close. */
export interface Task {
  readonly context: PolicyContext;
  readonly symbols: readonly string[];
  /** P(buy) − P(sell), NaN without a forecast. */
  readonly scores: readonly number[];
  /** [symbols × symbols], daily. */
  readonly covariance: Float64Array;
  readonly limits: PortfolioLimits & { readonly budget: number; readonly upper: Float64Array };
}

export interface Optimiser {
  readonly name: string;
  /** Names to optimise over; null where the day says nothing. Default: the k best forecasts. */
  candidates?(context: PolicyContext): readonly string[] | null;
  /**
   * Whether the weights know which names are wanted: then names held but no longer chosen take part under a turnover limit.
   * An optimiser of risk alone would keep them for good, so it moves towards the optimum of the chosen ones instead.
   */
  readonly knowsScores: boolean;
  /** Weights in the order of `task.symbols`. */
  weigh(task: Task): ArrayLike<number>;
}

/**
 * A policy whose weights an optimiser finds, from what is known at the close: forecasts, and returns of the look-back. Names
 * without a full look-back are left out. Where caps on names and industries leave no room for the whole exposure, the rest
 * stays in cash. With a turnover limit, names held but no longer chosen take part, and may only shrink, where forecasts
 * decide on weights; elsewhere, and where even that cannot meet the limit, the portfolio moves towards the one without it as
 * far as the limit allows.
 */
export function optimisedPolicy(options: CheckedOptions, optimiser: Optimiser): Policy {
  return {
    name: optimiser.name,
    start() {
      let set = false;
      const step = scheduledPolicy({
        name: optimiser.name,
        rebalance: options.rebalance,
        choose(context) {
          const chosen = (optimiser.candidates ?? ((now) => bestNames(options, now)))(context);
          if (chosen === null) return null;
          const usable = (symbol: string) => hasFullHistory(options.history, symbol, context.session, options.lookback);
          const names = chosen.filter(usable).sort();
          if (names.length === 0) return null;
          const limit = set ? options.maxTurnover : null;
          set = true;
          if (limit === null) return optimise(options, optimiser, context, names, []);
          return withTurnover(options, optimiser, context, names, usable, limit);
        },
      }).start();
      return step;
    },
  };
}

function withTurnover(
  options: CheckedOptions,
  optimiser: Optimiser,
  context: PolicyContext,
  names: readonly string[],
  usable: (symbol: string) => boolean,
  limit: number,
): Map<string, number> {
  const chosen = new Set(names);
  const current = new Map(context.holdings.map((holding) => [holding.symbol, holding.weight]));
  const leaving = [...current.keys()].filter((symbol) => !chosen.has(symbol));
  const towards = () => limitTurnover(current, optimise(options, optimiser, context, names, []), limit);
  if (!optimiser.knowsScores) return towards();
  const shrinking = leaving.filter(usable).sort();
  const sold = leaving.filter((symbol) => !usable(symbol)).reduce((sum, symbol) => sum + current.get(symbol)!, 0);
  try {
    const turnover = { current, limit: Math.max(0, limit - sold / 2) };
    return optimise(options, optimiser, context, names, shrinking, turnover);
  } catch (error) {
    if (!(error instanceof CandlenetError) || error.code !== 'PORTFOLIO_INFEASIBLE') throw error;
    return towards();
  }
}

function optimise(
  options: CheckedOptions,
  optimiser: Optimiser,
  context: PolicyContext,
  names: readonly string[],
  shrinking: readonly string[],
  turnover?: { readonly current: ReadonlyMap<string, number>; readonly limit: number },
): Map<string, number> {
  const { history, lookback, estimator, forecasts } = options;
  const symbols = [...names, ...shrinking];
  const { start, end } = forecastsOfDay(forecasts, context.date);
  const scoreOfSymbol = new Map<string, number>();
  for (let row = start; row < end; row++) scoreOfSymbol.set(forecasts.symbol[row], scoreOf(forecasts, row));
  const upper = Float64Array.from(symbols, (symbol, i) =>
    i < names.length ? options.maxWeight : Math.min(options.maxWeight, turnover?.current.get(symbol) ?? 0),
  );
  const groups = industryCaps(options, symbols);
  const budget = Math.min(options.exposure, room(upper, groups));
  const weights = optimiser.weigh({
    context,
    symbols,
    scores: symbols.map((symbol) => scoreOfSymbol.get(symbol) ?? Number.NaN),
    covariance: trailingCovariance(history, symbols, context.session, lookback, estimator),
    limits: {
      budget,
      upper,
      ...(groups && { groups }),
      ...(turnover && {
        turnover: { previous: symbols.map((symbol) => turnover.current.get(symbol) ?? 0), limit: turnover.limit },
      }),
    },
  });
  const target = new Map<string, number>();
  let sum = 0;
  for (let i = 0; i < symbols.length; i++) sum += weights[i] > DUST ? weights[i] : 0;
  const scale = Math.min(1, options.exposure / sum);
  for (const [i, symbol] of symbols.entries()) if (weights[i] > DUST) target.set(symbol, scale * weights[i]);
  return target;
}

function bestNames({ forecasts, k }: CheckedOptions, context: PolicyContext): string[] | null {
  return bestRows(forecasts, context, k)?.map((row) => forecasts.symbol[row]) ?? null;
}

function industryCaps({ industryOf, maxIndustry }: CheckedOptions, symbols: readonly string[]): GroupLimits | null {
  if (industryOf === null || maxIndustry === null) return null;
  const { names, of } = industriesOf(industryOf, symbols);
  return { names, of, upper: names.map(() => maxIndustry) };
}

/** Industries of the symbols, in alphabetical order. A name of unknown industry ('') is in none. */
export function industriesOf(industryOf: (symbol: string) => string, symbols: readonly string[]) {
  const own = symbols.map(industryOf);
  const names = [...new Set(own)].filter((name) => name !== '').sort();
  return { names, of: own.map((name) => names.indexOf(name)) };
}

/** The most that caps let be invested, a hair below where they bind: an interior-point method needs room. */
function room(upper: Float64Array, groups: GroupLimits | null): number {
  const byGroup = new Map<number, number>();
  for (let i = 0; i < upper.length; i++) {
    const g = groups?.of[i] ?? -1;
    byGroup.set(g, (byGroup.get(g) ?? 0) + upper[i]);
  }
  let most = 0;
  for (const [g, total] of byGroup) most += g < 0 ? total : Math.min(total, groups!.upper![g]);
  return most * (1 - 1e-6);
}
