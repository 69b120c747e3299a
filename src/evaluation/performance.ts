import {
  type AnnualBasis,
  excessKurtosis,
  maxDrawdown,
  mean,
  type Numbers,
  netValues,
  quantile,
  sharpeRatio,
  skewness,
  sortinoRatio,
  standardDeviation,
} from '../stats/index.js';
import type { PerformanceMeasures } from './types.js';

/** R_f = 0 and 252 sessions a year, where nothing else is said. */
export const DEFAULT_BASIS: AnnualBasis = { sessionsPerYear: 252, riskFree: 0 };

/** The worst 5 % of fewer sessions than these is less than one session. */
const MINIMUM_FOR_TAIL = 20;

/** (1 + total)^(sessions per year / n) − 1. */
export function annualise(totalReturn: number, sessions: number, sessionsPerYear: number): number {
  return sessions > 0 ? (1 + totalReturn) ** (sessionsPerYear / sessions) - 1 : Number.NaN;
}

/** Compounded simple returns; NaN for none. */
export function totalReturn(returns: Numbers): number {
  const values = netValues(returns);
  return values.length > 0 ? values[values.length - 1] - 1 : Number.NaN;
}

/**
 * Measures of daily simple returns, the first of them from the last close before the period. What a short or constant
 * series does not define is NaN.
 */
export function performance(returns: Numbers, basis: AnnualBasis = DEFAULT_BASIS): PerformanceMeasures {
  const sessions = returns.length;
  const total = totalReturn(returns);
  const annualised = annualise(total, sessions, basis.sessionsPerYear);
  const drawdown = maxDrawdown(returns);
  const tail = sessions < MINIMUM_FOR_TAIL ? Number.NaN : quantile(returns, 0.05);
  const highTail = sessions < MINIMUM_FOR_TAIL ? Number.NaN : quantile(returns, 0.95);
  const gains = Array.from(returns, (value) => (value > 0 ? 1 : 0));
  return {
    sessions,
    totalReturn: total,
    logReturn: Math.log1p(total),
    meanReturn: mean(returns),
    annualisedReturn: annualised,
    volatility: standardDeviation(returns) * Math.sqrt(basis.sessionsPerYear),
    sharpe: sharpeRatio(returns, basis),
    sortino: sortinoRatio(returns, basis),
    calmar: drawdown.depth < 0 ? annualised / -drawdown.depth : Number.NaN,
    maxDrawdown: drawdown.depth,
    maxDrawdownSessions: drawdown.trough - drawdown.peak,
    skew: skewness(returns),
    excessKurtosis: excessKurtosis(returns),
    valueAtRisk95: -tail,
    expectedShortfall95: -mean(Array.from(returns).filter((value) => value <= tail)),
    tailRatio: tail === 0 ? Number.NaN : highTail / Math.abs(tail),
    winningSessions: mean(gains),
  };
}
