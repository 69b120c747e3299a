import {
  add,
  div,
  mul,
  reduceMean,
  reduceSum,
  sqrt,
  square,
  standardBatchNorm,
  sub,
  type Tensor,
  withDerivative,
} from '../tensor/index.js';
import { CandlenetError } from '../util/index.js';
import type { Scope } from './scope.js';
import type { Sequence } from './sequence.js';

/** A single value has no variance. */
const MORE_VALUES = 'a larger batch for each worker, or a longer window';

export interface BatchNormOptions {
  readonly epsilon?: number;
  /** Weight of the newest batch in the running statistics. */
  readonly momentum?: number;
}

/**
 * Batch normalisation (Ioffe & Szegedy 2015) of each channel over batch and time, with PyTorch's conventions: the batch
 * is normalised by its biased variance, the running variance is made of unbiased ones. Throws `CONFIG_INVALID` for a batch
 * of one value a channel.
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
    if (count < 2) {
      const found = `batch norm over ${batch} sample of ${steps} step`;
      throw new CandlenetError('CONFIG_INVALID', `${found}; expected two values a channel or more: ${MORE_VALUES}`);
    }
    const batchMean = reduceMean(value, [0]);
    const centred = sub(value, batchMean);
    const batchVariance = reduceMean(square(centred), [0]);
    running('mean', 0, batchMean);
    running('variance', 1, mul(batchVariance, count / (count - 1)));
    const deviation = sqrt(add(batchVariance, epsilon));
    const factor = div(scale, deviation);
    const result = withDerivative('batchNorm', add(mul(centred, factor), shift), [value, scale, shift], (g) => {
      // Ioffe & Szegedy 2015, section 3, the sums over the batch gathered: ∂/∂x = γ/σ · (g − mean g − x̂ · mean(g·x̂)).
      const byShift = reduceSum(g, [0]);
      const byScale = div(reduceSum(mul(g, centred), [0]), deviation);
      const slope = div(mul(byScale, -1 / count), deviation);
      const inner = sub(g, mul(byShift, 1 / count));
      return [mul(add(inner, mul(centred, slope)), factor), byScale, byShift];
    });
    return { ...sequence, value: result };
  }
  const mean = running('mean', 0, null)!;
  const variance = running('variance', 1, null)!;
  if (scope.mode === 'deployment') {
    return { ...sequence, value: standardBatchNorm(value, { scale, shift, mean, variance }, epsilon) };
  }
  const factor = div(scale, sqrt(add(variance, epsilon)));
  return { ...sequence, value: add(mul(sub(value, mean), factor), shift) };
}
