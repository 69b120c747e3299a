import { type SearchPoint, type SearchSpace, shareAt, valueAt } from './space.js';

/** Columns that a dimension takes in the surrogate's input: a choice is one-hot, one that cannot change is none. */
const widthOf = (dimension: SearchSpace[number]): number => {
  if (dimension.kind !== 'choice') return 1;
  return dimension.values.length > 1 ? dimension.values.length : 0;
};

/** Between points of a search space and the unit cube in which a Gaussian process measures distances. */
export interface Embedding {
  readonly width: number;
  /** Columns along which a point can be moved continuously. */
  readonly numeric: readonly number[];
  embed(point: SearchPoint): Float64Array;
  /** The point whose embedding lies nearest; choices stay those of `point`. */
  snap(point: SearchPoint, embedded: Float64Array): SearchPoint;
}

export function embeddingOf(space: SearchSpace): Embedding {
  const starts: number[] = [];
  let width = 0;
  for (const dimension of space) {
    starts.push(width);
    width += widthOf(dimension);
  }
  return {
    width,
    numeric: starts.filter((_, d) => space[d].kind !== 'choice'),
    embed(point) {
      const x = new Float64Array(width);
      space.forEach((dimension, d) => {
        if (dimension.kind !== 'choice') x[starts[d]] = shareAt(dimension, point[d]);
        else if (dimension.values.length > 1) x[starts[d] + point[d]] = 1;
      });
      return x;
    },
    snap: (point, x) =>
      space.map((dimension, d) => (dimension.kind === 'choice' ? point[d] : valueAt(dimension, x[starts[d]]))),
  };
}
