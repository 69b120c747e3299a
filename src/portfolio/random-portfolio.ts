import type { ForecastTable, Policy } from '../backtest/index.js';
import type { Rng } from '../util/index.js';
import { checkForecasts, forecastsOfDay } from './forecasts-of-day.js';
import { fraction, share, wholePositive } from './parameters.js';
import { checkRebalance, isDue, type Rebalance } from './rebalance.js';

export interface RandomPortfolioOptions {
  readonly name?: string;
  /** A fresh stream for each run, such as `() => createRng(seed, 'random portfolio', 3)`. */
  readonly createStream: () => Rng;
  /** Only who has a forecast on a day counts, never what it says: the same choice of names as the model's. */
  readonly forecasts: ForecastTable;
  readonly k?: number;
  readonly rebalance?: Rebalance;
  readonly exposure?: number;
  /** Fraction of the names exchanged at each rebalancing, so that a placebo can match a model's turnover. Default 1. */
  readonly replaceShare?: number;
}

/** The placebo of `topK`: k names drawn at random from those with a forecast on the day, in equal weights. */
export function randomPortfolio(options: RandomPortfolioOptions): Policy {
  const forecasts = checkForecasts(options.forecasts);
  const k = wholePositive(options.k ?? 50, 'k');
  const rebalance = checkRebalance(options.rebalance ?? 'weekly');
  const exposure = fraction(options.exposure ?? 1, 'exposure');
  const replaced = Math.round(k * share(options.replaceShare ?? 1, 'replaceShare'));
  return {
    name: options.name ?? `random ${k}`,
    start() {
      const rng = options.createStream();
      let lastSession: number | null = null;
      let names: string[] = [];
      return (context) => {
        if (!isDue(rebalance, context, lastSession)) return null;
        const { start, end } = forecastsOfDay(forecasts, context.date);
        if (start === end) return null;
        lastSession = context.session;
        const candidates = forecasts.symbol.slice(start, end).filter((symbol) => context.tradable(symbol));
        const possible = new Set(candidates);
        const kept = draw(
          names.filter((name) => possible.has(name)),
          k - replaced,
          rng,
        );
        const before = new Set(names);
        const newcomers = draw(
          candidates.filter((symbol) => !before.has(symbol)),
          k - kept.length,
          rng,
        );
        // Names just given up come back only where the universe has no others.
        const chosen = new Set(kept);
        const again = draw(
          candidates.filter((symbol) => before.has(symbol) && !chosen.has(symbol)),
          k - kept.length - newcomers.length,
          rng,
        );
        names = [...kept, ...newcomers, ...again];
        return { signalDate: context.date, weights: new Map(names.map((name) => [name, exposure / k])) };
      };
    },
  };
}

/** `count` of the values without replacement, or all when there are fewer (a partial Fisher-Yates shuffle). */
function draw(values: readonly string[], count: number, rng: Rng): string[] {
  const pool = [...values];
  const taken = Math.min(count, pool.length);
  for (let i = 0; i < taken; i++) {
    const j = i + rng.int(pool.length - i);
    [pool[i], pool[j]] = [pool[j], pool[i]];
  }
  return pool.slice(0, taken);
}
