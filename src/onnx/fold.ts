import { sizeOf, type Tensor } from '../tensor/index.js';

/** Stored values of a parameter, and what moving them about gives: known when the model is written. */
export type Values = Float32Array;

/** Element of the input that each element of the result is, −1 for a zero; null if the op does arithmetic. */
function sourceIndex(node: Tensor): ((index: number) => number) | null {
  if (node.op === 'reshape') return (index) => index;
  if (node.op !== 'transpose' && node.op !== 'pad') return null;
  const from: readonly number[] = node.inputs[0].shape;
  const to = node.shape;
  return (index) => {
    const at = new Array<number>(to.length);
    for (let axis = to.length - 1, rest = index; axis >= 0; axis--) {
      at[axis] = rest % to[axis];
      rest = Math.floor(rest / to[axis]);
    }
    const source = new Array<number>(from.length);
    if (node.op === 'transpose') {
      node.attributes.permutation.forEach((axis, i) => {
        source[axis] = at[i];
      });
    } else {
      at.forEach((position, axis) => {
        source[axis] = axis === node.attributes.axis ? position - node.attributes.before : position;
      });
    }
    if (source.some((position, axis) => position < 0 || position >= from[axis])) return -1;
    return source.reduce((offset, position, axis) => offset * from[axis] + position, 0);
  };
}

/** The value of a node that only rearranges a known one, else null. */
function fold(node: Tensor, known: ReadonlyMap<Tensor, Values>): Values | null {
  const source = node.inputs.length === 1 ? known.get(node.inputs[0]) : undefined;
  const index = source && sourceIndex(node);
  if (!source || !index) return null;
  return Float32Array.from({ length: sizeOf(node.shape) }, (_, i) => {
    const from = index(i);
    return from < 0 ? 0 : source[from];
  });
}

/** Everything known when the model is written: the stored inputs, and what only rearranges them. */
export function foldStored(nodes: readonly Tensor[], stored: ReadonlyMap<string, Values>): Map<Tensor, Values> {
  const known = new Map<Tensor, Values>();
  for (const node of nodes) {
    const values = node.op === 'input' ? stored.get(node.attributes.name) : fold(node, known);
    if (values) known.set(node, values);
  }
  return known;
}
