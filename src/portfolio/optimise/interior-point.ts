import { addProduct, addRow, type ConvexProgram, type ConvexSolution, rowTimes } from './convex-program.js';
import { NewtonSystem } from './newton-system.js';

const MAX_ITERATIONS = 80;
/** Scaled KKT residual at which the iteration stops, and the largest that still counts as solved. */
const ENOUGH = 1e-13;
export const SOLVED = 1e-7;
/** Iterations without a better residual after which rounding, not the path, sets the pace. */
const PATIENCE = 12;

/** A step shorter than this has met a boundary that the second-order term drove it to: plain centring leads away. */
const JAMMED = 0.1;
const CENTRING = 0.8;

interface Direction {
  readonly dx: Float64Array;
  readonly dNu: Float64Array;
  readonly dSlack: Float64Array;
  readonly dDual: Float64Array;
}

/**
 * Mehrotra's predictor-corrector primal-dual interior-point method (Nocedal & Wright 2006, algorithm 16.4), from any
 * start, with slacks for the quadratic row too (their section 19.3). Objective and quadratic row are scaled to entries
 * of order one first, so that daily covariances of 1e-4 are solved as exactly as annual ones.
 */
export function solveConvexProgram(program: ConvexProgram): ConvexSolution {
  const { scaled, cost, row } = scale(withLogRows(program));
  const found = iterate(scaled);
  return {
    ...found,
    equalDuals: found.equalDuals.map((dual) => dual * cost),
    atMostDuals: found.atMostDuals.slice(0, program.atMost.length).map((dual) => dual * cost),
    quadraticDual: (found.quadraticDual * cost) / row,
  };
}

/**
 * −b ln x is the barrier of x ≥ 0 held at b: a row whose slack and multiplier are to have the product b instead of 0, which
 * keeps the primal-dual steps that a second derivative of the logarithm would lose.
 */
function withLogRows(program: ConvexProgram): ConvexProgram {
  const logWeights = program.logWeights;
  if (!logWeights) return program;
  const rows = [...logWeights.keys()]
    .filter((i) => logWeights[i] > 0)
    .map((i) => ({ index: [i], value: [-1], bound: 0 }));
  return { ...program, atMost: [...program.atMost, ...rows] };
}

function scale(program: ConvexProgram): { scaled: ConvexProgram; cost: number; row: number } {
  const { hessian, linear, logWeights, quadratic } = program;
  const cost = Math.max(largest(hessian), largest(linear), largest(logWeights ?? null)) || 1;
  const row = quadratic ? largest(quadratic.matrix) || 1 : 1;
  const scaled: ConvexProgram = {
    ...program,
    hessian: hessian?.map((value) => value / cost) ?? null,
    linear: linear.map((value) => value / cost),
    ...(logWeights && { logWeights: logWeights.map((value) => value / cost) }),
    ...(quadratic && {
      quadratic: {
        ...quadratic,
        matrix: quadratic.matrix.map((value) => value / row),
        bound: quadratic.bound / row,
      },
    }),
  };
  return { scaled, cost, row };
}

function largest(values: Float64Array | null): number {
  return values?.reduce((max, value) => Math.max(max, Math.abs(value)), 0) ?? 0;
}

