import {
  addSequences,
  channelWeighting,
  layerNorm,
  lstm,
  multiHeadAttention,
  multiScaleConv1d,
  residualBlock,
  type Scope,
  type Sequence,
  sequenceOf,
  stochasticDepth,
} from '../nn/index.js';
import { activation, all, shares, sizes } from './checks.js';
import { defineModel } from './model.js';
import { convolutionBlocks, head, plainConvolution } from './parts.js';

/** Short, middle and long patterns of a window that pooling halves twice. */
const WIDTHS = [3, 5, 7];
const RESIDUAL_WIDTH = 3;

/**
 * The paper's optimised CNN-LSTM (section 4.2), every part a switch: multi-scale convolutions, a residual block between
 * CNN and LSTM, self-attention over time and channel weighting, stochastic depth on the two residual branches. All off,
 * it is `cnn-lstm` at its own sizes. docs/models.md has the order, the shapes, and what the paper leaves open.
 */
export const cnnLstmOptimised = defineModel({
  name: 'cnn-lstm-optimised',
  defaults: {
    multiScale: true,
    filters1: 96,
    filters2: 192,
    kernelWidth: 3,
    residual: true,
    attention: true,
    heads: 8,
    channelWeighting: true,
    channelReduction: 16,
    stochasticDepth: 0.1,
    hidden: 384,
    dropout: 0.3,
    dense: 128,
    activation: 'relu',
  },
  check: (options) => {
    const problem = all(
      sizes('filters1', 'filters2', 'kernelWidth', 'heads', 'channelReduction', 'hidden', 'dense'),
      shares('stochasticDepth', 'dropout'),
      activation,
    )(options);
    if (problem) return problem;
    for (const key of ['filters1', 'filters2'] as const) {
      if (options.multiScale && options[key] < WIDTHS.length) {
        return `${key} is ${options[key]}; expected ${WIDTHS.length} or more, one for each branch of multiScale`;
      }
    }
    if (!options.attention || options.filters2 % options.heads === 0) return null;
    return `heads is ${options.heads}; expected a divisor of filters2 (${options.filters2})`;
  },
  build: (scope, x, classes, options) => {
    let sequence = convolutionBlocks(scope, sequenceOf(scope, x), {
      model: 'cnn-lstm-optimised',
      filters: [options.filters1, options.filters2],
      convolution: options.multiScale
        ? (place, input, filters) => multiScaleConv1d(place, input, { filters, widths: WIDTHS })
        : plainConvolution(options.kernelWidth),
      activation: options.activation,
    });
    const dropRate = options.stochasticDepth;
    if (options.residual) {
      sequence = residualBlock(scope.child('residual'), sequence, { width: RESIDUAL_WIDTH, dropRate });
    }
    if (options.attention) sequence = attend(scope.child('attention'), sequence, options.heads, dropRate);
    if (options.channelWeighting) {
      sequence = channelWeighting(scope.child('channels'), sequence, options.channelReduction);
    }
    return head(scope, lstm(scope.child('lstm'), sequence, options.hidden), classes, options);
  },
});

/** x + attention(layer norm(x)): normalised before, so that a skipped branch leaves x itself (Xiong et al. 2020). */
function attend(scope: Scope, sequence: Sequence, heads: number, dropRate: number): Sequence {
  const branch = multiHeadAttention(scope, layerNorm(scope.child('norm'), sequence), heads);
  return addSequences(sequence, stochasticDepth(scope.child('depth'), branch, dropRate));
}
