import { mean, type Numbers, standardDeviation } from './moments.js';

export interface AnnualBasis {
  readonly sessionsPerYear: number;
  /** Annual, such as 0.02. */
  readonly riskFree: number;
}

/** The rate of one session that compounds to the annual one. */
export function sessionRate({ riskFree, sessionsPerYear }: AnnualBasis): number {
  return (1 + riskFree) ** (1 / sessionsPerYear) - 1;
}

/**
 * (R_p − R_f) / σ_p, the paper's (15), as Sharpe (1994) estimates it: mean of the daily excess return over its standard
 * deviation, × √(sessions per year). NaN when the returns do not vary.
 */
export function sharpeRatio(returns: Numbers, basis: AnnualBasis): number {
  const deviation = standardDeviation(returns);
  if (!(deviation > 0)) return Number.NaN;
  return ((mean(returns) - sessionRate(basis)) / deviation) * Math.sqrt(basis.sessionsPerYear);
}

/**
 * As the Sharpe ratio, with the downside deviation √(mean of min(excess, 0)²) below (Sortino & Price 1994).
 * NaN when no session fell short.
 */
export function sortinoRatio(returns: Numbers, basis: AnnualBasis): number {
  const rate = sessionRate(basis);
  let squares = 0;
  for (let i = 0; i < returns.length; i++) squares += Math.min(returns[i] - rate, 0) ** 2;
  const downside = Math.sqrt(squares / returns.length);
  if (!(downside > 0)) return Number.NaN;
  return ((mean(returns) - rate) / downside) * Math.sqrt(basis.sessionsPerYear);
}
