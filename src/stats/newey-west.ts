import { isConstant, mean, type Numbers } from './moments.js';
import { studentTwoSided } from './student.js';

export interface MeanTest {
  readonly mean: number;
  readonly standardError: number;
  readonly t: number;
  /** Two-sided, Student's t with n − 1 degrees. */
  readonly p: number;
  readonly lags: number;
  readonly n: number;
}

/** The usual lag for a series of n values: ⌊4 (n/100)^(2/9)⌋ (Newey & West 1994). */
export function neweyWestLags(n: number): number {
  return Math.floor(4 * (n / 100) ** (2 / 9));
}

/**
 * Is the mean of an autocorrelated series 0? Errors of Newey & West (1987) with Bartlett weights, times n / (n − 1), so
 * that with 0 lags it is the ordinary t-test. Everything but the mean is NaN for fewer than two values or a constant.
 */
export function testMean(values: Numbers, lags: number = neweyWestLags(values.length)): MeanTest {
  const n = values.length;
  const centre = mean(values);
  if (n < 2 || isConstant(values)) {
    return { mean: centre, standardError: Number.NaN, t: Number.NaN, p: Number.NaN, lags, n };
  }
  let longRun = 0;
  for (let lag = 0; lag <= Math.min(lags, n - 1); lag++) {
    let covariance = 0;
    for (let i = lag; i < n; i++) covariance += (values[i] - centre) * (values[i - lag] - centre);
    longRun += lag === 0 ? covariance : 2 * (1 - lag / (lags + 1)) * covariance;
  }
  const standardError = Math.sqrt(longRun / n / (n - 1));
  const t = standardError > 0 ? centre / standardError : Number.NaN;
  return { mean: centre, standardError, t, p: studentTwoSided(t, n - 1), lags, n };
}
