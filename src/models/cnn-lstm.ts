import { batchNorm, conv1d, dense, dropout, lstm, mapSequence, maxPool2, sequenceOf } from '../nn/index.js';
import { relu, sigmoid, type Tensor, tanh } from '../tensor/index.js';
import { CandlenetError } from '../util/index.js';
import { defineModel } from './model.js';

const ACTIVATIONS: Readonly<Record<string, (x: Tensor) => Tensor>> = { relu, sigmoid, tanh };
const SIZES = ['filters1', 'filters2', 'kernelWidth', 'hidden', 'dense'] as const;

/** Halved twice, one step is left. */
const SHORTEST_WINDOW = 4;

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
  check: (options) => {
    for (const key of SIZES) {
      if (!Number.isInteger(options[key]) || options[key] < 1) {
        return `${key} is ${options[key]}; expected a whole number, 1 or more`;
      }
    }
    if (!(options.dropout >= 0 && options.dropout < 1)) return `dropout is ${options.dropout}; expected 0 to below 1`;
    if (Object.hasOwn(ACTIVATIONS, options.activation)) return null;
    return `activation is "${options.activation}"; expected one of ${Object.keys(ACTIVATIONS).join(', ')}`;
  },
  build: (scope, x, classes, options) => {
    if (x.shape[1] < SHORTEST_WINDOW) {
      const message = `model cnn-lstm: a window of ${x.shape[1]} steps; expected ${SHORTEST_WINDOW} or more, for two poolings`;
      throw new CandlenetError('CONFIG_INVALID', message);
    }
    const activation = ACTIVATIONS[options.activation];
    let sequence = sequenceOf(scope, x);
    [options.filters1, options.filters2].forEach((filters, i) => {
      const convolved = conv1d(scope.child(`conv${i + 1}`), sequence, { filters, width: options.kernelWidth });
      const normed = batchNorm(scope.child(`norm${i + 1}`), mapSequence(convolved, activation));
      sequence = maxPool2(scope, normed);
    });
    const last = lstm(scope.child('lstm'), sequence, options.hidden);
    const kept = dropout(scope.child('dropout'), last, options.dropout);
    const wide = relu(dense(scope.child('dense'), kept, options.dense));
    return dense(scope.child('logits'), wide, classes);
  },
});
