import {
  add,
  filledLike,
  matmul,
  mul,
  pad,
  reshape,
  sigmoid,
  split,
  standardLstm,
  sub,
  type Tensor,
  tanh,
  transpose,
  withDerivative,
} from '../tensor/index.js';
import { COUNT, checkOptions } from './check-options.js';
import type { Scope } from './scope.js';
import type { Sequence } from './sequence.js';

/**
 * Long short-term memory (Hochreiter & Schmidhuber 1997, with forget gates of Gers et al. 2000); gives the last state
 * [batch × hidden]. The rows of the weights are the gates i, o, f and the candidate, in ONNX's order. Input kernel
 * [4·hidden × channels] Xavier-uniform, recurrent kernel [4·hidden × hidden] orthogonal, one bias, all of it zero: the
 * forget gate starts half open, as in PyTorch. Throws `CONFIG_INVALID` for `hidden` that is no count.
 */
export function lstm(scope: Scope, sequence: Sequence, hidden: number): Tensor {
  checkOptions('lstm', COUNT, { hidden });
  const { value, batch, steps, channels } = sequence;
  const gates = 4 * hidden;
  const kernel = scope.param('kernel', [gates, channels], { kind: 'xavier-uniform', fanIn: channels, fanOut: gates });
  const recurrent = scope.param('recurrent', [gates, hidden], { kind: 'orthogonal', rows: gates, columns: hidden });
  const bias = scope.param('bias', [gates], { kind: 'constant', value: 0 });
  if (scope.mode === 'deployment') {
    return standardLstm(
      transpose(value, [2, 0, 1]),
      reshape(kernel, [1, gates, channels]),
      reshape(recurrent, [1, gates, hidden]),
      reshape(pad(bias, 0, 0, gates), [1, 2 * gates]),
    );
  }

  const projected = add(matmul(value, kernel, { transB: true }), bias);
  let state: State | null = null;
  for (const fromInput of split(projected, 0, new Array<number>(steps).fill(batch))) {
    const activity: Tensor = state ? add(matmul(state.h, recurrent, { transB: true }), fromInput) : fromInput;
    state = cell(split(activity, 1, [hidden, hidden, hidden, hidden]), state);
  }
  return state!.h;
}

interface State {
  readonly h: Tensor;
  readonly c: Tensor;
}

/**
 * One step from the activities of the gates (paper, equations 6 to 11). The derivatives are written out in products that
 * the forward pass has already: o·(1 − tanh² c) = o − h·tanh c, and i·c̃·(1 − i) from i·c̃.
 */
function cell(
  [inActivity, outActivity, forgetActivity, candidateActivity]: readonly Tensor[],
  previous: State | null,
): State {
  const [i, o] = [sigmoid(inActivity), sigmoid(outActivity)];
  const candidate = tanh(candidateActivity);
  const written = mul(i, candidate);
  const closing = (gate: Tensor, through: Tensor) => mul(through, sub(1, gate));
  const byCandidate = sub(i, mul(written, candidate));
  let c: Tensor;
  if (previous) {
    const f = sigmoid(forgetActivity);
    const kept = mul(f, previous.c);
    const inputs = [inActivity, forgetActivity, candidateActivity, previous.c];
    c = withDerivative('cellState', add(kept, written), inputs, (g) => [
      ...[mul(g, closing(i, written)), mul(g, closing(f, kept)), mul(g, byCandidate)],
      mul(g, f),
    ]);
  } else {
    // There is nothing to forget yet. That derivative is zero, yet named, so that the four lie side by side.
    c = withDerivative('cellState', written, [inActivity, forgetActivity, candidateActivity], (g) => [
      ...[mul(g, closing(i, written)), filledLike(g, 0), mul(g, byCandidate)],
    ]);
  }
  const squashed = tanh(c);
  const h = mul(o, squashed);
  return {
    c,
    h: withDerivative('cellOutput', h, [outActivity, c], (g) => [
      mul(g, closing(o, h)),
      mul(g, sub(o, mul(h, squashed))),
    ]),
  };
}
