import { type Numbers, regress } from '../stats/index.js';
import { CandlenetError } from '../util/index.js';
import type { Attribution } from './types.js';

/** Daily return of a factor: of a portfolio that costs nothing, such as long minus short, or a market less the safe rate. */
export interface FactorSeries {
  readonly name: string;
  /** NaN where it could not be formed. */
  readonly returns: Float64Array;
}

/**
 * Regression of a strategy's excess return on factor returns, R_p − R_f = α + Σ β_k F_k + ε, errors after Newey & West. With
 * the market's excess return alone it is the CAPM (Jensen 1968), the paper's (12). Sessions on which a factor is missing are
 * left out; a factor that is missing throughout is too.
 * @param riskFree rate of each session
 * @throws ARGUMENT_INVALID for series of different lengths
 */
export function attributeReturns(
  returns: Numbers,
  riskFree: Numbers,
  factors: readonly FactorSeries[],
  sessionsPerYear: number,
): Attribution {
  const n = returns.length;
  const lengths = [
    { name: 'the risk-free rate', length: riskFree.length },
    ...factors.map((factor) => ({ name: factor.name, length: factor.returns.length })),
  ];
  for (const { name, length } of lengths) {
    if (length === n) continue;
    throw new CandlenetError('ARGUMENT_INVALID', `${name}: found ${length} sessions, expected ${n}`);
  }
  const used = factors.filter((factor) => !factor.returns.every(Number.isNaN));
  const rows = Array.from({ length: n }, (_, t) => t).filter((t) =>
    [returns[t], riskFree[t], ...used.map((factor) => factor.returns[t])].every(Number.isFinite),
  );
  const fit = regress(
    rows.map((t) => returns[t] - riskFree[t]),
    used.map((factor) => rows.map((t) => factor.returns[t])),
  );
  const { estimate, standardError, t, p } = fit.intercept;
  return {
    sessions: rows.length,
    alpha: estimate,
    annualAlpha: estimate * sessionsPerYear,
    standardError,
    t,
    p,
    exposures: fit.slopes.map((slope, k) => ({ name: used[k].name, beta: slope.estimate, ...slopeErrors(slope) })),
    rSquared: fit.rSquared,
    adjustedRSquared: fit.adjustedRSquared,
    lags: fit.lags,
  };
}

const slopeErrors = ({ standardError, t, p }: { standardError: number; t: number; p: number }) => ({
  standardError,
  t,
  p,
});
