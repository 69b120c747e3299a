import { CandlenetError } from '../../util/index.js';
import type { ConvexSolution, LinearRow, QuadraticRow } from './convex-program.js';
import { explainConflict } from './explain-conflict.js';
import { SOLVED, solveConvexProgram } from './interior-point.js';
import { absoluteTrades, linearLimits, type NamedRows, turnoverRow } from './limit-rows.js';
import type { Limits } from './limits.js';

/** ½ wᵀ P w + qᵀ w over the weights, and what to hold beside the limits. */
export interface PortfolioObjective {
  readonly hessian: Float64Array | null;
  readonly linear: Float64Array;
  /** Such as a target return. */
  readonly extra?: readonly NamedRows[];
  /** Limit on a risk: the volatility, or the tracking error of `limits.tracking`, with its name for messages. */
  readonly risk?: { readonly name: string; readonly row: QuadraticRow };
  /** Cost of one unit of weight bought or sold, from `limits.turnover.previous`. Default 0. */
  readonly tradeCost?: number;
}

export interface Portfolio {
  /** Within the bounds exactly; the sum is the budget within 1e-9. */
  readonly weights: Float64Array;
  /** The solver's, with the multipliers of every row. */
  readonly solution: ConvexSolution;
}

/** @throws PORTFOLIO_INFEASIBLE naming the limits that conflict, INTERNAL where the solver fails without a conflict */
export function solvePortfolio(objective: PortfolioObjective, limits: Limits): Portfolio {
  const { n, turnover, lower, upper, budget } = limits;
  const named = [...linearLimits(limits), ...(objective.extra ?? [])];
  const equal: LinearRow[] = named.flatMap((limit) => limit.equal);
  const atMost: LinearRow[] = named.flatMap((limit) => limit.atMost);
  const auxiliary = turnover === null ? 0 : n;
  const linear = new Float64Array(n + auxiliary);
  linear.set(objective.linear);
  const start = new Float64Array(n + auxiliary).fill(budget / n);
  if (turnover !== null) {
    atMost.push(...absoluteTrades(turnover.previous, n), turnoverRow(n, n, turnover.limit));
    linear.fill(objective.tradeCost ?? 0, n);
  }
  const solution = solveConvexProgram({
    dense: n,
    auxiliary,
    hessian: objective.hessian,
    linear,
    equal,
    atMost,
    start,
    ...(objective.risk && { quadratic: objective.risk.row }),
  });
  if (solution.residual > SOLVED) {
    const conflict = explainConflict(named, limits, objective.risk);
    if (conflict !== null) throw conflict;
    throw new CandlenetError(
      'INTERNAL',
      `portfolio of ${n} assets: the solver stopped at a residual of ${solution.residual}`,
    );
  }
  const weights = Float64Array.from(lower, (low, i) => Math.min(upper[i], Math.max(low, solution.x[i])));
  return { weights, solution };
}

/** wᵀ M w. */
export function quadraticForm(matrix: Float64Array, w: Float64Array): number {
  const n = w.length;
  let total = 0;
  for (let i = 0; i < n; i++) {
    let sum = 0;
    for (let j = 0; j < n; j++) sum += matrix[i * n + j] * w[j];
    total += w[i] * sum;
  }
  return total;
}
