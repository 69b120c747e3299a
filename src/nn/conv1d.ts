import { add, reshape, standardConv1d, transpose } from '../tensor/index.js';
import { COUNT, checkOptions } from './check-options.js';
import { convolve } from './convolve.js';
import type { Scope } from './scope.js';
import type { Sequence } from './sequence.js';

export interface Conv1dOptions {
  readonly filters: number;
  /** Steps a filter sees. */
  readonly width: number;
  /** Absent is true; false where what follows would cancel it, as batch norm does. */
  readonly bias?: boolean;
}

/**
 * Convolution over time with `same` padding (an even width has its odd cell after, as in Keras). Kernel
 * [width·channels × filters], Xavier-uniform; bias, if any, zero. Throws `CONFIG_INVALID` for filters or a width that are no
 * counts.
 */
export function conv1d(scope: Scope, sequence: Sequence, options: Conv1dOptions): Sequence {
  const { filters, width, bias: hasBias = true } = options;
  checkOptions('conv1d', COUNT, { filters, width });
  const { value, channels } = sequence;
  const kernel = scope.param('kernel', [width * channels, filters], {
    kind: 'xavier-uniform',
    fanIn: width * channels,
    fanOut: width * filters,
  });
  const bias = hasBias ? scope.param('bias', [filters], { kind: 'constant', value: 0 }) : null;
  if (scope.mode === 'deployment') {
    const standardKernel = transpose(reshape(kernel, [width, channels, filters]), [2, 1, 0]);
    return { ...sequence, value: standardConv1d(value, standardKernel, bias), channels: filters };
  }
  const before = Math.floor((width - 1) / 2);
  const offsets = Array.from({ length: width }, (_, k) => k - before);
  const convolved = convolve(sequence, kernel, offsets);
  return { ...sequence, value: bias ? add(convolved, bias) : convolved, channels: filters };
}
