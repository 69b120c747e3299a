import { mean, standardDeviation } from '../../stats/index.js';
import { createRng, type Rng } from '../../util/index.js';
import { latinHypercube, randomPoint } from './designs.js';
import { embeddingOf } from './embedding.js';
import { fitProcess } from './fit-process.js';
import { conditionOn, type GaussianProcess } from './gaussian-process.js';
import type { Points } from './matern.js';
import { maximiseImprovement } from './maximise-improvement.js';
import { checkSpace, gridPoint, gridSize, type SearchPoint, type SearchSpace, samePoint, spaceSize } from './space.js';

export const SEARCH_METHODS = ['grid', 'random', 'bayes'] as const;
export type SearchMethod = (typeof SEARCH_METHODS)[number];

export interface SearchPlan {
  readonly space: SearchSpace;
  readonly method: SearchMethod;
  readonly seed: number;
  /** Points of a Latin hypercube before the first model of the results; of `bayes` alone. */
  readonly initial: number;
}

export interface Evaluated {
  readonly point: SearchPoint;
  /** To be minimised; NaN where the evaluation failed. */
  readonly value: number;
}

/** Tries at a random point that was not drawn before. */
const REDRAWS = 1000;
const LEADERS = 5;

/**
 * The next points of a search, a pure function of the plan and of what was evaluated, in that order. Fewer than asked for,
 * or none, where the space holds no more.
 * @throws CONFIG_INVALID what `checkSpace` throws
 */
export function propose(plan: SearchPlan, evaluated: readonly Evaluated[], count: number): SearchPoint[] {
  const { space, method, seed, initial } = plan;
  checkSpace(space);
  const points = evaluated.map(({ point }) => point);
  const proposed: SearchPoint[] = [];
  for (let k = 0; k < count; k++) {
    const index = points.length + k;
    const known = [...points, ...proposed];
    const rng = createRng(seed, 'search', method, index);
    let next: SearchPoint | null;
    if (method === 'grid') next = index < gridSize(space) ? gridPoint(space, index) : null;
    else if (method === 'random') next = newPoint(space, known, rng);
    else if (index < initial) next = initialPoint(plan, known, rng);
    else next = improvingPoint(plan, evaluated, proposed, rng);
    if (next === null) break;
    proposed.push(next);
  }
  return proposed;
}

function newPoint(space: SearchSpace, known: readonly SearchPoint[], rng: Rng): SearchPoint | null {
  const isNew = (point: SearchPoint) => !known.some((other) => samePoint(point, other));
  for (let i = 0; i < REDRAWS; i++) {
    const point = randomPoint(space, rng);
    if (isNew(point)) return point;
  }
  // A small space, nearly used up.
  const size = spaceSize(space);
  if (size > REDRAWS) return null;
  return Array.from({ length: size }, (_, i) => gridPoint(space, i)).find(isNew) ?? null;
}

function initialPoint({ space, seed, initial }: SearchPlan, known: readonly SearchPoint[], rng: Rng) {
  const design = latinHypercube(space, initial, createRng(seed, 'search', 'initial design'));
  const point = design[known.length];
  return known.some((other) => samePoint(point, other)) ? newPoint(space, known, rng) : point;
}

/**
 * Highest expected improvement under a Gaussian process. Points proposed and not evaluated yet are taken to have given the best
 * value so far (constant liar; Ginsbourger, Le Riche & Carraro 2010), which keeps the next away from them.
 */
function improvingPoint(
  { space }: SearchPlan,
  evaluated: readonly Evaluated[],
  pending: readonly SearchPoint[],
  rng: Rng,
): SearchPoint | null {
  const known = [...evaluated.map(({ point }) => point), ...pending];
  const values = evaluated.map(({ value }) => value).filter((value) => Number.isFinite(value));
  if (values.length < 2) return newPoint(space, known, rng);
  const [best, worst] = [Math.min(...values), Math.max(...values)];
  // A failure tells that the place is bad, not by how much.
  const told = evaluated.map(({ value }) => (Number.isFinite(value) ? value : worst));
  const centre = mean(told);
  const scale = standardDeviation(told) || 1;
  const standardised = Float64Array.from(told, (value) => (value - centre) / scale);

  const embedding = embeddingOf(space);
  const embedded = known.map((point) => embedding.embed(point));
  const fitted = fitProcess(rowsOf(embedded.slice(0, evaluated.length), embedding.width), standardised, rng);
  const lies = pending.map(() => (best - centre) / scale);
  const process =
    pending.length === 0
      ? fitted
      : conditionOn(rowsOf(embedded, embedding.width), Float64Array.of(...standardised, ...lies), fitted.hyper);
  const ranked = evaluated.map((_, i) => i).sort((a, b) => told[a] - told[b]);
  const search = {
    ...{ space, embedding, process },
    best: lowestBelief(process, embedded),
    taken: known,
    leaders: ranked.slice(0, LEADERS).map((i) => evaluated[i].point),
  };
  return maximiseImprovement(search, rng);
}

/** With noise the lowest observation is partly luck; what is believed of the points is not (Vazquez et al. 2008). */
const lowestBelief = (process: GaussianProcess, points: readonly Float64Array[]) =>
  Math.min(...points.map((x) => process.at(x).mean));

function rowsOf(rows: readonly Float64Array[], width: number): Points {
  const values = new Float64Array(rows.length * width);
  rows.forEach((row, i) => {
    values.set(row, i * width);
  });
  return { values, count: rows.length, width };
}
