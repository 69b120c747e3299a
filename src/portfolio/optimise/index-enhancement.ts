import type { Numbers } from '../../stats/index.js';
import { type GroupLimits, invalid, notNegative, type PortfolioLimits } from './limits.js';
import { checkInput, describePortfolio, type RiskAndReturn, trackingRisk } from './mean-variance-input.js';
import { quadraticForm, solvePortfolio } from './solve-portfolio.js';

export interface IndexEnhancementInput {
  /** [assets] expected returns beyond the benchmark, per period. */
  readonly alpha: Numbers;
  /** [assets × assets] row-major, per period. */
  readonly covariance: Numbers;
  /** [assets] weights of the benchmark; the portfolio's sum is theirs unless `limits.budget` says otherwise. */
  readonly benchmark: Numbers;
  /** √((w − b)ᵀ Σ (w − b)) at most this, per period. */
  readonly trackingError: number;
  /** |w_i − b_i| at most this. Default: no limit. */
  readonly maxActive?: number;
  /** Industries whose weight may differ from the benchmark's by at most `industryDeviation` (default 0: neutral). */
  readonly industries?: Pick<GroupLimits, 'names' | 'of'>;
  readonly industryDeviation?: number;
  /** Further limits; its groups and tracking are set by the above. */
  readonly limits?: Omit<PortfolioLimits, 'groups' | 'tracking'>;
}

export interface EnhancedIndex extends RiskAndReturn {
  /** αᵀ (w − b). */
  readonly expectedActiveReturn: number;
  readonly trackingError: number;
}

/**
 * Maximises αᵀ w with a bounded tracking error around a benchmark (Grinold & Kahn, "Active Portfolio Management", 2000,
 * chapter 14; Roll 1992 for the tracking-error frontier).
 * @throws ARGUMENT_INVALID, PORTFOLIO_INFEASIBLE
 */
export function enhanceIndex(input: IndexEnhancementInput): EnhancedIndex {
  const { alpha, benchmark, industries, limits = {} } = input;
  const n = alpha.length;
  if (benchmark.length !== n) throw invalid('benchmark', `${benchmark.length} weights`, `${n}, one for each alpha`);
  const b = Float64Array.from(benchmark);
  const active = input.maxActive === undefined ? Number.POSITIVE_INFINITY : notNegative(input.maxActive, 'maxActive');
  const bound = (given: number | Numbers | undefined, none: number, i: number) =>
    given === undefined ? none : typeof given === 'number' ? given : given[i];
  const checked = checkInput({
    expectedReturns: alpha,
    covariance: input.covariance,
    limits: {
      ...limits,
      budget: limits.budget ?? b.reduce((sum, weight) => sum + weight, 0),
      lower: b.map((weight, i) => Math.max(bound(limits.lower, 0, i), weight - active)),
      upper: b.map((weight, i) => Math.min(bound(limits.upper, 1, i), weight + active)),
      ...(industries && { groups: industryLimits(industries, b, input.industryDeviation ?? 0) }),
      tracking: { benchmark: b, limit: input.trackingError },
    },
  });
  const linear = checked.mu.map((value) => -value);
  const { weights } = solvePortfolio({ hessian: null, linear, ...trackingRisk(checked) }, checked.limits);
  const away = weights.map((weight, i) => weight - b[i]);
  return {
    ...describePortfolio(weights, checked),
    expectedActiveReturn: away.reduce((sum, weight, i) => sum + weight * checked.mu[i], 0),
    trackingError: Math.sqrt(Math.max(0, quadraticForm(checked.sigma, away))),
  };
}

function industryLimits({ names, of }: Pick<GroupLimits, 'names' | 'of'>, b: Float64Array, room: number): GroupLimits {
  notNegative(room, 'industryDeviation');
  const held = new Float64Array(names.length);
  for (let i = 0; i < b.length; i++) if (of[i] >= 0) held[of[i]] += b[i];
  return { names, of, lower: held.map((weight) => weight - room), upper: held.map((weight) => weight + room) };
}
