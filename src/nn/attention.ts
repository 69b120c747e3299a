import { matmul, mul, reshape, softmax, split, transpose } from '../tensor/index.js';
import { COUNT, checkOptions, refuse } from './check-options.js';
import { dense } from './dense.js';
import { rowsOf, sequenceOfRows } from './rows.js';
import type { Scope } from './scope.js';
import type { Sequence } from './sequence.js';

/** The name under which a layer of attention shows its weights, [batch, heads, query step, key step]. */
export const ATTENTION = 'attention';

/**
 * Multi-head self-attention over time (Vaswani et al. 2017, section 3.2.2), as torch.nn.MultiheadAttention computes it:
 * in each head every step takes the mean of all steps' values, weighted by softmax(query·keyᵀ/√width). Queries, keys and
 * values are one product, `projection` [channels × 3·channels]; `output` mixes the heads. Throws `CONFIG_INVALID` where
 * the heads do not divide the channels.
 */
export function multiHeadAttention(scope: Scope, sequence: Sequence, heads: number): Sequence {
  checkOptions('multiHeadAttention', COUNT, { heads });
  const { batch, steps, channels } = sequence;
  if (channels % heads !== 0) refuse('multiHeadAttention', 'heads', heads, `a divisor of the ${channels} channels`);
  const width = channels / heads;
  const timeMajor = scope.mode !== 'deployment';
  const rows = dense(scope.child('projection'), rowsOf(scope, sequence), 3 * channels);
  const parts = reshape(rows, [...(timeMajor ? [steps, batch] : [batch, steps]), 3, heads, width]);
  const byHead = transpose(parts, timeMajor ? [2, 1, 3, 0, 4] : [2, 0, 3, 1, 4]);
  // Batch and heads as one axis, [3, batch·heads, steps, width]: ONNX Runtime then transposes the keys within the product.
  const [queries, keys, values] = split(reshape(byHead, [3, batch * heads, steps, width]), 0, [1, 1, 1]);
  const weights = softmax(mul(matmul(queries, keys, { transB: true }), 1 / Math.sqrt(width)));
  scope.show(ATTENTION, reshape(weights, [batch, heads, steps, steps]));
  const mixed = reshape(matmul(weights, values), [batch, heads, steps, width]);
  const inOrder = reshape(transpose(mixed, timeMajor ? [2, 0, 1, 3] : [0, 2, 1, 3]), [steps * batch, channels]);
  const output = dense(scope.child('output'), inOrder, channels);
  return sequenceOfRows(scope, output, sequence);
}
