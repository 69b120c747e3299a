// A model of one's own: which days of the window matter is learnt (additive attention, Bahdanau et al. 2015).
import { defineModel } from 'candlenet';
import { dense, dropout } from 'candlenet/nn';
import { matmul, reshape, softmax, tanh } from 'candlenet/tensor';

export const attentionPool = defineModel({
  name: 'attention-pool',
  defaults: { hidden: 32, dropout: 0.2 },
  build: (scope, x, classes, options) => {
    const [batch, steps, features] = x.shape;
    const days = reshape(x, [batch * steps, features]);
    const states = tanh(dense(scope.child('states'), days, options.hidden));
    const scores = reshape(dense(scope.child('scores'), states, 1), [batch, steps]);
    const shares = reshape(softmax(scores), [batch, 1, steps]);
    const mean = matmul(shares, reshape(states, [batch, steps, options.hidden]));
    const kept = dropout(scope.child('dropout'), reshape(mean, [batch, options.hidden]), options.dropout);
    return dense(scope.child('logits'), kept, classes);
  },
});
