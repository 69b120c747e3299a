import { type AnnualBasis, type Numbers, pearson, sharpeRatio, standardDeviation, testMean } from '../stats/index.js';
import { invariant } from '../util/index.js';
import { annualise, DEFAULT_BASIS, totalReturn } from './performance.js';
import type { RelativeMeasures } from './types.js';

/**
 * A strategy's daily returns against a benchmark's of the same sessions. The information ratio is that of the daily
 * active return, annualised; its t allows for autocorrelation.
 */
export function relativePerformance(
  returns: Numbers,
  benchmark: Numbers,
  { sessionsPerYear }: AnnualBasis = DEFAULT_BASIS,
): RelativeMeasures {
  const n = returns.length;
  invariant(benchmark.length === n, `${benchmark.length} benchmark returns for ${n} of the strategy`);
  const active = Float64Array.from(returns, (value, i) => value - benchmark[i]);
  const { t, p } = testMean(active);
  const correlation = pearson(returns, benchmark);
  return {
    excessReturn:
      annualise(totalReturn(returns), n, sessionsPerYear) - annualise(totalReturn(benchmark), n, sessionsPerYear),
    informationRatio: sharpeRatio(active, { sessionsPerYear, riskFree: 0 }),
    trackingError: standardDeviation(active) * Math.sqrt(sessionsPerYear),
    beta: (correlation * standardDeviation(returns)) / standardDeviation(benchmark),
    correlation,
    t,
    p,
  };
}
