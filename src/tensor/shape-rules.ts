import type { Op, Signatures } from './primitives.js';
import { type DType, type Shape, sameShape, sizeOf, type TensorType } from './types.js';

/** The type of the result, or in words what is wrong. */
type ShapeRule<P extends Op> = (
  inputs: Signatures[P]['inputs'],
  attributes: Signatures[P]['attributes'],
) => TensorType | string;

/** NumPy's broadcasting: axes aligned from the right, 1 stretches. Null where the shapes do not fit. */
export function broadcastShapes(...shapes: readonly Shape[]): Shape | null {
  const rank = Math.max(...shapes.map((shape) => shape.length));
  const result = new Array<number>(rank).fill(1);
  for (const shape of shapes) {
    for (let i = 0; i < shape.length; i++) {
      const axis = rank - shape.length + i;
      if (shape[i] === 1) continue;
      if (result[axis] !== 1 && result[axis] !== shape[i]) return null;
      result[axis] = shape[i];
    }
  }
  return result;
}

/** Whether `from` stretches to exactly `to`. */
export function broadcastable(from: Shape, to: Shape): boolean {
  const result = broadcastShapes(from, to);
  return result !== null && sameShape(result, to);
}

const isFloat = (dtype: DType) => dtype !== 'bool';
const isAxis = (axis: number, shape: Shape) => Number.isInteger(axis) && axis >= 0 && axis < shape.length;
const isLength = (length: number) => Number.isInteger(length) && length >= 1;

function elementwise(inputs: readonly TensorType[]): TensorType | string {
  const dtype = inputs[0].dtype;
  if (!isFloat(dtype)) return 'needs numbers, not bool';
  if (inputs.some((input) => input.dtype !== dtype)) return 'mixes number types';
  const shape = broadcastShapes(...inputs.map((input) => input.shape));
  return shape ? { dtype, shape } : 'shapes do not broadcast';
}

function reduction([x]: readonly [TensorType], { axes, keepDims }: { axes: readonly number[]; keepDims: boolean }) {
  if (!isFloat(x.dtype)) return 'needs numbers, not bool';
  if (axes.length === 0 || new Set(axes).size !== axes.length || !axes.every((axis) => isAxis(axis, x.shape))) {
    return `axes [${axes}] are not distinct axes of the input`;
  }
  const shape = keepDims
    ? x.shape.map((length, axis) => (axes.includes(axis) ? 1 : length))
    : x.shape.filter((_, axis) => !axes.includes(axis));
  return { dtype: x.dtype, shape };
}

const overLastAxis = ([x]: readonly [TensorType]) =>
  x.shape.length === 0 ? 'needs at least one axis' : elementwise([x]);

const withLength = (shape: Shape, axis: number, length: number) => shape.map((l, i) => (i === axis ? length : l));

