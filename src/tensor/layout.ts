import { CandlenetError } from '../util/index.js';
import type { Tensor } from './primitives.js';
import { callSite } from './site.js';
import { formatType, type Shape, sameShape } from './types.js';

/** The same values in row-major order under another shape of the same size. */
export function reshape(x: Tensor, shape: Shape): Tensor {
  x.graph.check('reshape', [x], { shape });
  if (sameShape(x.shape, shape)) return x;
  // One number everywhere has no order to keep.
  if (x.op === 'broadcastTo' && x.inputs[0].op === 'constant') return broadcastTo(x.inputs[0], shape);
  return x.op === 'reshape' ? reshape(x.inputs[0], shape) : x.graph.apply('reshape', [x], { shape });
}

/** Axis i of the result is axis `permutation[i]` of `x`; reverses the axes if none is given. */
export function transpose(x: Tensor, permutation: readonly number[] = x.shape.map((_, i) => i).reverse()): Tensor {
  x.graph.check('transpose', [x], { permutation });
  if (permutation.every((axis, i) => axis === i)) return x;
  if (x.op === 'transpose') {
    const inner = x.attributes.permutation;
    return transpose(
      x.inputs[0],
      permutation.map((axis) => inner[axis]),
    );
  }
  return x.graph.apply('transpose', [x], { permutation });
}

export function concat(parts: readonly Tensor[], axis: number): Tensor {
  if (parts.length === 0) throw new CandlenetError('GRAPH_INVALID', `concat(), built at ${callSite()}: of nothing`);
  const [{ graph }] = parts;
  graph.check('concat', parts, { axis });
  return parts.length === 1 ? parts[0] : graph.apply('concat', parts, { axis });
}

/** `length` entries of one axis from `start`. */
export function slice(x: Tensor, axis: number, start: number, length: number): Tensor {
  x.graph.check('slice', [x], { axis, start, length });
  if (start === 0 && length === x.shape[axis]) return x;
  return x.graph.apply('slice', [x], { axis, start, length });
}

/** Consecutive pieces of the given lengths along one axis, which they must add up to. */
export function split(x: Tensor, axis: number, lengths: readonly number[]): Tensor[] {
  const total = lengths.reduce((sum, length) => sum + length, 0);
  if (total !== x.shape[axis]) {
    const problem = `[${lengths}] do not add up to axis ${axis}`;
    throw new CandlenetError('GRAPH_INVALID', `split(${formatType(x)}), built at ${callSite()}: ${problem}`);
  }
  let start = 0;
  return lengths.map((length) => {
    const piece = slice(x, axis, start, length);
    start += length;
    return piece;
  });
}

/** Zeros before and after, along one axis. */
export function pad(x: Tensor, axis: number, before: number, after: number): Tensor {
  x.graph.check('pad', [x], { axis, before, after });
  return before === 0 && after === 0 ? x : x.graph.apply('pad', [x], { axis, before, after });
}

/** The rows of x [R,C] by their numbers, in any order and number; −1 is a row of zeros. */
export function takeRows(x: Tensor, rows: readonly number[]): Tensor {
  x.graph.check('takeRows', [x], { rows });
  if (x.op !== 'takeRows') return x.graph.apply('takeRows', [x], { rows });
  const inner = x.attributes.rows;
  return takeRows(
    x.inputs[0],
    rows.map((row) => (row < 0 ? -1 : inner[row])),
  );
}

/** One number everywhere, in the number type of `like` and by default its shape. */
export const filledLike = (like: Tensor, value: number, shape: Shape = like.shape): Tensor =>
  broadcastTo(like.graph.constant(value, like.dtype === 'float64' ? 'float64' : 'float32'), shape);

/** Stretched to `shape` as NumPy broadcasts. */
export function broadcastTo(x: Tensor, shape: Shape): Tensor {
  x.graph.check('broadcastTo', [x], { shape });
  if (sameShape(x.shape, shape)) return x;
  return x.op === 'broadcastTo' ? broadcastTo(x.inputs[0], shape) : x.graph.apply('broadcastTo', [x], { shape });
}
