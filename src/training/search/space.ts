import { CandlenetError } from '../../util/index.js';

/** A real number, searched evenly or evenly in its logarithm. */
export interface FloatDimension {
  readonly kind: 'float';
  readonly name: string;
  readonly low: number;
  readonly high: number;
  readonly log: boolean;
  /** Values that a grid takes of it, both ends included. */
  readonly points: number;
}

/** low, low + step … up to high at most. */
export interface IntDimension {
  readonly kind: 'int';
  readonly name: string;
  readonly low: number;
  readonly high: number;
  readonly step: number;
  readonly log: boolean;
}

/** Values without an order. */
export interface ChoiceDimension {
  readonly kind: 'choice';
  readonly name: string;
  readonly values: readonly unknown[];
}

export type Dimension = FloatDimension | IntDimension | ChoiceDimension;
export type SearchSpace = readonly Dimension[];

/** One candidate: of each dimension the number itself, or which of the choices. */
export type SearchPoint = readonly number[];

const problem = (name: string, message: string) => new CandlenetError('CONFIG_INVALID', `${name}: ${message}`);

/** @throws CONFIG_INVALID for bounds out of order, a logarithm of what is not positive, or a dimension without a value */
export function checkSpace(space: SearchSpace): void {
  if (space.length === 0) throw problem('search space', 'found no dimension, expected at least one');
  for (const dimension of space) {
    const { name } = dimension;
    if (dimension.kind === 'choice') {
      if (dimension.values.length === 0) throw problem(name, 'found no choice, expected at least one');
      continue;
    }
    const { low, high, log } = dimension;
    if (!(low < high)) throw problem(name, `found [${low}, ${high}], expected the lower bound first`);
    if (log && !(low > 0)) throw problem(name, `found [${low}, ${high}], expected bounds above 0 for a logarithm`);
    if (dimension.kind === 'float') {
      if (!(dimension.points >= 2)) throw problem(name, `found ${dimension.points} points, expected at least 2`);
    } else if (![low, high, dimension.step].every(Number.isInteger) || dimension.step < 1) {
      throw problem(name, `found [${low}, ${high}] in steps of ${dimension.step}, expected whole numbers`);
    }
  }
}

export const intCount = ({ low, high, step }: IntDimension): number => Math.floor((high - low) / step) + 1;

/** Values of a dimension: Infinity for a real number. */
export function countOf(dimension: Dimension): number {
  if (dimension.kind === 'float') return Number.POSITIVE_INFINITY;
  return dimension.kind === 'int' ? intCount(dimension) : dimension.values.length;
}

export const spaceSize = (space: SearchSpace): number => space.reduce((size, one) => size * countOf(one), 1);

/** Where a whole number lies on the scale on which its dimension is even: each gets the same share, or its logarithm's. */
function intEdges({ low, step, log, ...rest }: IntDimension): [number, number] {
  const top = low + (intCount({ low, step, log, ...rest }) - 1) * step;
  const below = log ? Math.max(low - step / 2, low / 2) : low - step / 2;
  return [below, top + step / 2];
}

/** The value at a share of the way through a dimension, 0 … 1; of choices the index. */
export function valueAt(dimension: Dimension, share: number): number {
  const u = Math.min(1, Math.max(0, share));
  if (dimension.kind === 'choice')
    return Math.min(dimension.values.length - 1, Math.floor(u * dimension.values.length));
  const { low, high, log } = dimension;
  if (dimension.kind === 'float') {
    const value = log ? low * (high / low) ** u : low + u * (high - low);
    return Math.min(high, Math.max(low, value));
  }
  const [below, above] = intEdges(dimension);
  const value = log ? below * (above / below) ** u : below + u * (above - below);
  const i = Math.min(intCount(dimension) - 1, Math.max(0, Math.round((value - low) / dimension.step)));
  return low + i * dimension.step;
}

/** The share of the way at which a value of a numeric dimension lies; inverse of `valueAt`. */
export function shareAt(dimension: FloatDimension | IntDimension, value: number): number {
  const [low, high] = dimension.kind === 'float' ? [dimension.low, dimension.high] : intEdges(dimension);
  return dimension.log ? Math.log(value / low) / Math.log(high / low) : (value - low) / (high - low);
}

/** Every value that a grid takes of a dimension. */
function gridValues(dimension: Dimension): number[] {
  if (dimension.kind === 'choice') return dimension.values.map((_, i) => i);
  if (dimension.kind === 'int') {
    return Array.from({ length: intCount(dimension) }, (_, i) => dimension.low + i * dimension.step);
  }
  const { points } = dimension;
  return Array.from({ length: points }, (_, i) => valueAt(dimension, i / (points - 1)));
}

export const gridSize = (space: SearchSpace): number =>
  space.reduce((size, one) => size * (one.kind === 'float' ? one.points : countOf(one)), 1);

/** The i-th point of the grid; the last dimension changes fastest. */
export function gridPoint(space: SearchSpace, index: number): SearchPoint {
  const point = new Array<number>(space.length);
  let rest = index;
  for (let d = space.length - 1; d >= 0; d--) {
    const values = gridValues(space[d]);
    point[d] = values[rest % values.length];
    rest = Math.floor(rest / values.length);
  }
  return point;
}

/** What a point sets each dimension to, by name. */
export function settingsOf(space: SearchSpace, point: SearchPoint): Record<string, unknown> {
  return Object.fromEntries(
    space.map((dimension, d) => [dimension.name, dimension.kind === 'choice' ? dimension.values[point[d]] : point[d]]),
  );
}

export const samePoint = (a: SearchPoint, b: SearchPoint): boolean => a.every((value, d) => value === b[d]);
