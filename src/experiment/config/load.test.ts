import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseDocument } from 'yaml';
import { CandlenetError } from '../../util/index.js';
import { loadConfig } from './load.js';
import { configSchema } from './schema.js';
import { CSI300_TEMPLATE, configTemplate } from './template.js';

const MINIMAL = `market:
  store: store
  index: csi300
split:
  train: [2010-01-04, 2020-12-31]
  validate: [2021-01-04, 2021-12-31]
  test: [2022-01-04, 2023-12-29]
`;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'candlenet-config-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function load(text: string) {
  const path = join(folder, 'c.yaml');
  writeFileSync(path, text);
  return loadConfig(path);
}

function failure(text: string): CandlenetError {
  try {
    load(text);
  } catch (error) {
    if (error instanceof CandlenetError) return error;
    throw error;
  }
  throw new Error('expected the configuration to be refused');
}

describe('loadConfig', () => {
  it('fills every default with the value of the paper', () => {
    const { config, storePath } = load(MINIMAL);
    expect(config.training).toMatchObject({ batchSize: 64, maxEpochs: 200, patience: 10, learningRate: 0.001 });
    expect(config.model).toEqual({
      name: 'cnn-lstm',
      filters: [64, 128],
      kernelWidth: 3,
      hidden: 256,
      dense: 128,
      dropout: 0.3,
      activation: 'relu',
    });
    expect(config.label).toEqual({ kind: 'volatility', classes: 3, horizonDays: 5, k: 0.5, volatilityDays: 60 });
    expect(storePath).toBe(join(folder, 'store'));
  });

  it('names the file, the line and the nearest known key of an unknown one', () => {
    const error = failure(`${MINIMAL}training:\n  seed: 1\n  batchsize: 32\n`);
    expect(error.code).toBe('CONFIG_UNKNOWN_KEY');
    expect(error.exitStatus).toBe(2);
    expect(error.message).toContain(
      `${join(folder, 'c.yaml')}:10: unknown key "training.batchsize"; did you mean "batchSize"?`,
    );
  });

  it('names an unknown key at the top', () => {
    expect(failure(`${MINIMAL}trainning: {}\n`).message).toContain(
      ':8: unknown key "trainning"; did you mean "training"?',
    );
  });

  it('says what was found and what was expected of a value', () => {
    const error = failure(`${MINIMAL}features:\n  window: twenty\n`);
    expect(error.code).toBe('CONFIG_INVALID');
    expect(error.message).toMatch(/c\.yaml:9: features\.window: found "twenty"; expected number/);
  });

  it('refuses a period that ends before it begins', () => {
    const error = failure(MINIMAL.replace('[2021-01-04, 2021-12-31]', '[2021-12-31, 2021-01-04]'));
    expect(error.message).toMatch(/c\.yaml:6: split\.validate: .*not to be after the second/);
  });

  it('names the missing key', () => {
    expect(failure(MINIMAL.replace('  index: csi300\n', '')).message).toMatch(
      /market\.index: found nothing; expected string/,
    );
  });

  it('names line and column of a syntax error', () => {
    const error = failure('market: [unclosed\nsplit: {');
    expect(error.code).toBe('CONFIG_SYNTAX');
    expect(error.message).toMatch(/c\.yaml:\d+:\d+: not valid YAML/);
  });

  it('refuses an empty file', () => {
    expect(failure('# nothing\n').code).toBe('CONFIG_INVALID');
  });

  it('says which file is missing', () => {
    expect(() => loadConfig(join(folder, 'none.yaml'))).toThrow(/none\.yaml: configuration not found/);
  });

  it('lets the command line replace the store and the preset', () => {
    const path = join(folder, 'c.yaml');
    writeFileSync(path, MINIMAL);
    const { config, storePath } = loadConfig(path, { store: 'elsewhere', preset: ['quick'], workers: 1 });
    expect(storePath).toBe(join(process.cwd(), 'elsewhere'));
    expect(config.preset).toEqual(['quick']);
    expect(config.training.workers).toBe(1);
  });
});

describe('the commented template', () => {
  it('writes every key there is, at its default', () => {
    const written: unknown = parseDocument(configTemplate(CSI300_TEMPLATE)).toJS();
    const { split, name, market } = CSI300_FIELDS;
    const defaults = configSchema.parse({ split, name, market });
    const { preset, ...rest } = defaults;
    expect(preset).toBeNull();
    expect(written).toEqual(rest);
  });

  it('agrees with examples/csi300.yaml', () => {
    const example = configSchema.parse(
      parseDocument(readFileSync(new URL('../../../examples/csi300.yaml', import.meta.url), 'utf8')).toJS(),
    );
    const template = configSchema.parse(parseDocument(configTemplate(CSI300_TEMPLATE)).toJS());
    expect({ ...example, market: null }).toEqual({ ...template, market: null });
  });
});

const CSI300_FIELDS = {
  name: CSI300_TEMPLATE.name,
  market: { store: CSI300_TEMPLATE.store, index: CSI300_TEMPLATE.index },
  split: {
    train: [...CSI300_TEMPLATE.train],
    validate: [...CSI300_TEMPLATE.validate],
    test: [...CSI300_TEMPLATE.test],
  },
};