const SHAPE_RULES: { readonly [P in Op]: ShapeRule<P> } = {
  input: (_, { name, dtype, shape }) => {
    if (!/^[A-Za-z_][\w./]*$/.test(name)) return `"${name}" is not a name`;
    return shape.every(isLength) ? { dtype, shape } : `shape [${shape}] has a length below 1`;
  },
  constant: (_, { dtype }) => ({ dtype, shape: [] }),

  neg: elementwise,
  exp: elementwise,
  log: elementwise,
  sqrt: elementwise,
  sigmoid: elementwise,
  tanh: elementwise,
  relu: elementwise,
  stopGradient: elementwise,
  custom: ([value]) => value,
  add: elementwise,
  sub: elementwise,
  mul: elementwise,
  div: elementwise,
  max: elementwise,
  greater: (inputs) => {
    const type = elementwise(inputs);
    return typeof type === 'string' ? type : { dtype: 'bool', shape: type.shape };
  },
  indicator: ([condition], { dtype }) =>
    condition.dtype === 'bool' ? { dtype, shape: condition.shape } : 'the condition must be bool',
  where: ([condition, a, b]) => {
    if (condition.dtype !== 'bool') return 'the condition must be bool';
    const values = elementwise([a, b]);
    if (typeof values === 'string') return values;
    const shape = broadcastShapes(condition.shape, values.shape);
    return shape ? { dtype: values.dtype, shape } : 'shapes do not broadcast';
  },

  matmul: ([a, b], { transA, transB }) => {
    if (!isFloat(a.dtype) || a.dtype !== b.dtype) return 'needs two factors of one number type';
    const rank = a.shape.length;
    if (rank < 2 || b.shape.length !== rank) return 'factors need the same number of axes, two or more';
    const leading = a.shape.slice(0, -2);
    if (!sameShape(leading, b.shape.slice(0, -2))) return 'leading axes differ';
    const [rows, inner] = transA ? [a.shape[rank - 1], a.shape[rank - 2]] : [a.shape[rank - 2], a.shape[rank - 1]];
    const [innerB, columns] = transB ? [b.shape[rank - 1], b.shape[rank - 2]] : [b.shape[rank - 2], b.shape[rank - 1]];
    if (inner !== innerB) return `inner lengths ${inner} and ${innerB} differ`;
    return { dtype: a.dtype, shape: [...leading, rows, columns] };
  },

  reshape: ([x], { shape }) =>
    shape.every(isLength) && sizeOf(shape) === sizeOf(x.shape)
      ? { dtype: x.dtype, shape }
      : `[${shape}] does not hold ${sizeOf(x.shape)} values`,
  transpose: ([x], { permutation }) =>
    permutation.length === x.shape.length && x.shape.every((_, axis) => permutation.includes(axis))
      ? { dtype: x.dtype, shape: permutation.map((axis) => x.shape[axis]) }
      : `[${permutation}] is no permutation of its axes`,
  concat: (inputs, { axis }) => {
    if (inputs.length === 0) return 'needs at least one input';
    const first = inputs[0];
    if (!isAxis(axis, first.shape)) return `has no axis ${axis}`;
    for (const { dtype, shape } of inputs) {
      if (dtype !== first.dtype) return 'mixes number types';
      if (!sameShape(withLength(shape, axis, 1), withLength(first.shape, axis, 1))) {
        return `lengths differ off axis ${axis}`;
      }
    }
    const total = inputs.reduce((sum, { shape }) => sum + shape[axis], 0);
    return { dtype: first.dtype, shape: withLength(first.shape, axis, total) };
  },
  slice: ([x], { axis, start, length }) => {
    if (!isAxis(axis, x.shape)) return `has no axis ${axis}`;
    if (!Number.isInteger(start) || start < 0 || !isLength(length) || start + length > x.shape[axis]) {
      return `[${start}, ${start + length}) is not inside axis ${axis} of length ${x.shape[axis]}`;
    }
    return { dtype: x.dtype, shape: withLength(x.shape, axis, length) };
  },
  pad: ([x], { axis, before, after }) => {
    if (!isAxis(axis, x.shape)) return `has no axis ${axis}`;
    if (![before, after].every((n) => Number.isInteger(n) && n >= 0)) return `cannot pad by ${before} and ${after}`;
    return { dtype: x.dtype, shape: withLength(x.shape, axis, before + x.shape[axis] + after) };
  },
  broadcastTo: ([x], { shape }) =>
    broadcastable(x.shape, shape) ? { dtype: x.dtype, shape } : `does not broadcast to [${shape}]`,
  takeRows: ([x], { rows }) => {
    if (x.shape.length !== 2) return 'needs x [R,C]';
    if (rows.length === 0) return 'takes no rows';
    const wrong = rows.findIndex((row) => !Number.isInteger(row) || row < -1 || row >= x.shape[0]);
    if (wrong >= 0) return `there is no row ${rows[wrong]} among ${x.shape[0]}`;
    return { dtype: x.dtype, shape: [rows.length, x.shape[1]] };
  },
  reduceSum: reduction,
  reduceMax: reduction,
  softmax: overLastAxis,
  logSoftmax: overLastAxis,

  conv1d: ([x, kernel, bias]) => {
    if (x.shape.length !== 3 || kernel.shape.length !== 3) return 'needs x [B,C,T] and kernel [F,C,k]';
    const [batch, channels, steps] = x.shape;
    const [filters, kernelChannels] = kernel.shape;
    if (kernelChannels !== channels) return `kernel expects ${kernelChannels} channels, x has ${channels}`;
    if (bias && !sameShape(bias.shape, [filters])) return `bias must be [${filters}]`;
    return { dtype: x.dtype, shape: [batch, filters, steps] };
  },
  batchNorm: ([x, ...vectors]) => {
    if (x.shape.length !== 3) return 'needs x [B,C,T]';
    return vectors.every(({ shape }) => sameShape(shape, [x.shape[1]])) ? x : `needs four vectors [${x.shape[1]}]`;
  },
  maxPool: ([x], { size }) => {
    if (x.shape.length !== 3) return 'needs x [B,C,T]';
    const steps = Math.floor(x.shape[2] / size);
    return steps >= 1 ? { dtype: x.dtype, shape: [x.shape[0], x.shape[1], steps] } : `cannot pool ${x.shape[2]} steps`;
  },
  lstm: ([x, w, r, bias], { hidden }) => {
    if (x.shape.length !== 3) return 'needs x [T,B,C]';
    const [, batch, channels] = x.shape;
    if (!sameShape(w.shape, [1, 4 * hidden, channels])) return `W must be [1,${4 * hidden},${channels}]`;
    if (!sameShape(r.shape, [1, 4 * hidden, hidden])) return `R must be [1,${4 * hidden},${hidden}]`;
    if (!sameShape(bias.shape, [1, 8 * hidden])) return `bias must be [1,${8 * hidden}]`;
    return { dtype: x.dtype, shape: [1, batch, hidden] };
  },
};

/** The type that an op gives, or in words why its inputs do not fit. */
export const inferType = <P extends Op>(
  op: P,
  inputs: Signatures[P]['inputs'],
  attributes: Signatures[P]['attributes'],
): TensorType | string => SHAPE_RULES[op](inputs, attributes);
