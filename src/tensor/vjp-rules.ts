import { add, div, exp, greater, indicator, mul, neg, sub, where } from './elementwise.js';
import { broadcastTo, pad, reshape, slice, split, takeRows, transpose } from './layout.js';
import { matmul } from './matmul.js';
import type { Primitive, Tensor, TensorOf } from './primitives.js';
import { reduceSum, sumTo } from './reductions.js';
import type { Shape } from './types.js';

/**
 * From the derivative `g` of the loss by the result to the derivatives by the inputs, in order (null: none passes).
 * Each rule is a vector-Jacobian product gᵀ·∂y/∂x, written in primitives.
 */
type VjpRule<P extends Primitive> = (y: Tensor, g: Tensor, node: TensorOf<P>) => readonly (Tensor | null)[];

const keptShape = (shape: Shape, axes: readonly number[]) => shape.map((length, i) => (axes.includes(i) ? 1 : length));

/**
 * For each row of the source the rows that were read from it, one list a repetition: −1 where there are no more. The
 * sum over the lists is the derivative of taking rows, without a scatter whose order of addition is nobody's.
 */
function readersOfRows(rows: readonly number[], count: number): number[][] {
  const lists: number[][] = [new Array<number>(count).fill(-1)];
  const seen = new Array<number>(count).fill(0);
  rows.forEach((row, reader) => {
    if (row < 0) return;
    const repetition = seen[row]++;
    lists[repetition] ??= new Array<number>(count).fill(-1);
    lists[repetition][row] = reader;
  });
  return lists;
}

export const VJP_RULES: { readonly [P in Primitive]: VjpRule<P> } = {
  neg: (_, g) => [neg(g)],
  exp: (y, g) => [mul(g, y)],
  log: (_, g, { inputs: [x] }) => [div(g, x)],
  sqrt: (y, g) => [div(mul(g, 0.5), y)],
  sigmoid: (y, g) => [mul(g, sub(y, mul(y, y)))],
  tanh: (y, g) => [mul(g, sub(1, mul(y, y)))],
  relu: (y, g) => [mul(g, indicator(greater(y, 0), y))],
  stopGradient: () => [null],
  custom: (_, g, { attributes: { derivative } }) => [null, ...derivative.of(g)],
  add: (_, g, { inputs: [a, b] }) => [sumTo(g, a.shape), sumTo(g, b.shape)],
  sub: (_, g, { inputs: [a, b] }) => [sumTo(g, a.shape), neg(sumTo(g, b.shape))],
  mul: (_, g, { inputs: [a, b] }) =>
    a === b ? [mul(mul(g, 2), a), null] : [sumTo(mul(g, b), a.shape), sumTo(mul(g, a), b.shape)],
  div: (y, g, { inputs: [a, b] }) => {
    const quotient = div(g, b);
    return [sumTo(quotient, a.shape), neg(sumTo(mul(quotient, y), b.shape))];
  },
  max: (_, g, { inputs: [a, b] }) => {
    const toSecond = mul(g, indicator(greater(b, a), g));
    return [sumTo(sub(g, toSecond), a.shape), sumTo(toSecond, b.shape)];
  },
  greater: () => [null, null],
  indicator: () => [null],
  where: (_, g, { inputs: [condition, a, b] }) => [
    null,
    sumTo(where(condition, g, 0), a.shape),
    sumTo(where(condition, 0, g), b.shape),
  ],
  matmul: (_, g, { inputs: [a, b], attributes: { transA, transB } }) => [
    transA ? matmul(b, g, { transA: transB, transB: true }) : matmul(g, b, { transB: !transB }),
    transB ? matmul(g, a, { transA: true, transB: transA }) : matmul(a, g, { transA: !transA }),
  ],
  reshape: (_, g, { inputs: [x] }) => [reshape(g, x.shape)],
  transpose: (_, g, { attributes: { permutation } }) => [
    transpose(
      g,
      permutation.map((_, axis) => permutation.indexOf(axis)),
    ),
  ],
  concat: (_, g, { inputs, attributes: { axis } }) =>
    split(
      g,
      axis,
      inputs.map((input) => input.shape[axis]),
    ),
  slice: (_, g, { inputs: [x], attributes: { axis, start, length } }) => [
    pad(g, axis, start, x.shape[axis] - start - length),
  ],
  pad: (_, g, { inputs: [x], attributes: { axis, before } }) => [slice(g, axis, before, x.shape[axis])],
  broadcastTo: (_, g, { inputs: [x] }) => [sumTo(g, x.shape)],
  takeRows: (_, g, { inputs: [x], attributes: { rows } }) => [
    readersOfRows(rows, x.shape[0])
      .map((readers) => takeRows(g, readers))
      .reduce(add),
  ],
  reduceSum: (_, g, { inputs: [x], attributes: { axes } }) => [
    broadcastTo(g.shape.length === 0 ? g : reshape(g, keptShape(x.shape, axes)), x.shape),
  ],
  reduceMax: (y, g, { inputs: [x], attributes: { axes } }) => {
    const kept = keptShape(x.shape, axes);
    const attained = sub(1, indicator(greater(reshape(y, kept), x), x));
    const share = div(attained, reduceSum(attained, axes, { keepDims: true }));
    return [mul(reshape(g, kept), share)];
  },
  softmax: (y, g) => [mul(y, sub(g, reduceSum(mul(g, y), [y.shape.length - 1], { keepDims: true })))],
  logSoftmax: (y, g) => [sub(g, mul(exp(y), reduceSum(g, [y.shape.length - 1], { keepDims: true })))],
};
