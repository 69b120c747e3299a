import { globalAverage, sequenceOf } from '../nn/index.js';
import { activation, all, shares, sizes } from './checks.js';
import { defineModel } from './model.js';
import { convolutionBlocks, head, plainConvolution } from './parts.js';

/** The convolutions of the CNN-LSTM alone: the mean of each channel over time stands where the LSTM's last state did. */
export const cnn = defineModel({
  name: 'cnn',
  defaults: { filters1: 64, filters2: 128, kernelWidth: 3, dropout: 0.3, dense: 128, activation: 'relu' },
  check: all(sizes('filters1', 'filters2', 'kernelWidth', 'dense'), shares('dropout'), activation),
  build: (scope, x, classes, options) => {
    const sequence = convolutionBlocks(scope, sequenceOf(scope, x), {
      model: 'cnn',
      filters: [options.filters1, options.filters2],
      convolution: plainConvolution(options.kernelWidth),
      activation: options.activation,
    });
    return head(scope, globalAverage(scope, sequence), classes, options);
  },
});
