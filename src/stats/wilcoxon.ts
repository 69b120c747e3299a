import type { Numbers } from './moments.js';
import { normalCdf } from './normal.js';
import { ranks } from './ranks.js';

/** `wilcox` leaves differences of 0 out before ranking; `pratt` ranks them too and then leaves them out. */
export type ZeroDifferences = 'wilcox' | 'pratt';

export interface SignedRankTest {
  /** Sum of the ranks of the positive differences. */
  readonly positive: number;
  readonly negative: number;
  /** The normal approximation's score; NaN where nothing differs from 0. */
  readonly z: number;
  /** Two-sided; exact up to `EXACT_UP_TO` differences, else by the normal approximation. NaN for no difference. */
  readonly p: number;
  readonly exact: boolean;
  /** Differences that are not 0. */
  readonly n: number;
}

export const EXACT_UP_TO = 50;

/**
 * Wilcoxon's signed-rank test of differences being symmetric about 0 (Biometrics Bulletin 1 (1945)), after
 * `scipy.stats.wilcoxon` without a continuity correction. The exact distribution is that of all sign changes of the ranks
 * at hand, so ties do not harm it; the approximation corrects its variance for ties, and for Pratt's zeros after Cureton
 * (1967).
 */
export function signedRankTest(differences: Numbers, zeros: ZeroDifferences = 'wilcox'): SignedRankTest {
  const all = Float64Array.from(differences);
  const ranked = zeros === 'wilcox' ? all.filter((value) => value !== 0) : all;
  const rank = ranks(ranked.map(Math.abs));
  let positive = 0;
  let negative = 0;
  const signed: number[] = [];
  for (const [i, value] of ranked.entries()) {
    if (value > 0) positive += rank[i];
    if (value < 0) negative += rank[i];
    if (value !== 0) signed.push(rank[i]);
  }
  const n = signed.length;
  if (n === 0 || signed.some(Number.isNaN)) {
    return { positive: Number.NaN, negative: Number.NaN, z: Number.NaN, p: Number.NaN, exact: false, n };
  }
  const z = (positive - sum(signed) / 2) / Math.sqrt(sum(signed.map((value) => value * value)) / 4);
  const exact = n <= EXACT_UP_TO;
  const p = exact ? exactTwoSided(signed, positive) : 2 * normalCdf(-Math.abs(z));
  return { positive, negative, z, p, exact, n };
}

/** Twice the smaller tail over all 2ⁿ signs, by adding one rank at a time; ranks are halves, hence doubled. */
function exactTwoSided(signed: readonly number[], positive: number): number {
  const doubled = signed.map((rank) => Math.round(2 * rank));
  const total = sum(doubled);
  let probabilities = new Float64Array(total + 1);
  probabilities[0] = 1;
  for (const rank of doubled) {
    probabilities = probabilities.map((value, at) => 0.5 * (value + (at >= rank ? probabilities[at - rank] : 0)));
  }
  const found = Math.round(2 * positive);
  const below = sum(probabilities.subarray(0, found + 1));
  const above = sum(probabilities.subarray(found));
  return Math.min(1, 2 * Math.min(below, above));
}

function sum(values: Numbers): number {
  let total = 0;
  for (let i = 0; i < values.length; i++) total += values[i];
  return total;
}
