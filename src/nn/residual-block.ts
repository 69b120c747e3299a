import { add, relu } from '../tensor/index.js';
import { batchNorm } from './batch-norm.js';
import { COUNT, checkOptions, RATE } from './check-options.js';
import { conv1d } from './conv1d.js';
import type { Scope } from './scope.js';
import { mapSequence, type Sequence } from './sequence.js';
import { stochasticDepth } from './stochastic-depth.js';

export interface ResidualBlockOptions {
  /** Steps a filter of its two convolutions sees. */
  readonly width: number;
  /** Probability that a sample skips the branch while training. */
  readonly dropRate: number;
}

/** x + branch(x), of the same shape. */
export const addSequences = (a: Sequence, b: Sequence): Sequence => ({ ...a, value: add(a.value, b.value) });

/**
 * The basic residual block (He et al. 2016, figure 2 and section 3.4): relu(x + branch(x)) with convolution, batch norm,
 * ReLU, convolution, batch norm in the branch and as many channels as come in. The convolutions have no bias: batch norm
 * would cancel it. Throws `CONFIG_INVALID` for a width that is no count or a rate outside [0, 1).
 */
export function residualBlock(scope: Scope, sequence: Sequence, { width, dropRate }: ResidualBlockOptions): Sequence {
  checkOptions('residualBlock', COUNT, { width });
  checkOptions('residualBlock', RATE, { dropRate });
  const convolution = { filters: sequence.channels, width, bias: false };
  const first = batchNorm(scope.child('norm1'), conv1d(scope.child('conv1'), sequence, convolution));
  const second = conv1d(scope.child('conv2'), mapSequence(first, relu), convolution);
  const branch = stochasticDepth(scope.child('depth'), batchNorm(scope.child('norm2'), second), dropRate);
  return mapSequence(addSequences(sequence, branch), relu);
}
