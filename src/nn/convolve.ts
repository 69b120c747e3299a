import { matmul, reshape, type Tensor, takeRows, transpose, withDerivative } from '../tensor/index.js';
import type { Sequence } from './sequence.js';

/**
 * Σ_k x[t + offsets[k]] · kernel_k for every step t of a sequence in time-major layout, zeros beyond either end: the
 * kernels stacked [offsets·channels × filters], the result [steps·batch × filters]. One product with the shifted steps
 * side by side. The derivative by the sequence is a convolution too, of that by the result with the mirrored kernels: one
 * product again, where the chain rule would add up shifted pieces.
 */
export function convolve(sequence: Sequence, kernel: Tensor, offsets: readonly number[]): Tensor {
  const { value, channels } = sequence;
  const filters = kernel.shape[1];
  const columns = sideBySide(sequence, value, offsets);
  return withDerivative('convolve', matmul(columns, kernel), [value, kernel], (g) => {
    const mirrored = sideBySide(
      sequence,
      g,
      offsets.map((offset) => -offset),
    );
    const stacked = transpose(reshape(kernel, [offsets.length, channels, filters]), [1, 0, 2]);
    const byChannel = reshape(stacked, [channels, offsets.length * filters]);
    return [matmul(mirrored, byChannel, { transB: true }), matmul(columns, g, { transA: true })];
  });
}

/** Beside each step those `offsets` steps later, zeros beyond either end: [steps·batch × offsets·columns]. */
function sideBySide({ batch, steps }: Sequence, x: Tensor, offsets: readonly number[]): Tensor {
  const rows: number[] = [];
  for (let step = 0; step < steps; step++) {
    for (let sample = 0; sample < batch; sample++) {
      for (const offset of offsets) {
        const other = step + offset;
        rows.push(other >= 0 && other < steps ? other * batch + sample : -1);
      }
    }
  }
  return reshape(takeRows(x, rows), [steps * batch, offsets.length * x.shape[1]]);
}
