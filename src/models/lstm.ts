import { lstm as lstmLayer, sequenceOf } from '../nn/index.js';
import { all, shares, sizes } from './checks.js';
import { defineModel } from './model.js';
import { head } from './parts.js';

/** The LSTM of the CNN-LSTM alone, on the raw window: its last state, dropout, a dense layer and the logits. */
export const lstm = defineModel({
  name: 'lstm',
  defaults: { hidden: 256, dropout: 0.3, dense: 128 },
  check: all(sizes('hidden', 'dense'), shares('dropout')),
  build: (scope, x, classes, options) =>
    head(scope, lstmLayer(scope.child('lstm'), sequenceOf(scope, x), options.hidden), classes, options),
});
