import { describe, expect, it } from 'vitest';
import { dense, Scope } from '../nn/index.js';
import { Graph, reshape } from '../tensor/index.js';
import { CandlenetError } from '../util/index.js';
import { cnnLstm, defineModel, type ModelOptions, modelByName, modelDefaults, modelNames } from './index.js';

function built(options: ModelOptions, [batch, window, features] = [2, 20, 81]) {
  const graph = new Graph();
  const scope = new Scope(graph, { mode: 'training' });
  const logits = modelByName('cnn-lstm', options).build(scope, graph.input('x', [batch, window, features]), 3);
  return { scope, logits };
}

describe('the CNN-LSTM', () => {
  it('has the sizes of the paper, section 3.2.1, and one LSTM bias', () => {
    const { scope, logits } = built({});
    expect(logits.shape).toEqual([2, 3]);
    expect(Object.fromEntries(scope.params.map(({ name, shape }) => [name, shape]))).toEqual({
      'conv1.kernel': [3 * 81, 64],
      'conv1.bias': [64],
      'norm1.scale': [64],
      'norm1.shift': [64],
      'conv2.kernel': [3 * 64, 128],
      'conv2.bias': [128],
      'norm2.scale': [128],
      'norm2.shift': [128],
      'lstm.kernel': [4 * 256, 128],
      'lstm.recurrent': [4 * 256, 256],
      'lstm.bias': [4 * 256],
      'dense.kernel': [256, 128],
      'dense.bias': [128],
      'logits.kernel': [128, 3],
      'logits.bias': [3],
    });
    expect(scope.state.map(({ name, initial, momentum }) => [name, initial, momentum])).toEqual([
      ['norm1.mean', 0, 0.1],
      ['norm1.variance', 1, 0.1],
      ['norm2.mean', 0, 0.1],
      ['norm2.variance', 1, 0.1],
    ]);
    expect(scope.random).toEqual([{ name: 'dropout.mask', shape: [2, 256], kind: 'dropout', keep: 0.7 }]);
  });

  it('lays its parameters end to end', () => {
    let end = 0;
    for (const { offset, size, shape } of built({}).scope.params) {
      expect(offset).toBe(end);
      expect(size).toBe(shape.reduce((a, b) => a * b, 1));
      end += size;
    }
    // 15,552 + 64 + 128 + 24,576 + 128 + 256 + 131,072 + 262,144 + 1,024 + 32,768 + 128 + 384 + 3
    expect(end).toBe(468_227);
  });

  it('takes the sigmoid of the paper’s equation 3 in its place', () => {
    const { logits } = built({ activation: 'sigmoid' });
    expect(logits.graph).toBeInstanceOf(Graph);
    const ops = (logits.graph as Graph).nodes.map(({ op }) => op);
    expect(ops.filter((op) => op === 'relu')).toHaveLength(1);
    expect(ops.filter((op) => op === 'sigmoid')).toHaveLength(2 + 5 * 3 - 1);
  });

  it('needs a window of four steps for two poolings', () => {
    expect(built({}, [2, 4, 3]).logits.shape).toEqual([2, 3]);
    expect(() => built({}, [2, 3, 3])).toThrow(/a window of 3 steps.*expected 4 or more/);
  });
});

describe('the registry', () => {
  const errorOf = (work: () => unknown): CandlenetError => {
    try {
      work();
    } catch (error) {
      if (error instanceof CandlenetError) return error;
    }
    throw new Error('expected a coded error');
  };

  it('takes a model of one’s own, with options over defaults', () => {
    const ownModel = defineModel({
      name: 'last-day',
      defaults: { units: 4 },
      build: (scope, x, classes, { units }) => {
        const [batch, window, features] = x.shape;
        const hidden = dense(scope.child('hidden'), reshape(x, [batch, window * features]), units);
        return dense(scope.child('logits'), hidden, classes);
      },
    });
    expect(modelNames()).toContain('last-day');
    for (const model of [ownModel({ units: 7 }), modelByName('last-day', { units: 7 })]) {
      const graph = new Graph();
      const scope = new Scope(graph, { mode: 'training' });
      expect(model.build(scope, graph.input('x', [5, 2, 3]), 3).shape).toEqual([5, 3]);
      expect(scope.params[0]).toMatchObject({ name: 'hidden.kernel', shape: [6, 7] });
    }
    expect(modelDefaults('last-day')).toEqual({ units: 4 });
    const again = { name: 'last-day', defaults: {}, build: () => new Graph().input('x', [1]) };
    expect(errorOf(() => defineModel(again)).code).toBe('ARGUMENT_INVALID');
    const named = { name: 'named', defaults: { name: 'x' }, build: () => new Graph().input('x', [1]) };
    expect(errorOf(() => defineModel(named)).message).toMatch(/model "named": an option is called "name"/);
  });

  it.each<[string, ModelOptions, string, RegExp]>([
    ['cnn-lsmt', {}, 'CONFIG_INVALID', /model "cnn-lsmt" is unknown; expected one of .*cnn-lstm/],
    ['cnn-lstm', { filter1: 3 }, 'CONFIG_UNKNOWN_KEY', /unknown option "filter1"; expected one of filters1, filters2/],
    ['cnn-lstm', { hidden: '256' }, 'CONFIG_INVALID', /hidden is "256"; expected a number/],
    ['cnn-lstm', { hidden: 2.5 }, 'CONFIG_INVALID', /hidden is 2\.5; expected a whole number, 1 to 4096/],
    ['cnn-lstm', { dropout: 1 }, 'CONFIG_INVALID', /dropout is 1; expected 0 to below 1/],
    ['cnn-lstm', { dropout: Number.NaN }, 'CONFIG_INVALID', /dropout is NaN/],
    ['cnn-lstm', { activation: 'gelu' }, 'CONFIG_INVALID', /activation is "gelu"; expected one of relu, sigmoid, tanh/],
    ['cnn-lstm', { activation: 'constructor' }, 'CONFIG_INVALID', /activation is "constructor"/],
    ['cnn-lstm', { toString: 'x' }, 'CONFIG_UNKNOWN_KEY', /unknown option "toString"/],
  ])('refuses %s with %o', (name, options, code, words) => {
    const error = errorOf(() => modelByName(name, options));
    expect(error.code).toBe(code);
    expect(error.message).toMatch(words);
  });

  it('has the CNN-LSTM with the options given', () => {
    const graph = new Graph();
    const scope = new Scope(graph, { mode: 'training' });
    cnnLstm({ hidden: 8 }).build(scope, graph.input('x', [2, 8, 3]), 2);
    expect(scope.params.find(({ name }) => name === 'lstm.recurrent')?.shape).toEqual([32, 8]);
  });
});
