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
      return isOpen(node.inputs[0].shape[node.attributes.axis]);
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

/** Throws `GRAPH_INVALID` naming the op and its line where the batch cannot stay open. */
export function requireOpenBatch(nodes: readonly Tensor[]): void {
  const node = nodes.find(fixesBatch);
  if (!node) return;
  const message = `${node.op}, built at ${node.site}: works along the batch, whose length a deployed model leaves open`;
  throw new CandlenetError('GRAPH_INVALID', message);
}
