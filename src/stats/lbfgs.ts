/** Value at `x`; writes the gradient there into `gradient`. */
export type Objective = (x: Float64Array, gradient: Float64Array) => number;

export interface LbfgsOptions {
  readonly maxIterations: number;
  /** Stops when no component of the gradient is larger. */
  readonly tolerance: number;
  readonly onIteration?: (iteration: number, value: number, largestGradient: number) => void;
}

export interface Minimum {
  readonly x: Float64Array;
  readonly value: number;
  readonly iterations: number;
  readonly converged: boolean;
}

/** Pairs of steps and gradient changes remembered. */
const MEMORY = 10;
const SUFFICIENT_DECREASE = 1e-4;
const CURVATURE = 0.9;
const MAX_TRIALS = 40;

interface Point {
  readonly x: Float64Array;
  readonly gradient: Float64Array;
  readonly value: number;
}

interface Pair {
  readonly step: Float64Array;
  readonly change: Float64Array;
  readonly rho: number;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}

function largest(values: Float64Array): number {
  let result = 0;
  for (const value of values) result = Math.max(result, Math.abs(value));
  return result;
}

const plus = (a: Float64Array, factor: number, b: Float64Array) => a.map((value, i) => value + factor * b[i]);

/** −H·gradient by the two-loop recursion (Nocedal and Wright 2006, algorithm 7.4). */
function descentDirection(gradient: Float64Array, pairs: readonly Pair[]): Float64Array {
  let direction = gradient.map((value) => -value);
  const weights = new Array<number>(pairs.length);
  for (let i = pairs.length - 1; i >= 0; i--) {
    weights[i] = pairs[i].rho * dot(pairs[i].step, direction);
    direction = plus(direction, -weights[i], pairs[i].change);
  }
  const newest = pairs.at(-1);
  if (newest) {
    const scale = 1 / (newest.rho * dot(newest.change, newest.change));
    direction = direction.map((value) => value * scale);
  }
  pairs.forEach((pair, i) => {
    direction = plus(direction, weights[i] - pair.rho * dot(pair.change, direction), pair.step);
  });
  return direction;
}

/**
 * A step that meets the Wolfe conditions, by bisection with doubling: the decrease is sufficient and the slope has
 * flattened. Null when no such step can be resolved in double precision.
 */
function wolfeStep(objective: Objective, from: Point, direction: Float64Array, initial: number): Point | null {
  const slope = dot(from.gradient, direction);
  if (!(slope < 0)) return null;
  let low = 0;
  let high = Number.POSITIVE_INFINITY;
  let length = initial;
  for (let trial = 0; trial < MAX_TRIALS; trial++) {
    const x = plus(from.x, length, direction);
    const gradient = new Float64Array(x.length);
    const value = objective(x, gradient);
    if (!(value <= from.value + SUFFICIENT_DECREASE * length * slope)) high = length;
    else if (dot(gradient, direction) < CURVATURE * slope) low = length;
    else return { x, gradient, value };
    length = high === Number.POSITIVE_INFINITY ? 2 * length : (low + high) / 2;
  }
  return null;
}

/**
 * Minimises a smooth function by limited-memory BFGS (Liu and Nocedal 1989). Deterministic. Ends unconverged at
 * `maxIterations` or where double precision allows no further decrease.
 */
export function minimise(objective: Objective, start: Float64Array, options: LbfgsOptions): Minimum {
  const gradient = new Float64Array(start.length);
  let point: Point = { x: start.slice(), gradient, value: objective(start, gradient) };
  const pairs: Pair[] = [];
  let iterations = 0;
  while (largest(point.gradient) > options.tolerance && iterations < options.maxIterations) {
    const direction = descentDirection(point.gradient, pairs);
    const initial = pairs.length > 0 ? 1 : Math.min(1, 1 / Math.sqrt(dot(point.gradient, point.gradient)));
    const next = wolfeStep(objective, point, direction, initial);
    if (!next) break;
    const step = plus(next.x, -1, point.x);
    const change = plus(next.gradient, -1, point.gradient);
    pairs.push({ step, change, rho: 1 / dot(step, change) });
    if (pairs.length > MEMORY) pairs.shift();
    point = next;
    iterations++;
    options.onIteration?.(iterations, point.value, largest(point.gradient));
  }
  return { x: point.x, value: point.value, iterations, converged: largest(point.gradient) <= options.tolerance };
}
