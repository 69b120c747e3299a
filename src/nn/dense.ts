import { add, matmul, mul, type Tensor } from '../tensor/index.js';
import { COUNT, checkOptions, RATE } from './check-options.js';
import type { Scope } from './scope.js';

/** x·kernel + bias, [batch × units]; kernel Xavier-uniform, bias zero. Throws `CONFIG_INVALID` for units that are no count. */
export function dense(scope: Scope, x: Tensor, units: number): Tensor {
  checkOptions('dense', COUNT, { units });
  const inputs = x.shape[1];
  const kernel = scope.param('kernel', [inputs, units], { kind: 'xavier-uniform', fanIn: inputs, fanOut: units });
  const bias = scope.param('bias', [units], { kind: 'constant', value: 0 });
  return add(matmul(x, kernel), bias);
}

/**
 * Inverted dropout (Srivastava et al. 2014): while training each value is zero with probability `rate`. Throws
 * `CONFIG_INVALID` for a rate outside [0, 1).
 */
export function dropout(scope: Scope, x: Tensor, rate: number): Tensor {
  checkOptions('dropout', RATE, { rate });
  if (scope.mode !== 'training' || rate === 0) return x;
  return mul(x, scope.dropoutMask('mask', x.shape, 1 - rate));
}
