import { reduceMean, reshape, type Tensor } from '../tensor/index.js';
import type { Scope } from './scope.js';
import type { Sequence } from './sequence.js';

/** The mean of each channel over time [batch × channels] (Lin, Chen & Yan 2014). */
export function globalAverage(scope: Scope, { value, batch, steps, channels }: Sequence): Tensor {
  if (scope.mode === 'deployment') return reduceMean(value, [2]);
  return reduceMean(reshape(value, [steps, batch, channels]), [0]);
}
