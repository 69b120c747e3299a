import { describe, expect, it } from 'vitest';
import { modelByName } from '../../src/models/index.js';
import { Scope } from '../../src/nn/index.js';
import type { ModelMetadata, ParamSlot, StateSlot } from '../../src/onnx/index.js';
import { operatorsOf } from '../../src/onnx/operators.fixture.js';
import { type Dense, runnable, runnableModel } from '../../src/onnx/run-graph.fixture.js';
import { Graph, softmax } from '../../src/tensor/index.js';
import { buildInferenceModel, buildTrainingProgram } from '../../src/training/index.js';
import {
  distance,
  flat,
  largest,
  NETWORKS,
  type NetworkName,
  type NetworkVectors,
  readVectors,
  type Tensors,
} from './parity.fixture.js';

interface Vectors extends NetworkVectors {
  readonly x: readonly number[];
  readonly target: readonly number[];
  /** Of dropout and stochastic depth. */
  readonly masks: Tensors;
  readonly params: Tensors;
  readonly running: Tensors;
  readonly loss: number;
  readonly logits: readonly number[];
  readonly evaluationLogits: readonly number[];
  readonly gradients: Tensors;
  readonly statistics: Tensors;
}

const CONVOLUTION_BLOCK = ['Conv', 'Relu', 'BatchNormalization', 'MaxPool'];
const MULTI_SCALE_BLOCK = ['Conv', 'Conv', 'Conv', 'Concat', 'Relu', 'BatchNormalization', 'MaxPool'];
const HEAD = ['Gemm', 'Relu', 'Gemm', 'Softmax'];
/** What the deployed models are made of: operators of the ONNX standard, in order. */
const OPERATORS: Readonly<Record<NetworkName, readonly string[]>> = {
  cnn: ['Transpose', ...CONVOLUTION_BLOCK, ...CONVOLUTION_BLOCK, 'ReduceSum', 'Mul', ...HEAD],
  lstm: ['Transpose', 'LSTM', 'Reshape', ...HEAD],
  'cnn-lstm': ['Transpose', ...CONVOLUTION_BLOCK, ...CONVOLUTION_BLOCK, 'Transpose', 'LSTM', 'Reshape', ...HEAD],
  'cnn-lstm-optimised': [
    ...['Transpose', ...MULTI_SCALE_BLOCK, ...MULTI_SCALE_BLOCK],
    // Residual block.
    ...['Conv', 'BatchNormalization', 'Relu', 'Conv', 'BatchNormalization', 'Add', 'Relu'],
    // Layer norm over the channels of each step.
    ...['Transpose', 'Reshape', 'ReduceSum', 'Mul', 'Sub', 'Mul', 'ReduceSum', 'Mul', 'Add', 'Sqrt', 'Div', 'Mul'],
    ...['Mul', 'Add'],
    // Attention.
    ...['Gemm', 'Reshape', 'Transpose', 'Reshape', 'Split', 'Transpose', 'MatMul', 'Mul', 'Softmax', 'MatMul'],
    ...['Reshape', 'Transpose', 'Reshape', 'Gemm', 'Reshape', 'Transpose', 'Add'],
    // Channel weighting.
    ...['ReduceSum', 'Mul', 'Gemm', 'Relu', 'Gemm', 'Sigmoid', 'Reshape', 'Mul'],
    ...['Transpose', 'LSTM', 'Reshape', ...HEAD],
  ],
};

const dense = (shape: readonly number[], data: readonly number[]): Dense => ({ shape, data });
const tensors = (slots: readonly (ParamSlot | StateSlot)[], values: Tensors): Record<string, Dense> =>
  Object.fromEntries(slots.map((slot) => [slot.name, dense(slot.shape, values[slot.name])]));

