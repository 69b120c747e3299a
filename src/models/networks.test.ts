import { describe, expect, it } from 'vitest';
import { type Mode, Scope } from '../nn/index.js';
import { Graph, print } from '../tensor/index.js';
import { CandlenetError } from '../util/index.js';
import { cnn, cnnLstm, cnnLstmOptimised, lstm, type Model, type ModelOptions, modelByName } from './index.js';

function built(model: Model, mode: Mode = 'training', [batch, window, features] = [2, 20, 81]) {
  const graph = new Graph();
  const scope = new Scope(graph, { mode });
  const logits = model.build(scope, graph.input('x', [batch, window, features]), 3);
  expect(logits.shape).toEqual([batch, 3]);
  return { scope, text: print({ logits }) };
}

const shapesOf = (model: Model) =>
  Object.fromEntries(built(model).scope.params.map(({ name, shape }) => [name, [...shape]]));
const namesOf = (options: ModelOptions) =>
  built(modelByName('cnn-lstm-optimised', options)).scope.params.map((p) => p.name);
const countOf = (model: Model) => built(model).scope.params.reduce((sum, { size }) => sum + size, 0);

const ALL_OFF = {
  multiScale: false,
  residual: false,
  attention: false,
  channelWeighting: false,
  stochasticDepth: 0,
} as const;

