import type { Tensor } from '../tensor/index.js';
import { CandlenetError } from '../util/index.js';

/**
 * A deployed model takes any number of samples. Its graph is built for a batch of this many, a prime, so that a length is
 * a multiple of it only if it comes from the batch; such lengths are left open when the model is written.
 */
export const OPEN_BATCH = 1_000_003;

const isOpen = (length: number): boolean => length % OPEN_BATCH === 0;

/** Lengths as other programs see them: numbers, or `batch` where left open. */
export const openLengths = (shape: readonly number[]): (number | string)[] =>
  shape.map((length) => {
    if (!isOpen(length)) return length;
    return length === OPEN_BATCH ? 'batch' : `batch_x${length / OPEN_BATCH}`;
  });

/** A shape for ONNX's Reshape, which infers one length: −1. */
export const inferredShape = (shape: readonly number[]): number[] =>
  shape.map((length) => (isOpen(length) ? -1 : length));

/** Whether an op would write the length of the batch into the model, or mix its samples. */
function fixesBatch(node: Tensor): boolean {
  switch (node.op) {
    case 'broadcastTo':
      return node.shape.some(isOpen);
    case 'takeRows':
      return isOpen(node.inputs[0].shape[0]);
    case 'slice':
    case 'pad':
    case 'concat':
      return isOpen(node.inputs[0].shape[node.attributes.axis]);
    case 'softmax':
    case 'logSoftmax':
      return isOpen(node.shape[node.shape.length - 1]);
    case 'reduceSum':
    case 'reduceMax': {
      const { shape } = node.inputs[0];
      return node.attributes.axes.some((axis) => isOpen(shape[axis]));
    }
    case 'matmul':
      return isOpen(node.inputs[0].shape.at(node.attributes.transA ? -2 : -1)!);
    default:
      return false;
  }
}

const after = (shape: readonly number[], axis: number) => shape.slice(axis + 1).reduce((a, b) => a * b, 1);

/**
 * Where the samples lie within the axis that holds the batch: an axis of batch·k may run through the samples k steps at
 * a time (`[batch, k]` merged: k) or through all of them for each step (`[k, batch]` merged: 1). Null for a tensor
 * without samples; `mixed` where an op would take one sample's values for another's.
 */
function strideOf(node: Tensor, strides: ReadonlyMap<Tensor, number | null>): number | 'mixed' | null {
  const axis = node.shape.findIndex(isOpen);
  // What is not computed came in as it is: samples in the order of the batch.
  const strideIn = (input: Tensor) => (input.shape.some(isOpen) ? (strides.get(input) ?? 1) : null);
  const inputs = [...new Set(node.inputs.map(strideIn))].filter((stride) => stride !== null);
  if (axis < 0) return null;
  if (node.shape.findLastIndex(isOpen) !== axis || inputs.length > 1) return 'mixed';
  if (node.op !== 'reshape') return inputs[0] ?? 1;
  const [{ shape }] = node.inputs;
  const beside = inputs[0] * after(shape, shape.findIndex(isOpen));
  const stride = beside / after(node.shape, axis);
  const places = node.shape[axis] / OPEN_BATCH;
  if (!Number.isInteger(stride) || places % stride !== 0) return 'mixed';
  return stride;
}

/** `nodes` in order. Throws `GRAPH_INVALID` naming the op and its line where the batch cannot stay open. */
export function requireOpenBatch(nodes: readonly Tensor[]): void {
  const strides = new Map<Tensor, number | null>();
  for (const node of nodes) {
    const fail = (problem: string): never => {
      throw new CandlenetError('GRAPH_INVALID', `${node.op}, built at ${node.site}: ${problem}`);
    };
    if (fixesBatch(node)) fail('works along the batch, whose length a deployed model leaves open');
    const stride = strideOf(node, strides);
    if (stride === 'mixed') fail('takes one sample’s values for another’s; a deployed model leaves the batch open');
    else strides.set(node, stride);
  }
}
