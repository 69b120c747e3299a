import { add, div, mul, reduceMean, sqrt, square, standardBatchNorm, sub, type Tensor } from '../tensor/index.js';
import type { Scope } from './scope.js';
import type { Sequence } from './sequence.js';

export interface BatchNormOptions {
  readonly epsilon?: number;
  /** Weight of the newest batch in the running statistics. */
  readonly momentum?: number;
}

/**
 * Batch normalisation (Ioffe & Szegedy 2015) of each channel over batch and time, with PyTorch's conventions: the batch
 * is normalised by its biased variance, the running variance is made of unbiased ones.
 */
export function batchNorm(
  scope: Scope,
  sequence: Sequence,
  { epsilon = 1e-5, momentum = 0.1 }: BatchNormOptions = {},
): Sequence {
  const { value, batch, steps, channels } = sequence;
  const scale = scope.param('scale', [channels], { kind: 'constant', value: 1 });
  const shift = scope.param('shift', [channels], { kind: 'constant', value: 0 });
  const running = (name: string, initial: number, of: Tensor | null) =>
    scope.running(name, initial, momentum, [channels], of);

  if (scope.mode === 'training') {
    const count = batch * steps;
    const batchMean = reduceMean(value, [0]);
    const centred = sub(value, batchMean);
    const batchVariance = reduceMean(square(centred), [0]);
    running('mean', 0, batchMean);
    running('variance', 1, mul(batchVariance, count / (count - 1)));
    const factor = div(scale, sqrt(add(batchVariance, epsilon)));
    return { ...sequence, value: add(mul(centred, factor), shift) };
  }
  const mean = running('mean', 0, null)!;
  const variance = running('variance', 1, null)!;
  if (scope.mode === 'deployment') {
    return { ...sequence, value: standardBatchNorm(value, { scale, shift, mean, variance }, epsilon) };
  }
  const factor = div(scale, sqrt(add(variance, epsilon)));
  return { ...sequence, value: add(mul(sub(value, mean), factor), shift) };
}
