import type { Outputs, ParamSlot, RandomInput, StateSlot, Tensor } from '../tensor/index.js';
import { print } from '../tensor/index.js';
import { lower } from './lower.js';
import type { TrainingProgram } from './types.js';

export interface TrainingGraph {
  readonly modelName: string;
  readonly x: Tensor;
  readonly target: Tensor;
  readonly loss: Tensor;
  readonly logits: Tensor;
  readonly params: readonly ParamSlot[];
  /** One per param. */
  readonly gradients: readonly Tensor[];
  readonly state: readonly StateSlot[];
  /** One per state slot. */
  readonly statistics: readonly Tensor[];
  readonly random: readonly RandomInput[];
}

const inputName = (tensor: Tensor): string => (tensor.op === 'input' ? tensor.attributes.name : '');
const total = (slots: readonly { readonly size: number }[]): number => slots.reduce((sum, { size }) => sum + size, 0);

/** Loss, logits, gradients and batch statistics as one ONNX model. Throws `GRAPH_INVALID` if the graph is not sound. */
export function lowerTrainingProgram(graph: TrainingGraph): TrainingProgram {
  const gradients = graph.params.map(({ name }) => `d_${name}`);
  const statistics = graph.state.map(({ name }) => `batch_${name}`);
  const outputs: Outputs = {
    loss: graph.loss,
    logits: graph.logits,
    ...Object.fromEntries(gradients.map((name, i) => [name, graph.gradients[i]])),
    ...Object.fromEntries(statistics.map((name, i) => [name, graph.statistics[i]])),
  };
  const [batch, window, features] = graph.x.shape;
  return {
    model: lower(outputs, { name: graph.modelName }),
    batch,
    window,
    features,
    classes: graph.target.shape[1],
    params: graph.params,
    paramCount: total(graph.params),
    state: graph.state,
    stateCount: total(graph.state),
    inputs: { x: inputName(graph.x), target: inputName(graph.target), random: graph.random },
    outputs: { loss: 'loss', logits: 'logits', gradients, statistics },
    text: print(outputs),
  };
}
