import type { CandlenetError } from '../../util/index.js';
import type { LinearRow, QuadraticRow } from './convex-program.js';
import { solveConvexProgram } from './interior-point.js';
import { absoluteTrades, type NamedRows } from './limit-rows.js';
import { infeasible, type Limits } from './limits.js';

const TOLERANCE = 1e-7;

/**
 * Names limits that cannot all hold, none of which could be left out of the conflict (a deletion filter: Chinneck,
 * "Feasibility and Infeasibility in Optimization", 2008, section 6.1). Null where no conflict is found.
 */
export function explainConflict(
  named: readonly NamedRows[],
  limits: Limits,
  risk?: { readonly name: string; readonly row: QuadraticRow },
): CandlenetError | null {
  const { n, turnover } = limits;
  const violation = (rows: readonly NamedRows[]) => leastViolation(rows, n);
  if (violation(named) > TOLERANCE) {
    let kept = [...named];
    for (const limit of named) {
      const without = kept.filter((other) => other !== limit);
      if (violation(without) > TOLERANCE) kept = without;
    }
    return infeasible(kept.map((limit) => limit.name).join(' against '));
  }
  if (turnover !== null) {
    const least = leastTurnover(named, n, turnover.previous);
    if (least > turnover.limit + TOLERANCE) {
      return infeasible(
        `turnover at most ${turnover.limit} against ${least.toPrecision(6)} that the other limits need`,
      );
    }
  }
  if (risk !== undefined) {
    const least = leastRisk(named, limits, risk.row);
    const limit = Math.sqrt(2 * risk.row.bound);
    if (least > limit * (1 + 1e-6)) {
      return infeasible(
        `${risk.name} at most ${limit.toPrecision(6)} against ${least.toPrecision(6)} that the other limits need`,
      );
    }
  }
  return null;
}

/** The least τ ≥ 0 by which every row must give way for all to hold. */
function leastViolation(named: readonly NamedRows[], n: number): number {
  const relax = (row: LinearRow, sign: number): LinearRow => ({
    index: [...row.index, n],
    value: [...row.value.map((value) => sign * value), -1],
    bound: sign * row.bound,
  });
  const atMost = named.flatMap(({ equal, atMost: rows }) => [
    ...equal.flatMap((row) => [relax(row, 1), relax(row, -1)]),
    ...rows.map((row) => relax(row, 1)),
  ]);
  // A box far outside any portfolio, so that the program is bounded whatever limits are left out.
  for (let i = 0; i < n; i++) for (const sign of [1, -1]) atMost.push({ index: [i], value: [sign], bound: 10 });
  atMost.push({ index: [n], value: [-1], bound: 0 });
  const linear = new Float64Array(n + 1);
  linear[n] = 1;
  const start = new Float64Array(n + 1).fill(1 / n);
  return solveConvexProgram({ dense: n + 1, auxiliary: 0, hessian: null, linear, equal: [], atMost, start }).x[n];
}

function leastTurnover(named: readonly NamedRows[], n: number, previous: Float64Array): number {
  const { x } = solveConvexProgram({
    dense: n,
    auxiliary: n,
    hessian: null,
    linear: new Float64Array(2 * n).fill(1, n),
    equal: named.flatMap((limit) => limit.equal),
    atMost: [...named.flatMap((limit) => limit.atMost), ...absoluteTrades(previous, n)],
    start: new Float64Array(2 * n).fill(1 / n),
  });
  return x.subarray(n).reduce((sum, value) => sum + value, 0) / 2;
}

function leastRisk(named: readonly NamedRows[], { n, turnover }: Limits, { matrix, centre }: QuadraticRow): number {
  const auxiliary = turnover === null ? 0 : n;
  const linear = new Float64Array(n + auxiliary);
  for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) linear[i] -= matrix[i * n + j] * centre[j];
  const atMost = named.flatMap((limit) => limit.atMost);
  if (turnover !== null) {
    const index = Array.from({ length: n }, (_, i) => n + i);
    atMost.push(...absoluteTrades(turnover.previous, n));
    atMost.push({ index, value: index.map(() => 1), bound: 2 * turnover.limit });
  }
  const { x } = solveConvexProgram({
    dense: n,
    auxiliary,
    hessian: matrix,
    linear,
    equal: named.flatMap((limit) => limit.equal),
    atMost,
    start: new Float64Array(n + auxiliary).fill(1 / n),
  });
  let variance = 0;
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) variance += (x[i] - centre[i]) * matrix[i * n + j] * (x[j] - centre[j]);
  }
  return Math.sqrt(Math.max(0, variance));
}
