import type { Model } from '../models/index.js';
import { Scope } from '../nn/index.js';
import { Graph } from '../tensor/index.js';
import { buildInferenceModel, initialParams, initialState, type Weights } from '../training/index.js';
import { createRng } from '../util/index.js';

/** Standard normal numbers. */
export function normals(count: number, ...path: readonly (string | number)[]): Float32Array<SharedArrayBuffer> {
  const rng = createRng(7, ...path);
  const values = new Float32Array(new SharedArrayBuffer(count * 4));
  for (let i = 0; i < count; i++) values[i] = rng.normal();
  return values;
}

/** Weights as training starts them, the biases and statistics stirred so that none of them is trivial. */
export function stirredWeights(model: Model, window: number, features: number, classes = 3): Weights {
  const graph = new Graph();
  const scope = new Scope(graph, { mode: 'evaluation' });
  model.build(scope, graph.input('x', [1, window, features]), classes);
  const sizeOf = (slots: readonly { offset: number; size: number }[]) => slots.reduce((sum, { size }) => sum + size, 0);
  const params = initialParams(scope.params, sizeOf(scope.params), 3);
  const state = initialState(scope.state, sizeOf(scope.state));
  const rng = createRng(3, 'stir');
  for (let i = 0; i < params.length; i++) params[i] += 0.1 * rng.normal();
  for (let i = 0; i < state.length; i++) state[i] *= 1 + 0.2 * rng.uniform();
  return { params, state };
}

export function onnxOf(model: Model, window: number, features: number, { params, state }: Weights): Uint8Array {
  const names = Array.from({ length: features }, (_, k) => `f${k}`);
  const metadata = { modelName: model.name, window, features: names, classes: ['buy', 'hold', 'sell'] };
  const scaler = { mean: names.map(() => 0), std: names.map(() => 1), clip: null };
  const shape = { window, features, classes: 3 };
  const vectors = [Float32Array.from(params), Float32Array.from(state)] as const;
  return buildInferenceModel(model, shape, ...vectors, { ...metadata, scaler });
}
