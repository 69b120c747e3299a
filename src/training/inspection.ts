import type { Model } from '../models/index.js';
import { ATTENTION, Scope } from '../nn/index.js';
import {
  type FloatType,
  Graph,
  gradients,
  type ParamSlot,
  reduceSum,
  reshape,
  type StateSlot,
  slice,
  softmax,
  sub,
  type Tensor,
} from '../tensor/index.js';
import { CandlenetError } from '../util/index.js';
import { logitsOf, type ProgramShape } from './program.js';

export interface InspectionOptions {
  /** float64 where an error of the arithmetic itself would disturb. Default float32. */
  readonly dtype?: FloatType;
}

/** Trained weights: parameters and running statistics, flat, as training keeps them. */
export interface Weights {
  readonly params: ArrayLike<number>;
  readonly state: ArrayLike<number>;
}

/**
 * A network as it forecasts (running statistics, no dropout), as a graph that can be looked into: its input is `x`
 * [batch × window × features], the rest of its inputs are `weights`.
 */
export interface Inspection {
  readonly shape: ProgramShape;
  /** P(buy) − P(sell), the first class less the last; the output itself where there is one alone. [batch] */
  readonly score: Tensor;
  /** Derivative of each sample's score by its own window, [batch × window × features]. */
  readonly gradient: Tensor;
  /** Weights of each layer of self-attention, [batch × heads × query step × key step]. */
  readonly attention: readonly { readonly name: string; readonly weights: Tensor }[];
  /** Values of every input but `x`. */
  readonly weights: Readonly<Record<string, ArrayLike<number>>>;
}

/**
 * Builds a model in evaluation mode around given weights. Samples do not mix there, so that the gradient of the sum of
 * all scores is each sample's own.
 * @throws GRAPH_INVALID if the model does not fit, or a vector does not have the model's length
 */
export function inspectNetwork(
  model: Model,
  shape: ProgramShape,
  { params, state }: Weights,
  { dtype = 'float32' }: InspectionOptions = {},
): Inspection {
  const { batch, window, features, classes } = shape;
  const graph = new Graph();
  const scope = new Scope(graph, { mode: 'evaluation', dtype });
  const x = graph.input('x', [batch, window, features], dtype);
  const logits = logitsOf(model, scope, x, classes);
  const score = reshape(classes === 1 ? logits : edges(softmax(logits), classes), [batch]);
  const [gradient] = gradients(reduceSum(score), [x]);
  return {
    shape,
    score,
    gradient,
    attention: scope.shown
      .filter(({ name }) => name === ATTENTION || name.endsWith(`.${ATTENTION}`))
      .map(({ name, tensor }) => ({ name, weights: tensor })),
    weights: {
      ...valuesOf(scope.params, params, `model ${model.name}: parameters`),
      ...valuesOf(scope.state, state, `model ${model.name}: running statistics`),
    },
  };
}

/** The first class less the last. */
const edges = (probabilities: Tensor, classes: number): Tensor =>
  sub(slice(probabilities, 1, 0, 1), slice(probabilities, 1, classes - 1, 1));

function valuesOf(
  slots: readonly (ParamSlot | StateSlot)[],
  flat: ArrayLike<number>,
  what: string,
): Record<string, ArrayLike<number>> {
  const expected = slots.reduce((sum, { size }) => sum + size, 0);
  if (flat.length !== expected) {
    throw new CandlenetError('GRAPH_INVALID', `${what}: found ${flat.length} values, expected ${expected}`);
  }
  const values = Float64Array.from(flat);
  return Object.fromEntries(slots.map(({ name, offset, size }) => [name, values.subarray(offset, offset + size)]));
}
