import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { cnnLstm } from '../../src/models/index.js';
import { Scope } from '../../src/nn/index.js';
import type { ModelMetadata, ParamSlot, StateSlot } from '../../src/onnx/index.js';
import { operatorsOf } from '../../src/onnx/operators.fixture.js';
import { type Dense, runnable, runnableModel } from '../../src/onnx/run-graph.fixture.js';
import { Graph, softmax } from '../../src/tensor/index.js';
import { buildInferenceModel, buildTrainingProgram } from '../../src/training/index.js';

type Tensors = Readonly<Record<string, readonly number[]>>;
interface Vectors {
  readonly shape: {
    readonly batch: number;
    readonly window: number;
    readonly features: number;
    readonly classes: number;
  };
  readonly options: Record<'filters1' | 'filters2' | 'hidden' | 'dense' | 'dropout', number>;
  readonly x: readonly number[];
  readonly target: readonly number[];
  readonly mask: readonly number[];
  readonly params: Tensors;
  readonly running: Tensors;
  readonly loss: number;
  readonly logits: readonly number[];
  readonly evaluationLogits: readonly number[];
  readonly gradients: Tensors;
  readonly statistics: Tensors;
}

/** Made by bench/peers/torch_cnn_lstm.py with PyTorch 2.13. */
const torch = JSON.parse(readFileSync(new URL('./vectors/torch-cnn-lstm.json', import.meta.url), 'utf8')) as Vectors;

const { shape, options } = torch;
const { batch, window, features, classes } = shape;
const model = cnnLstm(options);
const metadata: ModelMetadata = {
  modelName: model.name,
  window,
  features: ['a', 'b', 'c', 'd', 'e'],
  classes: ['buy', 'hold', 'sell'],
  scaler: { mean: [0, 0, 0, 0, 0], std: [1, 1, 1, 1, 1], clip: 5 },
};
const program = buildTrainingProgram(model, shape);
const dense = (shape: readonly number[], data: readonly number[]): Dense => ({ shape, data });
const tensors = (slots: readonly (ParamSlot | StateSlot)[], values: Tensors): Record<string, Dense> =>
  Object.fromEntries(slots.map((slot) => [slot.name, dense(slot.shape, values[slot.name])]));
const x = dense([batch, window, features], torch.x);

function flat(slots: readonly (ParamSlot | StateSlot)[], values: Tensors): Float32Array {
  const result = new Float32Array(slots.reduce((sum, { size }) => sum + size, 0));
  for (const { name, offset } of slots) result.set(values[name], offset);
  return result;
}

function expectWithin(found: readonly number[], expected: readonly number[], tolerance: number, what: string): void {
  expect(found.length, what).toBe(expected.length);
  found.forEach((value, i) => {
    expect(Math.abs(value - expected[i]), `${what}[${i}]: ${value} for ${expected[i]}`).toBeLessThanOrEqual(tolerance);
  });
}

const largest = (values: readonly number[]) => Math.max(...values.map(Math.abs));

describe('the CNN-LSTM against PyTorch, same weights and batch', () => {
  const trained = async () => {
    const run = await runnableModel(program.model);
    return run({
      [program.inputs.x]: x,
      [program.inputs.target]: dense([batch, classes], torch.target),
      [program.inputs.random[0].name]: dense([batch, options.hidden], torch.mask),
      ...tensors(program.params, torch.params),
    });
  };

  it('gives the same loss and logits', async () => {
    const { loss, logits } = await trained();
    expectWithin(loss.data, [torch.loss], 1e-6, 'loss');
    expectWithin(logits.data, torch.logits, 1e-5, 'logits');
  });

  it('gives the same gradient of every parameter', async () => {
    const found = await trained();
    expect(program.params.map(({ name }) => name)).toEqual(Object.keys(torch.gradients));
    program.params.forEach(({ name }, i) => {
      const expected = torch.gradients[name];
      expectWithin(found[program.outputs.gradients[i]].data, expected, 1e-4 * largest(expected), name);
    });
  });

  it('gives the batch statistics that update the running ones', async () => {
    const found = await trained();
    program.state.forEach(({ name }, i) => {
      expectWithin(found[program.outputs.statistics[i]].data, torch.statistics[name], 1e-5, name);
    });
  });

  it('gives the same logits in evaluation mode', async () => {
    const graph = new Graph();
    const scope = new Scope(graph, { mode: 'evaluation' });
    const logits = model.build(scope, graph.input('x', [batch, window, features]), classes);
    const run = await runnable({ logits });
    const found = await run({ x, ...tensors(scope.params, torch.params), ...tensors(scope.state, torch.running) });
    expectWithin(found.logits.data, torch.evaluationLogits, 1e-5, 'logits');
  });

  it('gives the same probabilities deployed, for a batch of any length', async () => {
    const deployed = buildInferenceModel(
      model,
      shape,
      flat(program.params, torch.params),
      flat(program.state, torch.running),
      metadata,
    );
    const graph = new Graph();
    const expected = await runnable({ probabilities: softmax(graph.input('logits', [batch, classes])) });
    const { probabilities } = await expected({ logits: dense([batch, classes], torch.evaluationLogits) });
    const run = await runnableModel(deployed);
    expectWithin((await run({ x })).probabilities.data, probabilities.data, 1e-5, 'whole batch');
    const first = dense([1, window, features], torch.x.slice(0, window * features));
    expectWithin(
      (await run({ x: first })).probabilities.data,
      probabilities.data.slice(0, classes),
      1e-5,
      'first sample',
    );
  });

  it('is deployed in standard operators only', () => {
    const deployed = buildInferenceModel(
      model,
      shape,
      flat(program.params, torch.params),
      flat(program.state, torch.running),
      metadata,
    );
    expect(operatorsOf(deployed)).toEqual([
      'Transpose',
      ...['Conv', 'Relu', 'BatchNormalization', 'MaxPool'],
      ...['Conv', 'Relu', 'BatchNormalization', 'MaxPool'],
      ...['Transpose', 'LSTM', 'Reshape'],
      ...['Gemm', 'Relu', 'Gemm', 'Softmax'],
    ]);
  });
});
