import {
  type AnnualBasis,
  maxDrawdown,
  type Numbers,
  optimalBlockLength,
  quantile,
  sharpeRatio,
  stationaryIndices,
} from '../stats/index.js';
import { CandlenetError, type Rng } from '../util/index.js';
import { annualise, totalReturn } from './performance.js';

/** Quantiles of a measure over the resamples that define it; NaN where fewer than half do. */
export interface ResampledRange {
  readonly low: number;
  readonly median: number;
  readonly high: number;
}

/** What a strategy might have shown had the same kinds of days come in another order and number. */
export interface ResampledPerformance {
  readonly replications: number;
  /** Of the blocks that days are drawn in, sessions. */
  readonly meanBlock: number;
  /** Share of the resamples between `low` and `high`. */
  readonly level: number;
  readonly annualisedReturn: ResampledRange;
  readonly sharpe: ResampledRange;
  readonly maxDrawdown: ResampledRange;
  /** Resamples that end below where they began. */
  readonly lossShare: number;
  /** Against what is held on the very same days. */
  readonly against: readonly {
    readonly id: string;
    /** Annualised return less the other's. */
    readonly excess: ResampledRange;
    readonly behindShare: number;
  }[];
}

export interface ResampledOptions {
  readonly rng: Rng;
  readonly basis: AnnualBasis;
  /** Daily returns on the same sessions. */
  readonly against: readonly { readonly id: string; readonly returns: Numbers }[];
  /** Default 1000. */
  readonly replications?: number;
}

const LEVEL = 0.9;
/** Two weeks, in which volatility clusters; more where the returns themselves ask for it. */
const LEAST_BLOCK = 10;

/**
 * Random re-sampling of a test (the stationary bootstrap of Politis & Romano 1994): its days drawn anew in blocks of random
 * length, as many as there were, and every measure taken of each draw. The others are drawn on the same days, so that a
 * lead keeps its market. The mean block is that of Politis and White (2004), two weeks at least. It says how far the
 * figures hang on the days that came; it cannot show days of a kind that did not.
 * @returns null for fewer than 20 sessions. @throws ARGUMENT_INVALID for series of different lengths
 */
export function resampledPerformance(
  returns: Numbers,
  { rng, basis, against, replications = 1000 }: ResampledOptions,
): ResampledPerformance | null {
  const sessions = returns.length;
  for (const other of against) {
    if (other.returns.length === sessions) continue;
    const found = `${other.returns.length} returns of ${other.id}`;
    throw new CandlenetError('ARGUMENT_INVALID', `resampledPerformance: found ${found}, expected ${sessions}`);
  }
  if (sessions < 2 * LEAST_BLOCK) return null;
  const { stationary } = optimalBlockLength(returns);
  const meanBlock = Math.max(LEAST_BLOCK, Number.isNaN(stationary) ? 0 : stationary);
  const column = () => new Float64Array(replications);
  const [annual, sharpe, drawdown] = [column(), column(), column()];
  const excess = against.map(column);
  let losses = 0;
  const behind = against.map(() => 0);
  for (let r = 0; r < replications; r++) {
    const days = stationaryIndices(sessions, meanBlock, rng);
    const drawn = Float64Array.from(days, (day) => returns[day]);
    const total = totalReturn(drawn);
    annual[r] = annualise(total, sessions, basis.sessionsPerYear);
    sharpe[r] = sharpeRatio(drawn, basis);
    drawdown[r] = maxDrawdown(drawn).depth;
    if (total < 0) losses++;
    for (const [k, other] of against.entries()) {
      const held = totalReturn(Float64Array.from(days, (day) => other.returns[day]));
      excess[k][r] = annual[r] - annualise(held, sessions, basis.sessionsPerYear);
      if (total < held) behind[k]++;
    }
  }
  return {
    replications,
    meanBlock,
    level: LEVEL,
    annualisedReturn: rangeOf(annual),
    sharpe: rangeOf(sharpe),
    maxDrawdown: rangeOf(drawdown),
    lossShare: losses / replications,
    against: against.map(({ id }, k) => ({ id, excess: rangeOf(excess[k]), behindShare: behind[k] / replications })),
  };
}

function rangeOf(values: Float64Array): ResampledRange {
  const defined = values.filter((value) => !Number.isNaN(value)).sort();
  if (2 * defined.length < values.length) return { low: Number.NaN, median: Number.NaN, high: Number.NaN };
  const at = (share: number) => quantile(defined, share);
  return { low: at((1 - LEVEL) / 2), median: at(0.5), high: at((1 + LEVEL) / 2) };
}
