import { mul } from './elementwise.js';
import { reshape } from './layout.js';
import type { Tensor } from './primitives.js';
import { type Shape, sizeOf } from './types.js';

export interface ReduceOptions {
  /** Keeps a reduced axis with length 1, so that the result broadcasts against the input. */
  readonly keepDims?: boolean;
}

const allAxes = (x: Tensor): number[] => x.shape.map((_, axis) => axis);

/** Sum over `axes`, all by default. */
export const reduceSum = (x: Tensor, axes: readonly number[] = allAxes(x), { keepDims = false }: ReduceOptions = {}) =>
  x.shape.length === 0 && axes.length === 0 ? x : x.graph.apply('reduceSum', [x], { axes, keepDims });

/** Largest value over `axes`; ties share the derivative equally. */
export const reduceMax = (x: Tensor, axes: readonly number[] = allAxes(x), { keepDims = false }: ReduceOptions = {}) =>
  x.graph.apply('reduceMax', [x], { axes, keepDims });

export const reduceMean = (x: Tensor, axes: readonly number[] = allAxes(x), options: ReduceOptions = {}): Tensor =>
  mul(reduceSum(x, axes, options), 1 / sizeOf(axes.map((axis) => x.shape[axis])));

/** Sums `x` down to a shape that broadcasts to its own: the derivative of broadcasting. */
export function sumTo(x: Tensor, shape: Shape): Tensor {
  const lead = x.shape.length - shape.length;
  const axes = allAxes(x).filter((axis) => axis < lead || (shape[axis - lead] === 1 && x.shape[axis] !== 1));
  return reshape(axes.length === 0 ? x : reduceSum(x, axes), shape);
}

/** Probabilities over the last axis. */
export const softmax = (x: Tensor): Tensor => x.graph.apply('softmax', [x], {});
export const logSoftmax = (x: Tensor): Tensor => x.graph.apply('logSoftmax', [x], {});
