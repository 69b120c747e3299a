import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { defineModel } from '../../models/index.js';
import { dense } from '../../nn/index.js';
import { reshape } from '../../tensor/index.js';
import { CandlenetError } from '../../util/index.js';
import { modelOf } from '../pipeline/network.js';
import { loadConfig, parseConfig } from './load.js';
import { modelOptionsOf } from './model-section.js';
import { pastConfigSchema } from './schema.js';

const folder = mkdtempSync(join(tmpdir(), 'candlenet-model-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const REST = {
  market: { store: 'store', index: 'csi300' },
  split: {
    train: ['2010-01-04', '2020-12-31'],
    validate: ['2021-01-04', '2021-12-31'],
    test: ['2022-01-04', '2023-12-29'],
  },
};
const modelConfig = (model: unknown) => parseConfig({ ...REST, model }, 'test').model;

function errorOf(model: string): CandlenetError {
  const path = join(folder, 'c.yaml');
  writeFileSync(path, `market: ${JSON.stringify(REST.market)}\nsplit: ${JSON.stringify(REST.split)}\n${model}`);
  try {
    loadConfig(path);
  } catch (error) {
    if (error instanceof CandlenetError) return error;
    throw error;
  }
  throw new Error('expected the configuration to be refused');
}

describe('the model section', () => {
  it('fills in the defaults of the model named, two filters as one key', () => {
    expect(modelConfig({ name: 'lstm', hidden: 32 })).toEqual({ name: 'lstm', hidden: 32, dropout: 0.3, dense: 128 });
    expect(modelConfig({ name: 'cnn-lstm-optimised', attention: false })).toMatchObject({
      filters: [96, 192],
      hidden: 384,
      heads: 8,
      attention: false,
      residual: true,
    });
  });

  it('is read again as it was filled in, as a manifest is', () => {
    const once = modelConfig({ name: 'cnn', filters: [8, 16] });
    expect(modelConfig(once)).toEqual(once);
    expect(modelOptionsOf(once)).toMatchObject({ filters1: 8, filters2: 16, kernelWidth: 3 });
  });

  it('takes a model that was registered before', () => {
    defineModel({
      name: 'last-close',
      defaults: { units: 4, wide: false },
      build: (scope, x, classes, { units }) => {
        const [batch, window, features] = x.shape;
        const hidden = dense(scope.child('hidden'), reshape(x, [batch, window * features]), units);
        return dense(scope.child('logits'), hidden, classes);
      },
    });
    const config = parseConfig({ ...REST, model: { name: 'last-close', units: 6 } }, 'test');
    expect(config.model).toEqual({ name: 'last-close', units: 6, wide: false });
    expect(modelOf(config).name).toBe('last-close');
    expect(errorOf('model: { name: last-close, wide: 1 }\n').message).toContain(
      'model.wide: found 1; expected a boolean',
    );
  });

  it('lets a past run keep a model that this program does not have', () => {
    const past = { ...parseConfig(REST, 'test'), model: { name: 'somebody-elses', depth: 3 } };
    expect(pastConfigSchema.parse(past).model).toEqual({ name: 'somebody-elses', depth: 3 });
    expect(pastConfigSchema.safeParse({ ...past, market: null }).success).toBe(false);
  });

  it.each<[string, string, string, string]>([
    [
      'model:\n  name: cnn-lsmt\n',
      'CONFIG_INVALID',
      'c.yaml:4: model.name: found "cnn-lsmt"; expected one of ',
      'cnn, cnn-lstm, cnn-lstm-optimised',
    ],
    [
      'model:\n  name: lstm\n  hiden: 3\n',
      'CONFIG_UNKNOWN_KEY',
      'c.yaml:5: unknown key "model.hiden"; did you mean "hidden"? ',
      'Known: name, hidden, dropout, dense',
    ],
    ['model:\n  name: lstm\n  filters: [4, 4]\n', 'CONFIG_UNKNOWN_KEY', 'c.yaml:5: unknown key "model.filters"', ''],
    ['model:\n  filters1: 4\n', 'CONFIG_UNKNOWN_KEY', 'c.yaml:4: unknown key "model.filters1"', 'filters, '],
    ['model:\n  filters: [4]\n', 'CONFIG_INVALID', 'c.yaml:4: model.filters: found [4]; expected two numbers', ''],
    ['model:\n  filters: [4, 0]\n', 'CONFIG_INVALID', 'c.yaml:4: model.filters: ', 'filters2 is 0; expected a whole'],
    ['model:\n  hidden: wide\n', 'CONFIG_INVALID', 'c.yaml:4: model.hidden: found "wide"; expected a number', ''],
    [
      'model:\n  hidden: 5000\n',
      'CONFIG_INVALID',
      'c.yaml:4: model.hidden: found 5000; expected a whole number, 1 to 4096',
      '',
    ],
    [
      'model:\n  activation: gelu\n',
      'CONFIG_INVALID',
      'c.yaml:4: model.activation: found "gelu"; expected one of relu, sigmoid, tanh',
      '',
    ],
    [
      'model:\n  name: cnn-lstm-optimised\n  heads: 7\n',
      'CONFIG_INVALID',
      'c.yaml:5: model.heads: found 7; expected a divisor of filters2 (192)',
      '',
    ],
    [
      'model:\n  name: cnn-lstm-optimised\n  filters: [15, 15]\n',
      'CONFIG_INVALID',
      'c.yaml:3: model.heads: found 8, the default; expected a divisor of filters2 (15)',
      '',
    ],
    ['model: 3\n', 'CONFIG_INVALID', 'c.yaml:3: model: found 3; expected ', ''],
  ])('refuses %j', (text, code, start, also) => {
    const error = errorOf(text);
    expect(error.code).toBe(code);
    expect(error.message).toContain(start);
    expect(error.message).toContain(also);
    expect(error.message.split('\n')).toHaveLength(1);
  });
});

describe('a network among the baselines', () => {
  const networkOf = (cnn: unknown) => parseConfig({ ...REST, baselines: { cnn } }, 'test').baselines.cnn;

  it('has the options of the model of its name, and is left out by false', () => {
    expect(networkOf({ filters: [8, 8] })).toEqual({ ...modelConfig({ name: 'cnn' }), filters: [8, 8] });
    expect(networkOf(false)).toBe(false);
    expect(networkOf(undefined)).toBe(false);
  });

  it.each([
    ['baselines: { cnn: true }', 'baselines.cnn: found true; expected false or the options of the network'],
    ['baselines: { lstm: { hidden: -3 } }', 'baselines.lstm.hidden: found -3; expected a whole number'],
    ['baselines: { cnn: { filtres: [1, 2] } }', 'unknown key "baselines.cnn.filtres"; did you mean "filters"?'],
  ])('refuses %s', (text, message) => {
    expect(errorOf(text).message).toContain(message);
  });
});
