import { reshape, type Tensor, transpose } from '../tensor/index.js';
import type { Scope } from './scope.js';
import type { Sequence } from './sequence.js';

/** One row a step [steps·batch × channels]: step by step where trained, sample by sample where deployed. */
export function rowsOf(scope: Scope, { value, batch, steps, channels }: Sequence): Tensor {
  if (scope.mode !== 'deployment') return value;
  return reshape(transpose(value, [0, 2, 1]), [batch * steps, channels]);
}

/** The sequence whose rows, in the order of `rowsOf`, these are. */
export function sequenceOfRows(scope: Scope, rows: Tensor, { batch, steps }: Sequence): Sequence {
  const channels = rows.shape[1];
  if (scope.mode !== 'deployment') return { value: rows, batch, steps, channels };
  return { value: transpose(reshape(rows, [batch, steps, channels]), [0, 2, 1]), batch, steps, channels };
}
