import { add, div, mul, reduceMean, sqrt, square, sub } from '../tensor/index.js';
import { checkOptions, POSITIVE } from './check-options.js';
import { rowsOf, sequenceOfRows } from './rows.js';
import type { Scope } from './scope.js';
import type { Sequence } from './sequence.js';

/**
 * Layer normalisation (Ba, Kiros & Hinton 2016): each step of each sample is centred and scaled over its channels by
 * its biased variance, as torch.nn.LayerNorm does. Throws `CONFIG_INVALID` for an epsilon that is not above 0.
 */
export function layerNorm(scope: Scope, sequence: Sequence, epsilon = 1e-5): Sequence {
  checkOptions('layerNorm', POSITIVE, { epsilon });
  const rows = rowsOf(scope, sequence);
  const scale = scope.param('scale', [sequence.channels], { kind: 'constant', value: 1 });
  const shift = scope.param('shift', [sequence.channels], { kind: 'constant', value: 0 });
  const centred = sub(rows, reduceMean(rows, [1], { keepDims: true }));
  const variance = reduceMean(square(centred), [1], { keepDims: true });
  const normal = mul(centred, div(1, sqrt(add(variance, epsilon))));
  return sequenceOfRows(scope, add(mul(normal, scale), shift), sequence);
}
