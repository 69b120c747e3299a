import { reshape } from './layout.js';
import type { Tensor } from './primitives.js';

/** The layers of a deployed model; shapes in `StandardSignatures`. They have no derivative. */
export const standardConv1d = (x: Tensor, kernel: Tensor, bias: Tensor | null): Tensor =>
  x.graph.apply('conv1d', bias ? [x, kernel, bias] : [x, kernel], {});

export interface NormStatistics {
  readonly scale: Tensor;
  readonly shift: Tensor;
  readonly mean: Tensor;
  readonly variance: Tensor;
}

export const standardBatchNorm = (x: Tensor, { scale, shift, mean, variance }: NormStatistics, epsilon: number) =>
  x.graph.apply('batchNorm', [x, scale, shift, mean, variance], { epsilon });

export const standardMaxPool = (x: Tensor, size: number): Tensor => x.graph.apply('maxPool', [x], { size });

/** The last state, [B,H]. */
export function standardLstm(x: Tensor, w: Tensor, r: Tensor, bias: Tensor): Tensor {
  const hidden = r.shape[r.shape.length - 1];
  return reshape(x.graph.apply('lstm', [x, w, r, bias], { hidden }), [x.shape[1], hidden]);
}