function iterate(program: ConvexProgram): ConvexSolution {
  const { dense, equal, atMost, quadratic, logWeights } = program;
  const system = new NewtonSystem(program);
  const rows = atMost.length;
  const cones = rows + (quadratic ? 1 : 0);
  const x = Float64Array.from(program.start);
  const nu = new Float64Array(equal.length);
  const slack = new Float64Array(cones);
  const dual = new Float64Array(cones);
  // Products of slack and multiplier at the solution: b of the logarithms, 0 of true inequalities.
  const product = new Float64Array(cones);
  const logs = [...(logWeights ?? [])].filter((b) => b > 0);
  product.set(logs, rows - logs.length);
  const inequalities = cones - logs.length;
  const least = 1 / Math.max(10, x.length);
  const excess = (r: number) => (r < rows ? rowTimes(atMost[r], x) - atMost[r].bound : quadraticExcess(program, x));
  for (let r = 0; r < cones; r++) {
    slack[r] = Math.max(-excess(r), least);
    dual[r] = product[r] > 0 ? product[r] / slack[r] : least / Math.sqrt(slack[r]);
  }

  let best: ConvexSolution | null = null;
  for (let iteration = 0; iteration < MAX_ITERATIONS; iteration++) {
    const gradient = quadratic ? quadraticGradient(program, x) : null;
    const stationarity = objectiveGradient(program, x);
    for (const [r, row] of equal.entries()) addRow(row, nu[r], stationarity);
    for (const [r, row] of atMost.entries()) addRow(row, dual[r], stationarity);
    if (gradient) for (let i = 0; i < dense; i++) stationarity[i] += dual[rows] * gradient[i];
    const balance = Float64Array.from(equal, (row) => rowTimes(row, x) - row.bound);
    const violation = Float64Array.from(slack, (value, r) => excess(r) + value);
    const excessProduct = Float64Array.from(slack, (value, r) => value * dual[r] - product[r]);
    let gap = 0;
    for (let r = 0; r < cones; r++) if (product[r] === 0) gap += excessProduct[r];
    const mu = inequalities === 0 ? 0 : gap / inequalities;
    const residual = Math.max(largest(stationarity), largest(balance), largest(violation), largest(excessProduct));
    if (!Number.isFinite(residual)) break;
    if (best === null || residual < best.residual) {
      best = {
        x: Float64Array.from(x),
        equalDuals: Float64Array.from(nu),
        atMostDuals: dual.slice(0, rows),
        quadraticDual: quadratic ? dual[rows] : 0,
        iterations: iteration,
        residual,
      };
    }
    if (residual <= ENOUGH || (best.residual <= SOLVED && iteration - best.iterations >= PATIENCE)) break;

    system.update({ slack, dual, gradient });
    const direction = (complementarity: Float64Array): Direction => {
      const dx = stationarity.map((value) => -value);
      const dz = new Float64Array(equal.length + system.wide.length + (quadratic ? 1 : 0));
      for (let r = 0; r < equal.length; r++) dz[r] = -balance[r];
      const borderOf = new Map(system.wide.map((r, b) => [r, equal.length + b]));
      if (quadratic) borderOf.set(rows, dz.length - 1);
      for (let r = 0; r < cones; r++) {
        const b = borderOf.get(r);
        if (b !== undefined) dz[b] = -violation[r] + complementarity[r] / dual[r];
        else addRow(atMost[r], -(dual[r] * violation[r] - complementarity[r]) / slack[r], dx);
      }
      system.solve(dx, dz);
      const dSlack = new Float64Array(cones);
      const dDual = new Float64Array(cones);
      for (let r = 0; r < cones; r++) {
        dSlack[r] = -violation[r] - (r < rows ? rowTimes(atMost[r], dx) : leading(gradient!, dx, dense));
        const b = borderOf.get(r);
        dDual[r] = b === undefined ? (-complementarity[r] - dual[r] * dSlack[r]) / slack[r] : dz[b];
      }
      return { dx, dNu: dz.subarray(0, equal.length), dSlack, dDual };
    };

    const predictor = direction(excessProduct);
    const reach = Math.min(longest(slack, predictor.dSlack), longest(dual, predictor.dDual));
    let after = 0;
    for (let r = 0; r < cones; r++) {
      if (product[r] === 0) after += (slack[r] + reach * predictor.dSlack[r]) * (dual[r] + reach * predictor.dDual[r]);
    }
    const sigma = inequalities === 0 || mu === 0 ? 0 : (after / inequalities / mu) ** 3;
    const reachOf = (d: Direction) => Math.min(longest(slack, d.dSlack), longest(dual, d.dDual));
    let chosen = direction(
      excessProduct.map(
        (value, r) => value + predictor.dSlack[r] * predictor.dDual[r] - (product[r] > 0 ? 0 : sigma * mu),
      ),
    );
    let step = reachOf(chosen);
    if (step < JAMMED) {
      const centring = direction(excessProduct.map((value, r) => value - (product[r] > 0 ? 0 : CENTRING * mu)));
      const safer = reachOf(centring);
      if (safer > step) [chosen, step] = [centring, safer];
    }
    step = Math.min(1, 0.995 * step);
    for (let i = 0; i < x.length; i++) x[i] += step * chosen.dx[i];
    for (let i = 0; i < nu.length; i++) nu[i] += step * chosen.dNu[i];
    for (let r = 0; r < cones; r++) {
      slack[r] += step * chosen.dSlack[r];
      dual[r] += step * chosen.dDual[r];
    }
  }
  const x0 = Float64Array.from(program.start);
  const none = new Float64Array(0);
  return best ?? { x: x0, equalDuals: none, atMostDuals: none, quadraticDual: 0, iterations: 0, residual: Infinity };
}

function objectiveGradient({ dense, hessian, linear }: ConvexProgram, x: Float64Array): Float64Array {
  const gradient = Float64Array.from(linear);
  if (hessian) addProduct(hessian, dense, x, 1, gradient);
  return gradient;
}

function quadraticGradient({ dense, quadratic }: ConvexProgram, x: Float64Array): Float64Array {
  const gradient = new Float64Array(dense);
  const away = Float64Array.from({ length: dense }, (_, i) => x[i] - quadratic!.centre[i]);
  addProduct(quadratic!.matrix, dense, away, 1, gradient);
  return gradient;
}

function quadraticExcess(program: ConvexProgram, x: Float64Array): number {
  const gradient = quadraticGradient(program, x);
  let sum = 0;
  for (let i = 0; i < gradient.length; i++) sum += (gradient[i] * (x[i] - program.quadratic!.centre[i])) / 2;
  return sum - program.quadratic!.bound;
}

/** Largest step, at most 1 / 0.995, that keeps every value ≥ 0. */
function longest(values: Float64Array, change: Float64Array): number {
  let step = 1 / 0.995;
  for (let i = 0; i < values.length; i++) if (change[i] < 0) step = Math.min(step, -values[i] / change[i]);
  return step;
}

function leading(a: Float64Array, b: Float64Array, length: number): number {
  let sum = 0;
  for (let i = 0; i < length; i++) sum += a[i] * b[i];
  return sum;
}
