import type { Model } from '../models/index.js';
import { huberLoss, meanSquaredError, Scope, softmaxCrossEntropy } from '../nn/index.js';
import {
  lower,
  lowerTrainingProgram,
  type ModelMetadata,
  metadataProps,
  OPEN_BATCH,
  type TrainingProgram,
} from '../onnx/index.js';
import { Graph, gradients, sizeOf, softmax, type Tensor } from '../tensor/index.js';
import { CandlenetError } from '../util/index.js';
import { type AdversarialOptions, adversarialObjective } from './adversarial.js';
import { HUBER_DELTA } from './regression-loss.js';
import type { RegressionLoss } from './types.js';

export type { AdversarialOptions } from './adversarial.js';

export interface ProgramShape {
  /** Samples per run: the local batch of one worker. */
  readonly batch: number;
  /** Steps per sample. */
  readonly window: number;
  readonly features: number;
  /** Outputs: the number of classes, or 1 for a regression. */
  readonly classes: number;
}

export interface ProgramOptions {
  /** Trains on adversarial examples as well; absent or null is off. */
  readonly adversarial?: AdversarialOptions | null;
  /** Of a network of one output; the others have the cross-entropy. */
  readonly loss?: RegressionLoss;
}

function lossOf({ classes }: Pick<ProgramShape, 'classes'>, loss: RegressionLoss | undefined) {
  if ((classes === 1) !== (loss !== undefined)) {
    const message = `training.loss: found ${loss ?? null} for ${classes} outputs; expected mse or huber for one output, none for classes`;
    throw new CandlenetError('CONFIG_INVALID', message);
  }
  if (loss === undefined) return softmaxCrossEntropy;
  return loss === 'mse'
    ? meanSquaredError
    : (forecast: Tensor, target: Tensor) => huberLoss(forecast, target, HUBER_DELTA);
}

/** The logits of a model, [batch × classes]; where they are anything else the model's own line is named. */
export function logitsOf(model: Model, scope: Scope, x: Tensor, classes: number): Tensor {
  const logits = model.build(scope, x, classes);
  const found = `${logits.dtype}[${logits.shape.join(',')}]`;
  const expected = `${x.dtype}[${x.shape[0]},${classes}]`;
  if (found === expected) return logits;
  const message = `model ${model.name}: gives ${found}, built at ${logits.site}; expected logits ${expected}`;
  throw new CandlenetError('GRAPH_INVALID', message);
}

/**
 * Loss, gradients and batch statistics of a model as one ONNX model: inputs `x` [batch × window × features], `target`
 * [batch × classes], the parameters and random masks by name. With one output `logits` are the forecasts themselves. Throws
 * `GRAPH_INVALID` if the model does not fit, `CONFIG_INVALID` for a loss that does not.
 */
export function buildTrainingProgram(
  model: Model,
  { batch, window, features, classes }: ProgramShape,
  { adversarial = null, loss: regression }: ProgramOptions = {},
): TrainingProgram {
  const criterion = lossOf({ classes }, regression);
  const graph = new Graph();
  const scope = new Scope(graph, { mode: 'training' });
  const x = graph.input('x', [batch, window, features]);
  const target = graph.input('target', [batch, classes]);
  const logits = logitsOf(model, scope, x, classes);
  const objective = (own: Scope, inputs: Tensor) => criterion(model.build(own, inputs, classes), target);
  const plain = criterion(logits, target);
  const { loss, gradients: byParam } = adversarial
    ? adversarialObjective(plain, x, scope, objective, adversarial)
    : { loss: plain, gradients: gradients(plain, scope.paramTensors) };
  return lowerTrainingProgram({
    modelName: model.name,
    x,
    target,
    loss,
    logits,
    params: scope.params,
    gradients: byParam,
    state: scope.state,
    statistics: scope.statistics,
    random: scope.random,
  });
}

/**
 * The trained model for use outside, in standard ONNX operators: `x` float32 [batch, window, features], standardised →
 * `probabilities` [batch, classes], or with one output `forecast` [batch, 1]; any batch. Equal to the training graph in evaluation mode within 1e-5. Throws
 * `GRAPH_INVALID` if the parameter or state vector does not have the model's length.
 */
export function buildInferenceModel(
  model: Model,
  { window, features, classes }: Omit<ProgramShape, 'batch'>,
  params: Float32Array,
  state: Float32Array,
  metadata: ModelMetadata,
): Uint8Array {
  const graph = new Graph();
  const scope = new Scope(graph, { mode: 'deployment' });
  const x = graph.input('x', [OPEN_BATCH, window, features]);
  const logits = logitsOf(model, scope, x, classes);
  const outputs: Readonly<Record<string, Tensor>> =
    classes === 1 ? { forecast: logits } : { probabilities: softmax(logits) };
  const stored = storedTensors(model, scope, params, state);
  return lower(outputs, { name: model.name, stored, metadata: metadataProps(metadata) });
}

/** The tensors that a scope has declared, by name, out of flat vectors. @throws GRAPH_INVALID where these do not fit */
export function storedTensors(
  model: Model,
  scope: Scope,
  params: Float32Array,
  state: Float32Array,
): Map<string, Float32Array> {
  const stored = new Map<string, Float32Array>();
  for (const [slots, flat, what] of [
    [scope.params, params, 'parameter'],
    [scope.state, state, 'state'],
  ] as const) {
    const expected = slots.reduce((sum, { shape }) => sum + sizeOf(shape), 0);
    if (flat.length !== expected) {
      const message = `model ${model.name}: a ${what} vector of ${flat.length} values; expected ${expected}`;
      throw new CandlenetError('GRAPH_INVALID', message);
    }
    for (const { name, offset, size } of slots) stored.set(name, flat.subarray(offset, offset + size));
  }
  return stored;
}
