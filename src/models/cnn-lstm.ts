import { lstm, sequenceOf } from '../nn/index.js';
import { activation, all, shares, sizes } from './checks.js';
import { defineModel } from './model.js';
import { convolutionBlocks, head, plainConvolution } from './parts.js';

/**
 * The paper's CNN-LSTM (section 3.2.1): two blocks of convolution, activation, batch norm and max-pooling by 2, an LSTM's
 * last state, dropout, a dense layer and the logits. `activation` is that of the convolutions: the paper's equation 3
 * has a sigmoid there, its section 3.2.1 ReLU.
 */
export const cnnLstm = defineModel({
  name: 'cnn-lstm',
  defaults: {
    filters1: 64,
    filters2: 128,
    kernelWidth: 3,
    hidden: 256,
    dropout: 0.3,
    dense: 128,
    activation: 'relu',
  },
  check: all(sizes('filters1', 'filters2', 'kernelWidth', 'hidden', 'dense'), shares('dropout'), activation),
  build: (scope, x, classes, options) => {
    const sequence = convolutionBlocks(scope, sequenceOf(scope, x), {
      model: 'cnn-lstm',
      filters: [options.filters1, options.filters2],
      convolution: plainConvolution(options.kernelWidth),
      activation: options.activation,
    });
    return head(scope, lstm(scope.child('lstm'), sequence, options.hidden), classes, options);
  },
});
