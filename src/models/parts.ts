import { batchNorm, conv1d, dense, dropout, mapSequence, maxPool2, type Scope, type Sequence } from '../nn/index.js';
import { relu, sigmoid, type Tensor, tanh } from '../tensor/index.js';
import { CandlenetError } from '../util/index.js';

/** What the architectures of this folder have in common. */

/** Functions a convolution may be followed by, by their name as an option. */
export const ACTIVATIONS: Readonly<Record<string, (x: Tensor) => Tensor>> = { relu, sigmoid, tanh };

type Convolution = (scope: Scope, sequence: Sequence, filters: number) => Sequence;

export const plainConvolution =
  (width: number): Convolution =>
  (scope, sequence, filters) =>
    conv1d(scope, sequence, { filters, width });

export interface ConvolutionBlocks {
  /** For messages. */
  readonly model: string;
  /** Of each block. */
  readonly filters: readonly number[];
  readonly convolution: Convolution;
  readonly activation: string;
}

/**
 * Blocks of convolution, activation, batch norm and max-pooling by 2 (the paper, section 3.2.1). Throws `CONFIG_INVALID`
 * for a window too short to be halved once a block.
 */
export function convolutionBlocks(scope: Scope, input: Sequence, blocks: ConvolutionBlocks): Sequence {
  const { model, filters, convolution, activation } = blocks;
  const shortest = 2 ** filters.length;
  if (input.steps < shortest) {
    const message = `model ${model}: a window of ${input.steps} steps; expected ${shortest} or more, for ${filters.length} poolings`;
    throw new CandlenetError('CONFIG_INVALID', message);
  }
  return filters.reduce((sequence, count, i) => {
    const convolved = convolution(scope.child(`conv${i + 1}`), sequence, count);
    return maxPool2(scope, batchNorm(scope.child(`norm${i + 1}`), mapSequence(convolved, ACTIVATIONS[activation])));
  }, input);
}

/** Dropout, a dense layer with ReLU and the logits [batch × classes], from what was seen of each sample. */
export function head(scope: Scope, seen: Tensor, classes: number, sizes: { dropout: number; dense: number }): Tensor {
  const kept = dropout(scope.child('dropout'), seen, sizes.dropout);
  const wide = relu(dense(scope.child('dense'), kept, sizes.dense));
  return dense(scope.child('logits'), wide, classes);
}
