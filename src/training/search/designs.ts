import { type Rng, shuffle } from '../../util/index.js';
import { type SearchPoint, type SearchSpace, valueAt } from './space.js';

export const randomPoint = (space: SearchSpace, rng: Rng): SearchPoint =>
  space.map((dimension) => valueAt(dimension, rng.uniform()));

/** Draws of which the most even is kept. */
const DRAWS = 20;

/**
 * A Latin hypercube (McKay, Beckman & Conover 1979): every dimension is cut into `count` strips and each strip has one
 * point. Of several draws the one whose two nearest points lie farthest apart (maximin; Johnson, Moore & Ylvisaker 1990).
 */
export function latinHypercube(space: SearchSpace, count: number, rng: Rng): SearchPoint[] {
  let best: Float64Array[] = [];
  let widest = -1;
  for (let draw = 0; draw < DRAWS; draw++) {
    const columns = space.map(() =>
      shuffle(
        Float64Array.from({ length: count }, (_, i) => i),
        rng,
      ),
    );
    const shares = Array.from({ length: count }, (_, i) =>
      Float64Array.from(columns, (column) => (column[i] + rng.uniform()) / count),
    );
    const gap = nearestGap(shares);
    if (gap <= widest) continue;
    widest = gap;
    best = shares;
  }
  return best.map((share) => space.map((dimension, d) => valueAt(dimension, share[d])));
}

function nearestGap(points: readonly Float64Array[]): number {
  let least = Number.POSITIVE_INFINITY;
  for (let a = 1; a < points.length; a++) {
    for (let b = 0; b < a; b++) {
      const squared = points[a].reduce((sum, value, d) => sum + (value - points[b][d]) ** 2, 0);
      least = Math.min(least, squared);
    }
  }
  return least;
}
