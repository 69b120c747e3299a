import { CandlenetError } from '../util/index.js';
import { normalCdf } from './normal.js';
import { incompleteBeta } from './student.js';

export interface McNemarTest {
  /** (|b − c| − 1)² / (b + c); NaN without a disagreement. */
  readonly chi2: number;
  /** Of the statistic with its correction for continuity, one degree of freedom. */
  readonly p: number;
  /** Two-sided binomial, exact. */
  readonly pExact: number;
}

/**
 * McNemar's test (Psychometrika 12 (1947)) of two classifiers on the same independent cases, from the cases that only
 * the one and only the other had right; `statsmodels.stats.contingency_tables.mcnemar`.
 * @throws ARGUMENT_INVALID for a count that is not a whole number ≥ 0
 */
export function mcNemarTest(onlyFirst: number, onlySecond: number): McNemarTest {
  for (const count of [onlyFirst, onlySecond]) {
    if (Number.isSafeInteger(count) && count >= 0) continue;
    throw new CandlenetError('ARGUMENT_INVALID', `disagreements: found ${count}, expected a whole number ≥ 0`);
  }
  const n = onlyFirst + onlySecond;
  if (n === 0) return { chi2: Number.NaN, p: Number.NaN, pExact: Number.NaN };
  const chi2 = (Math.abs(onlyFirst - onlySecond) - 1) ** 2 / n;
  const fewer = Math.min(onlyFirst, onlySecond);
  return {
    chi2,
    p: 2 * normalCdf(-Math.sqrt(chi2)),
    // P(X ≤ k) of a binomial is I_{1/2}(n − k, k + 1): Abramowitz & Stegun 26.5.24.
    pExact: Math.min(1, 2 * incompleteBeta(n - fewer, fewer + 1, 0.5)),
  };
}
