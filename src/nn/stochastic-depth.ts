import { mul, reshape } from '../tensor/index.js';
import { checkOptions, RATE } from './check-options.js';
import type { Scope } from './scope.js';
import type { Sequence } from './sequence.js';

/**
 * Stochastic depth (Huang et al. 2016) on a residual branch: while training, a sample's branch is left out with
 * probability `rate` and divided by 1 − rate otherwise, as torchvision.ops.StochasticDepth does in mode "row"; the
 * branch itself outside training. Throws `CONFIG_INVALID` for a rate outside [0, 1).
 */
export function stochasticDepth(scope: Scope, branch: Sequence, rate: number): Sequence {
  checkOptions('stochasticDepth', RATE, { rate });
  if (scope.mode !== 'training' || rate === 0) return branch;
  const { value, batch, steps, channels } = branch;
  const mask = scope.dropoutMask('mask', [batch, 1], 1 - rate);
  const kept = mul(reshape(value, [steps, batch, channels]), mask);
  return { ...branch, value: reshape(kept, [steps * batch, channels]) };
}
