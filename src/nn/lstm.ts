import {
  add,
  matmul,
  mul,
  pad,
  reshape,
  sigmoid,
  slice,
  split,
  standardLstm,
  type Tensor,
  tanh,
  transpose,
} from '../tensor/index.js';
import type { Scope } from './scope.js';
import type { Sequence } from './sequence.js';

/**
 * Long short-term memory (Hochreiter & Schmidhuber 1997, with forget gates of Gers et al. 2000); gives the last state
 * [batch × hidden]. The columns of the weights are the gates i, o, f and the candidate, in ONNX's order, so that one
 * sigmoid serves three gates. Input kernel Xavier-uniform, recurrent kernel orthogonal, one bias, all of it zero: the
 * forget gate starts half open, as in PyTorch.
 */
export function lstm(scope: Scope, sequence: Sequence, hidden: number): Tensor {
  const { value, batch, steps, channels } = sequence;
  const gates = 4 * hidden;
  const kernel = scope.param('kernel', [channels, gates], { kind: 'xavier-uniform', fanIn: channels, fanOut: gates });
  const recurrent = scope.param('recurrent', [hidden, gates], { kind: 'orthogonal', rows: hidden, columns: gates });
  const bias = scope.param('bias', [gates], { kind: 'constant', value: 0 });
  if (scope.mode === 'deployment') {
    return standardLstm(
      transpose(value, [2, 0, 1]),
      reshape(transpose(kernel), [1, gates, channels]),
      reshape(transpose(recurrent), [1, gates, hidden]),
      reshape(pad(bias, 0, 0, gates), [1, 2 * gates]),
    );
  }

  const projected = add(matmul(value, kernel), bias);
  let state: { readonly h: Tensor; readonly c: Tensor } | null = null;
  for (let step = 0; step < steps; step++) {
    const fromInput = slice(projected, 0, step * batch, batch);
    const activity: Tensor = state ? add(matmul(state.h, recurrent), fromInput) : fromInput;
    const [open, candidate] = split(activity, 1, [3 * hidden, hidden]);
    const [i, o, f] = split(sigmoid(open), 1, [hidden, hidden, hidden]);
    const written = mul(i, tanh(candidate));
    const c: Tensor = state ? add(mul(f, state.c), written) : written;
    state = { h: mul(o, tanh(c)), c };
  }
  return state!.h;
}
