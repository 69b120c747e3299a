import type { Numbers } from '../../stats/index.js';
import { CandlenetError } from '../../util/index.js';

/** Limits on the total weight of groups of assets, such as industries. */
export interface GroupLimits {
  /** [groups] */
  readonly names: readonly string[];
  /** [assets] Group of each asset, an index of `names`; −1 is in none. */
  readonly of: ArrayLike<number>;
  /** [groups] Default: none. Equal lower and upper bounds fix the weight of the group. */
  readonly lower?: Numbers;
  readonly upper?: Numbers;
}

/** What a portfolio must satisfy. Weights are fractions of equity. */
export interface PortfolioLimits {
  /** Sum of the weights, the rest is cash. Default 1. */
  readonly budget?: number;
  /** Of every asset, or one a asset. Default 0: long only. */
  readonly lower?: number | Numbers;
  /** Default 1. */
  readonly upper?: number | Numbers;
  readonly groups?: GroupLimits;
  /** One-way turnover Σ |w − previous| / 2 at most `limit`. */
  readonly turnover?: { readonly previous: Numbers; readonly limit: number };
  /** √((w − benchmark)ᵀ Σ (w − benchmark)) at most `limit`, per period of the covariance. */
  readonly tracking?: { readonly benchmark: Numbers; readonly limit: number };
}

/** Checked limits with every default filled in. */
export interface Limits {
  readonly n: number;
  readonly budget: number;
  readonly lower: Float64Array;
  readonly upper: Float64Array;
  readonly groups: Required<GroupLimits> | null;
  readonly turnover: { readonly previous: Float64Array; readonly limit: number } | null;
  readonly tracking: { readonly benchmark: Float64Array; readonly limit: number } | null;
}

/** @throws ARGUMENT_INVALID for a length or value that is wrong by itself, PORTFOLIO_INFEASIBLE for lower > upper */
export function checkLimits(limits: PortfolioLimits, n: number): Limits {
  const budget = limits.budget ?? 1;
  if (!(Number.isFinite(budget) && budget > 0)) throw invalid('limits.budget', budget, 'a sum of weights > 0');
  const lower = perAsset(limits.lower ?? 0, n, 'limits.lower');
  const upper = perAsset(limits.upper ?? 1, n, 'limits.upper');
  for (let i = 0; i < n; i++) {
    if (lower[i] <= upper[i]) continue;
    throw infeasible(`asset ${i}: lower bound ${lower[i]} is above upper bound ${upper[i]}`);
  }
  const { groups, turnover, tracking } = limits;
  return {
    n,
    budget,
    lower,
    upper,
    groups: groups ? checkGroups(groups, n) : null,
    turnover: turnover
      ? {
          previous: finiteNumbers(turnover.previous, n, 'limits.turnover.previous'),
          limit: notNegative(turnover.limit, 'limits.turnover.limit'),
        }
      : null,
    tracking: tracking
      ? {
          benchmark: finiteNumbers(tracking.benchmark, n, 'limits.tracking.benchmark'),
          limit: notNegative(tracking.limit, 'limits.tracking.limit'),
        }
      : null,
  };
}

function checkGroups({ names, of, lower, upper }: GroupLimits, n: number): Required<GroupLimits> {
  if (of.length !== n) throw invalid('limits.groups.of', `${of.length} values`, `one for each of ${n} assets`);
  for (let i = 0; i < n; i++) {
    if (Number.isInteger(of[i]) && of[i] >= -1 && of[i] < names.length) continue;
    throw invalid(`limits.groups.of, asset ${i}`, of[i], `an index of ${names.length} names, or -1`);
  }
  const fill = (values: Numbers | undefined, none: number, key: string) => {
    const filled = Float64Array.from(values ?? new Array<number>(names.length).fill(none));
    if (filled.length === names.length && !filled.some(Number.isNaN)) return filled;
    throw invalid(key, `[${filled.join(', ')}]`, `one number for each of ${names.length} groups`);
  };
  const low = fill(lower, Number.NEGATIVE_INFINITY, 'limits.groups.lower');
  const high = fill(upper, Number.POSITIVE_INFINITY, 'limits.groups.upper');
  for (const [g, name] of names.entries()) {
    if (low[g] > high[g]) throw infeasible(`group "${name}": at least ${low[g]} and at most ${high[g]}`);
  }
  return { names, of, lower: low, upper: high };
}

/** @throws ARGUMENT_INVALID unless there are n finite numbers */
export function finiteNumbers(values: Numbers, n: number, key: string): Float64Array {
  if (values.length !== n) throw invalid(key, `${values.length} values`, `${n}`);
  for (let i = 0; i < n; i++)
    if (!Number.isFinite(values[i])) throw invalid(`${key}[${i}]`, values[i], 'a finite number');
  return Float64Array.from(values);
}

/** @throws ARGUMENT_INVALID unless it is [n × n], finite and symmetric with variances ≥ 0 */
export function checkCovariance(covariance: Numbers, n: number): Float64Array {
  const checked = finiteNumbers(covariance, n * n, 'covariance');
  for (let i = 0; i < n; i++) {
    const variance = checked[i * n + i];
    if (variance < 0) throw invalid(`covariance[${i}, ${i}]`, variance, 'a variance ≥ 0');
    for (let j = 0; j < i; j++) {
      const [a, b] = [checked[i * n + j], checked[j * n + i]];
      const scale = Math.sqrt(variance * checked[j * n + j]);
      if (Math.abs(a - b) > 1e-9 * scale) throw invalid(`covariance[${i}, ${j}]`, a, `${b}, as across the diagonal`);
      checked[i * n + j] = checked[j * n + i] = (a + b) / 2;
    }
  }
  return checked;
}

function perAsset(value: number | Numbers, n: number, key: string): Float64Array {
  return finiteNumbers(typeof value === 'number' ? new Array<number>(n).fill(value) : value, n, key);
}

export function notNegative(value: number, key: string): number {
  if (Number.isFinite(value) && value >= 0) return value;
  throw invalid(key, value, 'a number ≥ 0');
}

export function invalid(key: string, found: unknown, expected: string): CandlenetError {
  return new CandlenetError('ARGUMENT_INVALID', `${key}: found ${String(found)}, expected ${expected}`);
}

export function infeasible(conflict: string): CandlenetError {
  return new CandlenetError(
    'PORTFOLIO_INFEASIBLE',
    `portfolio limits: found a conflict, ${conflict}; expected room for weights`,
  );
}