/** Vectors of bench/peers/torch_parity.py: float64 on float32 weights. */
describe.each(NETWORKS)('%s against PyTorch, same weights and batch', (name) => {
  const torch = readVectors<Vectors>(`torch-${name}`);
  const { shape } = torch;
  const { batch, window, features, classes } = shape;
  const model = modelByName(name, torch.options);
  const program = buildTrainingProgram(model, shape);
  const x = dense([batch, window, features], torch.x);

  const trained = async () => {
    const run = await runnableModel(program.model);
    return run({
      [program.inputs.x]: x,
      [program.inputs.target]: dense([batch, classes], torch.target),
      ...Object.fromEntries(
        program.inputs.random.map((input) => [input.name, dense(input.shape, torch.masks[input.name])]),
      ),
      ...tensors(program.params, torch.params),
    });
  };

  it('gives the same loss and logits', async ({ annotate }) => {
    expect(program.inputs.random.map((input) => input.name).sort()).toEqual(Object.keys(torch.masks).sort());
    const { loss, logits } = await trained();
    expect(loss.data[0]).toBeCloseTo(torch.loss, 6);
    const difference = distance(logits.data, torch.logits);
    await annotate(`largest difference of a logit: ${difference.toExponential(1)}`, 'parity');
    expect(difference).toBeLessThanOrEqual(1e-5);
  });

  it('gives the same gradient of every parameter', async ({ annotate }) => {
    const found = await trained();
    expect(program.params.map((slot) => slot.name)).toEqual(Object.keys(torch.gradients));
    const differences = program.params.map((slot, i) => {
      const expected = torch.gradients[slot.name];
      expect(largest(expected), slot.name).toBeGreaterThan(0);
      return {
        of: slot.name,
        difference: distance(found[program.outputs.gradients[i]].data, expected) / largest(expected),
      };
    });
    const worst = Math.max(...differences.map(({ difference }) => difference));
    await annotate(`largest relative difference of a gradient: ${worst.toExponential(1)}`, 'parity');
    expect(differences.filter(({ difference }) => !(difference <= 1e-4))).toEqual([]);
  });

  it('gives the batch statistics that update the running ones', async () => {
    const found = await trained();
    expect(program.state.map((slot) => slot.name)).toEqual(Object.keys(torch.statistics));
    program.state.forEach((slot, i) => {
      const difference = distance(found[program.outputs.statistics[i]].data, torch.statistics[slot.name]);
      expect(difference, slot.name).toBeLessThanOrEqual(1e-5);
    });
  });

  it('gives the same logits in evaluation mode', async () => {
    const graph = new Graph();
    const scope = new Scope(graph, { mode: 'evaluation' });
    const logits = model.build(scope, graph.input('x', [batch, window, features]), classes);
    const run = await runnable({ logits });
    const found = await run({ x, ...tensors(scope.params, torch.params), ...tensors(scope.state, torch.running) });
    expect(distance(found.logits.data, torch.evaluationLogits)).toBeLessThanOrEqual(1e-5);
  });

  const metadata: ModelMetadata = {
    modelName: model.name,
    window,
    features: ['a', 'b', 'c', 'd', 'e'],
    classes: ['buy', 'hold', 'sell'],
    scaler: { mean: [0, 0, 0, 0, 0], std: [1, 1, 1, 1, 1], clip: 5 },
  };
  const deployed = () =>
    buildInferenceModel(model, shape, flat(program.params, torch.params), flat(program.state, torch.running), metadata);

  it('gives the same probabilities deployed, for a batch of any length', async ({ annotate }) => {
    const graph = new Graph();
    const expected = await runnable({ probabilities: softmax(graph.input('logits', [batch, classes])) });
    const { probabilities } = await expected({ logits: dense([batch, classes], torch.evaluationLogits) });
    const run = await runnableModel(deployed());
    const difference = distance((await run({ x })).probabilities.data, probabilities.data);
    await annotate(`largest difference of a deployed probability: ${difference.toExponential(1)}`, 'parity');
    expect(difference).toBeLessThanOrEqual(1e-5);
    for (const count of [1, 2]) {
      const first = dense([count, window, features], torch.x.slice(0, count * window * features));
      const found = (await run({ x: first })).probabilities.data;
      expect(distance(found, probabilities.data.slice(0, count * classes))).toBeLessThanOrEqual(1e-5);
    }
  });

  it('is deployed in standard operators only', () => {
    expect(operatorsOf(deployed())).toEqual(OPERATORS[name]);
  });
});
