import type { Model } from '../../models/index.js';
import { Scope } from '../../nn/index.js';
import { lower, type ModelMetadata, metadataProps, OPEN_BATCH } from '../../onnx/index.js';
import { add, Graph, mul, softmax, type Tensor } from '../../tensor/index.js';
import { CandlenetError } from '../../util/index.js';
import { logitsOf, type ProgramShape, storedTensors } from '../program.js';
import type { InitialWeights } from '../types.js';

/**
 * An ensemble as one deployable network: `x` [batch × window × features] → `probabilities` [batch × classes], or `forecast`
 * [batch × 1] of a label that is a number, the weighted mean of the members', whose tensors are named `member1.…` and so on. A member of weight 0 is left out.
 * @throws ARGUMENT_INVALID where weights do not fit the members; GRAPH_INVALID as `buildInferenceModel`
 */
export function buildEnsembleModel(
  model: Model,
  { window, features, classes }: Omit<ProgramShape, 'batch'>,
  members: readonly InitialWeights[],
  weights: ArrayLike<number>,
  metadata: ModelMetadata,
): Uint8Array {
  const graph = new Graph();
  const x = graph.input('x', [OPEN_BATCH, window, features]);
  const stored = new Map<string, Float32Array>();
  let mean: Tensor | null = null;
  for (const [i, { params, state }] of members.entries()) {
    const weight = weights[i];
    if (!(weight >= 0)) {
      throw new CandlenetError('ARGUMENT_INVALID', `weight of member ${i + 1}: found ${weight}, expected at least 0`);
    }
    if (weight === 0) continue;
    const scope = new Scope(graph, { mode: 'deployment' }, `member${i + 1}.`);
    const logits = logitsOf(model, scope, x, classes);
    const own = mul(classes === 1 ? logits : softmax(logits), weight);
    for (const [name, values] of storedTensors(model, scope, params, state)) stored.set(name, values);
    mean = mean === null ? own : add(mean, own);
  }
  if (mean === null) {
    throw new CandlenetError('ARGUMENT_INVALID', 'members: found none with a weight, expected at least one');
  }
  const outputs: Readonly<Record<string, Tensor>> = classes === 1 ? { forecast: mean } : { probabilities: mean };
  return lower(outputs, { name: model.name, stored, metadata: metadataProps(metadata) });
}
