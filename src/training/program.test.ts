import { describe, expect, it } from 'vitest';
import { cnnLstm } from '../models/index.js';
import { type ModelMetadata, readModelMetadata } from '../onnx/index.js';
import { buildInferenceModel, buildTrainingProgram } from './program.js';

const model = cnnLstm({ filters1: 4, filters2: 4, hidden: 4, dense: 4 });
const shape = { batch: 3, window: 8, features: 5, classes: 3 };
const program = buildTrainingProgram(model, shape);
const metadata: ModelMetadata = {
  modelName: model.name,
  window: 8,
  features: ['a', 'b', 'c', 'd', 'e'],
  classes: ['buy', 'hold', 'sell'],
  scaler: { mean: [0, 0, 0, 0, 0], std: [1, 1, 1, 1, 1], clip: 5 },
};

describe('a training program', () => {
  it('describes what the runtime feeds and fetches', () => {
    expect(program).toMatchObject({ ...shape, stateCount: 16 });
    expect(program.paramCount).toBe(program.params.reduce((sum, { size }) => sum + size, 0));
    expect(program.inputs).toEqual({
      x: 'x',
      target: 'target',
      random: [{ name: 'dropout.mask', shape: [3, 4], kind: 'dropout', keep: 0.7 }],
    });
    expect(program.outputs.gradients).toEqual(program.params.map(({ name }) => `d_${name}`));
    expect(program.outputs.statistics).toEqual([
      'batch_norm1.mean',
      'batch_norm1.variance',
      'batch_norm2.mean',
      'batch_norm2.variance',
    ]);
    expect(program.text).toContain('conv1.kernel: float32[15,4]');
  });

  it('is the same bytes every time', () => {
    expect(buildTrainingProgram(model, shape).model).toEqual(program.model);
  });

  it('has one product for each weight gradient, however long the recurrence', () => {
    const long = buildTrainingProgram(model, { ...shape, window: 32 });
    const products = long.text.match(/matmul\(.*transA=true/g);
    // conv1, conv2, LSTM kernel, LSTM recurrent, dense, logits.
    expect(products).toHaveLength(6);
  });
});

describe('an inference model', () => {
  const params = new Float32Array(program.paramCount);
  const state = new Float32Array(program.stateCount).fill(1);

  it('carries its metadata', () => {
    expect(readModelMetadata(buildInferenceModel(model, shape, params, state, metadata))).toEqual(metadata);
  });

  it('refuses vectors of another length', () => {
    expect(() => buildInferenceModel(model, shape, params.subarray(1), state, metadata)).toThrow(
      `model cnn-lstm: a parameter vector of ${program.paramCount - 1} values; expected ${program.paramCount}`,
    );
    expect(() => buildInferenceModel(model, shape, params, state.subarray(1), metadata)).toThrow(
      'a state vector of 15 values; expected 16',
    );
  });
});
