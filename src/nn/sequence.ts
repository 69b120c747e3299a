import { max, reshape, type Shape, slice, standardMaxPool, type Tensor, takeRows, transpose } from '../tensor/index.js';
import type { Scope } from './scope.js';

/**
 * A batch of multivariate sequences on its way through convolutions and recurrences. Where it is trained the values are
 * [steps·batch × channels], time-major: every step is a contiguous block of rows and every layer one large product.
 * Where it is deployed they are [batch, channels, steps], as the standard operators want.
 */
export interface Sequence {
  readonly value: Tensor;
  readonly batch: number;
  readonly steps: number;
  readonly channels: number;
}

/** From samples [batch, steps, channels]. */
export function sequenceOf(scope: Scope, x: Tensor): Sequence {
  const [batch, steps, channels] = x.shape;
  if (scope.mode === 'deployment') return { value: transpose(x, [0, 2, 1]), batch, steps, channels };
  const timeMajor = Array.from({ length: steps * batch }, (_, i) => (i % batch) * steps + Math.floor(i / batch));
  return { value: takeRows(reshape(x, [batch * steps, channels]), timeMajor), batch, steps, channels };
}

/** Applies an elementwise function, such as an activation. */
export const mapSequence = (sequence: Sequence, f: (x: Tensor) => Tensor): Sequence => ({
  ...sequence,
  value: f(sequence.value),
});

/** The larger of each two steps; an odd last step is dropped. Throws `GRAPH_INVALID` for fewer than two steps. */
export function maxPool2(scope: Scope, sequence: Sequence): Sequence {
  const { value, batch, channels } = sequence;
  if (scope.mode === 'deployment') {
    const pooled = standardMaxPool(value, 2);
    return { ...sequence, value: pooled, steps: pooled.shape[2] };
  }
  const steps = Math.floor(sequence.steps / 2);
  const pairs: Shape = [steps, 2, batch * channels];
  const grouped = reshape(slice(value, 0, 0, steps * 2 * batch), pairs);
  const larger = max(slice(grouped, 1, 0, 1), slice(grouped, 1, 1, 1));
  return { ...sequence, value: reshape(larger, [steps * batch, channels]), steps };
}
