import { normalQuantile } from '../../stats/index.js';
import type { Rng } from '../../util/index.js';
import { minimiseWithin } from './bounded.js';
import { randomPoint } from './designs.js';
import type { Embedding } from './embedding.js';
import { logExpectedImprovement, slopedLogImprovement } from './expected-improvement.js';
import type { GaussianProcess } from './gaussian-process.js';
import { gridPoint, type SearchPoint, type SearchSpace, samePoint, shareAt, spaceSize, valueAt } from './space.js';

/** Points at which the improvement is computed before any is climbed from. */
const CANDIDATES = 1000;
const CLIMBS = 5;
const MAX_ITERATIONS = 50;
/** Spaces of no more points than this are looked through whole. */
const WHOLE = 2000;

interface Candidate {
  readonly point: SearchPoint;
  readonly value: number;
}

export interface Improvement {
  readonly space: SearchSpace;
  readonly embedding: Embedding;
  readonly process: GaussianProcess;
  /** The lowest value believed of any point evaluated. */
  readonly best: number;
  /** Points that need no second evaluation. */
  readonly taken: readonly SearchPoint[];
  /** Good points, near which to look closely, best first. */
  readonly leaders: readonly SearchPoint[];
}

/**
 * The point of highest expected improvement that has not been taken: the best of many drawn anywhere and around the leaders,
 * climbed from along the numeric dimensions by L-BFGS. Null where none is left.
 */
export function maximiseImprovement(search: Improvement, rng: Rng): SearchPoint | null {
  const { space, embedding, process, best, taken } = search;
  const isNew = (point: SearchPoint) => !taken.some((other) => samePoint(point, other));
  const valued = (point: SearchPoint): Candidate => ({
    point,
    value: logExpectedImprovement(process.at(embedding.embed(point)), best),
  });
  const whole = spaceSize(space) <= WHOLE;
  const points = whole ? wholeSpace(space) : drawCandidates(search, rng);
  const candidates = points
    .filter(isNew)
    .map(valued)
    .sort((a, b) => b.value - a.value);
  if (candidates.length === 0) return null;
  if (whole || embedding.numeric.length === 0) return candidates[0].point;
  const climbed = candidates.slice(0, CLIMBS).map(({ point }) => climb(search, point));
  return [candidates[0], ...climbed.filter(isNew).map(valued)].reduce((a, b) => (b.value > a.value ? b : a)).point;
}

const wholeSpace = (space: SearchSpace) => Array.from({ length: spaceSize(space) }, (_, i) => gridPoint(space, i));

function drawCandidates({ space, leaders }: Improvement, rng: Rng): SearchPoint[] {
  const anywhere = Array.from({ length: CANDIDATES }, () => randomPoint(space, rng));
  const around = leaders.flatMap((leader) =>
    [0.1, 0.01].flatMap((width) => Array.from({ length: CANDIDATES / 20 }, () => nearby(space, leader, width, rng))),
  );
  return [...anywhere, ...around];
}

/** A normal step in each number, and now and then another choice. */
function nearby(space: SearchSpace, leader: SearchPoint, width: number, rng: Rng): SearchPoint {
  return space.map((dimension, d) => {
    if (dimension.kind === 'choice') return rng.uniform() < width ? rng.int(dimension.values.length) : leader[d];
    const u = Math.min(1 - 1e-12, Math.max(1e-12, rng.uniform()));
    return valueAt(dimension, shareAt(dimension, leader[d]) + width * normalQuantile(u));
  });
}

function climb({ embedding, process, best }: Improvement, from: SearchPoint): SearchPoint {
  const { numeric } = embedding;
  const x = embedding.embed(from);
  const full = new Float64Array(x.length);
  const box = { low: new Float64Array(numeric.length), high: new Float64Array(numeric.length).fill(1) };
  const start = Float64Array.from(numeric, (column) => x[column]);
  const found = minimiseWithin(
    (moved, gradient) => {
      numeric.forEach((column, i) => {
        x[column] = moved[i];
      });
      const value = slopedLogImprovement(process.sloped(x), best, full);
      numeric.forEach((column, i) => {
        gradient[i] = -full[column];
      });
      return -value;
    },
    start,
    box,
    MAX_ITERATIONS,
  );
  numeric.forEach((column, i) => {
    x[column] = found.x[i];
  });
  return embedding.snap(from, x);
}