describe('the networks at the paper’s sizes, 20 steps × 81 features', () => {
  it('the CNN has the CNN-LSTM’s convolutions and head', () => {
    expect(shapesOf(cnn())).toEqual({
      'conv1.kernel': [3 * 81, 64],
      'conv1.bias': [64],
      'norm1.scale': [64],
      'norm1.shift': [64],
      'conv2.kernel': [3 * 64, 128],
      'conv2.bias': [128],
      'norm2.scale': [128],
      'norm2.shift': [128],
      'dense.kernel': [128, 128],
      'dense.bias': [128],
      'logits.kernel': [128, 3],
      'logits.bias': [3],
    });
    // 15,552 + 64 + 128 + 24,576 + 128 + 256 + 16,384 + 128 + 384 + 3
    expect(countOf(cnn())).toBe(57_603);
    expect(built(cnn()).scope.random).toEqual([{ name: 'dropout.mask', shape: [2, 128], kind: 'dropout', keep: 0.7 }]);
  });

  it('the LSTM reads the window itself', () => {
    expect(shapesOf(lstm())).toEqual({
      'lstm.kernel': [4 * 256, 81],
      'lstm.recurrent': [4 * 256, 256],
      'lstm.bias': [4 * 256],
      'dense.kernel': [256, 128],
      'dense.bias': [128],
      'logits.kernel': [128, 3],
      'logits.bias': [3],
    });
    // 82,944 + 262,144 + 1,024 + 32,768 + 128 + 384 + 3
    expect(countOf(lstm())).toBe(379_395);
    expect(built(lstm(), 'training', [2, 1, 81]).scope.state).toEqual([]);
  });

  it('the optimised CNN-LSTM has every part of section 4.2', () => {
    expect(shapesOf(cnnLstmOptimised())).toEqual({
      'conv1.width3.kernel': [3 * 81, 32],
      'conv1.width3.bias': [32],
      'conv1.width5.kernel': [5 * 81, 32],
      'conv1.width5.bias': [32],
      'conv1.width7.kernel': [7 * 81, 32],
      'conv1.width7.bias': [32],
      'norm1.scale': [96],
      'norm1.shift': [96],
      'conv2.width3.kernel': [3 * 96, 64],
      'conv2.width3.bias': [64],
      'conv2.width5.kernel': [5 * 96, 64],
      'conv2.width5.bias': [64],
      'conv2.width7.kernel': [7 * 96, 64],
      'conv2.width7.bias': [64],
      'norm2.scale': [192],
      'norm2.shift': [192],
      'residual.conv1.kernel': [3 * 192, 192],
      'residual.norm1.scale': [192],
      'residual.norm1.shift': [192],
      'residual.conv2.kernel': [3 * 192, 192],
      'residual.norm2.scale': [192],
      'residual.norm2.shift': [192],
      'attention.norm.scale': [192],
      'attention.norm.shift': [192],
      'attention.projection.kernel': [192, 3 * 192],
      'attention.projection.bias': [3 * 192],
      'attention.output.kernel': [192, 192],
      'attention.output.bias': [192],
      'channels.squeeze.kernel': [192, 12],
      'channels.squeeze.bias': [12],
      'channels.excite.kernel': [12, 192],
      'channels.excite.bias': [192],
      'lstm.kernel': [4 * 384, 192],
      'lstm.recurrent': [4 * 384, 384],
      'lstm.bias': [4 * 384],
      'dense.kernel': [384, 128],
      'dense.bias': [128],
      'logits.kernel': [128, 3],
      'logits.bias': [3],
    });
    // 38,976 + 192 + 92,352 + 384, 221,184 + 768, 384 + 111,168 + 37,056, 2,316 + 2,496, 886,272, 49,280 + 387
    expect(countOf(cnnLstmOptimised())).toBe(1_443_215);
    expect(built(cnnLstmOptimised()).scope.random).toEqual([
      { name: 'residual.depth.mask', shape: [2, 1], kind: 'dropout', keep: 0.9 },
      { name: 'attention.depth.mask', shape: [2, 1], kind: 'dropout', keep: 0.9 },
      { name: 'dropout.mask', shape: [2, 384], kind: 'dropout', keep: 0.7 },
    ]);
  });

  it.each(['training', 'evaluation', 'deployment'] as const)(
    'the optimised CNN-LSTM with every part off is the CNN-LSTM, for %s',
    (mode) => {
      const sizes = { filters1: 96, filters2: 192, hidden: 384 };
      expect(built(cnnLstmOptimised(ALL_OFF), mode).text).toBe(built(cnnLstm(sizes), mode).text);
      expect(built(cnnLstmOptimised(), mode).text).not.toBe(built(cnnLstm(sizes), mode).text);
    },
  );

  it.each<[ModelOptions, RegExp]>([
    [{ multiScale: true }, /width/],
    [{ residual: true }, /^residual\./],
    [{ attention: true }, /^attention\./],
    [{ channelWeighting: true }, /^channels\./],
  ])('has only the part that is on: %o', (part, names) => {
    const plain = namesOf(ALL_OFF);
    const added = namesOf({ ...ALL_OFF, ...part }).filter((name) => !plain.includes(name));
    expect(added.length).toBeGreaterThan(0);
    expect(added.filter((name) => !names.test(name))).toEqual([]);
    expect(namesOf({}).filter((name) => names.test(name))).toEqual(added);
  });

  it.each<[ModelOptions, string[]]>([
    [{ stochasticDepth: 0.2 }, ['residual.depth.mask', 'attention.depth.mask']],
    [{ stochasticDepth: 0.2, attention: false }, ['residual.depth.mask']],
    [{ stochasticDepth: 0 }, []],
  ])('skips the residual branches there are: %o', (options, masks) => {
    const { random } = built(modelByName('cnn-lstm-optimised', { ...options, dropout: 0 })).scope;
    expect(random.map(({ name, keep }) => [name, keep])).toEqual(masks.map((name) => [name, 0.8]));
  });

  it.each(['evaluation', 'deployment'] as const)('draws nothing for %s', (mode) => {
    for (const model of [cnn(), lstm(), cnnLstm(), cnnLstmOptimised()]) {
      expect(built(model, mode).scope.random).toEqual([]);
    }
  });

  it.each(['cnn', 'cnn-lstm', 'cnn-lstm-optimised'])('%s needs a window of four steps for two poolings', (name) => {
    built(modelByName(name), 'training', [2, 4, 3]);
    expect(() => built(modelByName(name), 'training', [2, 3, 3])).toThrow(
      new RegExp(`model ${name}: a window of 3 steps; expected 4 or more`),
    );
  });

  it.each<[string, ModelOptions, RegExp]>([
    ['cnn', { hidden: 3 }, /unknown option "hidden"; expected one of filters1, filters2, kernelWidth/],
    ['lstm', { hidden: 4097 }, /hidden is 4097; expected a whole number, 1 to 4096/],
    ['cnn-lstm-optimised', { multiScale: 1 }, /multiScale is 1; expected a boolean/],
    ['cnn-lstm-optimised', { filters1: 2 }, /filters1 is 2; expected 3 or more, one for each branch of multiScale/],
    ['cnn-lstm-optimised', { heads: 5 }, /heads is 5; expected a divisor of filters2 \(192\)/],
    ['cnn-lstm-optimised', { stochasticDepth: 1 }, /stochasticDepth is 1; expected 0 to below 1/],
    ['cnn-lstm-optimised', { channelReduction: 0 }, /channelReduction is 0; expected a whole number/],
    ['cnn-lstm-optimised', { activation: 'gelu' }, /activation is "gelu"; expected one of relu, sigmoid, tanh/],
  ])('refuses %s with %o', (name, options, words) => {
    expect(() => modelByName(name, options)).toThrow(CandlenetError);
    expect(() => modelByName(name, options)).toThrow(words);
  });

  it('lets filters be few, or indivisible, where the part that minds is off', () => {
    expect(() => modelByName('cnn-lstm-optimised', { multiScale: false, filters1: 2 })).not.toThrow();
    expect(() => modelByName('cnn-lstm-optimised', { attention: false, heads: 5 })).not.toThrow();
  });
});
