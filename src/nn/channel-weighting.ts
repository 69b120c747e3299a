import { mul, relu, reshape, sigmoid } from '../tensor/index.js';
import { COUNT, checkOptions } from './check-options.js';
import { dense } from './dense.js';
import { globalAverage } from './global-average.js';
import type { Scope } from './scope.js';
import type { Sequence } from './sequence.js';

/**
 * Weighs each channel of a sample by a number in (0, 1) that a bottleneck of ⌊channels/reduction⌋ units, at least 1,
 * makes of all channels' means over time: the squeeze-and-excitation block (Hu, Shen & Sun 2018, section 3). Throws
 * `CONFIG_INVALID` for a reduction that is no count.
 */
export function channelWeighting(scope: Scope, sequence: Sequence, reduction: number): Sequence {
  checkOptions('channelWeighting', COUNT, { reduction });
  const { value, batch, steps, channels } = sequence;
  const units = Math.max(1, Math.floor(channels / reduction));
  const squeezed = relu(dense(scope.child('squeeze'), globalAverage(scope, sequence), units));
  const weights = sigmoid(dense(scope.child('excite'), squeezed, channels));
  if (scope.mode === 'deployment') return { ...sequence, value: mul(value, reshape(weights, [batch, channels, 1])) };
  const weighted = mul(reshape(value, [steps, batch, channels]), weights);
  return { ...sequence, value: reshape(weighted, [steps * batch, channels]) };
}
