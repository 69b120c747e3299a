import { describe, expect, it } from 'vitest';
import { modelByName } from '../../src/models/index.js';
import { Scope } from '../../src/nn/index.js';
import { type ModelMetadata, readModelMetadata } from '../../src/onnx/index.js';
import { type Dense, normalArray, runnable, runnableModel } from '../../src/onnx/run-graph.fixture.js';
import { Graph } from '../../src/tensor/index.js';
import { buildInferenceModel, buildTrainingProgram, initialParams, initialState } from '../../src/training/index.js';
import { NETWORKS } from './parity.fixture.js';

const metadata: ModelMetadata = {
  modelName: 'cnn-lstm',
  window: 20,
  features: ['a', 'b', 'c', 'd', 'e', 'f'],
  classes: [],
  scaler: { mean: [0, 0, 0, 0, 0, 0], std: [1, 1, 1, 1, 1, 1], clip: 5 },
  target: { kind: 'return', mean: 0.001, std: 0.04 },
};

describe.each(NETWORKS)('a deployed %s of one output', (name) => {
  it('is the training graph in evaluation mode, within 1e-5, and says what its number is', async () => {
    const [batch, window, features] = [5, 20, 6];
    const small = modelByName(
      name,
      name === 'cnn-lstm-optimised' ? {} : name === 'lstm' ? { hidden: 12 } : { filters1: 8 },
    );
    const shape = { window, features, classes: 1 };
    const program = buildTrainingProgram(small, { ...shape, batch }, { loss: 'huber' });
    const params = initialParams(program.params, program.paramCount, 5);
    const state = initialState(program.state, program.stateCount);
    const x = normalArray([batch, window, features], 'x');
    const graph = new Graph();
    const scope = new Scope(graph, { mode: 'evaluation' });
    const forecast = small.build(scope, graph.input('x', [batch, window, features]), 1);
    const flat = (slots: typeof program.params | typeof program.state, values: Float32Array): Record<string, Dense> =>
      Object.fromEntries(
        slots.map(({ name: key, shape: of, offset, size }) => [
          key,
          { shape: of, data: Array.from(values.subarray(offset, offset + size)) },
        ]),
      );
    const inGraph = await (await runnable({ forecast }))({
      x,
      ...flat(scope.params, params),
      ...flat(scope.state, state),
    });
    const bytes = buildInferenceModel(small, shape, params, state, metadata);
    const deployed = await (await runnableModel(bytes))({ x });
    expect(Object.keys(deployed)).toEqual(['forecast']);
    expect(deployed.forecast.shape).toEqual([batch, 1]);
    const differences = deployed.forecast.data.map((value, i) => Math.abs(value - inGraph.forecast.data[i]));
    expect(Math.max(...differences)).toBeLessThanOrEqual(1e-5);
    expect(new Set(deployed.forecast.data).size).toBe(batch);
    expect(readModelMetadata(bytes)).toEqual(metadata);
  });
});
