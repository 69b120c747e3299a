import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CandlenetError } from '../../util/index.js';
import { loadConfig } from '../config/load.js';
import { searchSetup } from './candidates.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'candlenet-tune-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function setup(space: string, more = '') {
  const path = join(folder, 'c.yaml');
  writeFileSync(
    path,
    `market: { store: store, index: csi300 }
split: { train: [2010-01-04, 2020-12-31], validate: [2021-01-04, 2021-12-31], test: [2022-01-04, 2023-12-29] }
training: { workers: 2 }
${more}tune:
  space:
${space.replace(/^/gm, '    ')}
`,
  );
  return searchSetup(loadConfig(path));
}

function refusal(space: string, more = ''): string {
  try {
    setup(space, more);
  } catch (error) {
    if (error instanceof CandlenetError) return `${error.message.replace(folder, '')} [${error.code}]`;
    throw error;
  }
  throw new Error('expected the space to be refused');
}

describe('the candidates of a search', () => {
  it('are the configuration with the settings in it', () => {
    const { candidate, space } = setup(
      'training.learningRate: { log: [1.0e-4, 1.0e-2] }\nmodel.filters: { choice: [[8, 16], [32, 64]] }\nmodel.hidden: { int: [64, 128], step: 32 }',
    );
    expect(space.map(({ kind, name }) => [kind, name])).toEqual([
      ['float', 'training.learningRate'],
      ['choice', 'model.filters'],
      ['int', 'model.hidden'],
    ]);
    const config = candidate({ 'training.learningRate': 0.002, 'model.filters': [8, 16], 'model.hidden': 96 });
    expect(config.training).toMatchObject({ learningRate: 0.002, workers: 2, batchSize: 64 });
    expect(config.model).toMatchObject({ name: 'cnn-lstm', filters: [8, 16], hidden: 96, dense: 128 });
  });

  it('stand on the presets that the configuration names', () => {
    const { candidate } = setup('model.hidden: { choice: [8, 16] }', 'preset: quick\n');
    expect(candidate({ 'model.hidden': 8 }).training.maxEpochs).toBe(2);
  });

  it.each([
    [
      'a key that is nearly one',
      'training.learningRat: { log: [1.0e-4, 1.0e-2] }',
      '/c.yaml:6: unknown key "training.learningRat"; did you mean "learningRate"? Known: ',
      'CONFIG_UNKNOWN_KEY',
    ],
    [
      "an option of another model's",
      'model.heads: { int: [2, 8] }',
      '/c.yaml:6: unknown key "model.heads"; expected one of name, filters',
      'CONFIG_UNKNOWN_KEY',
    ],
    [
      'no section of a configuration',
      'trainin.batchSize: { choice: [32] }',
      '/c.yaml:6: unknown key "trainin"; did you mean "training"?',
      'CONFIG_UNKNOWN_KEY',
    ],
    [
      'what judges',
      'label.k: { float: [0.1, 1] }',
      '/c.yaml:6: tune.space: found label.k; expected a key of model',
      '',
    ],
    ['the seed', 'training.seed: { int: [1, 9] }', '/c.yaml:6: tune.space: found training.seed; the luckiest seed', ''],
    [
      'a value outside the range of its key',
      'training.batchSize: { choice: [64, -1] }',
      '/c.yaml:6: training.batchSize: found -1; ',
      'CONFIG_INVALID',
    ],
    [
      'a value that does not go with the workers',
      'model.hidden: { choice: [8] }\ntraining.batchSize: { int: [32, 65] }',
      '/c.yaml:7: training.batchSize: found 33; expected a multiple of workers (2)',
      'CONFIG_INVALID',
    ],
    [
      'values that are refused together alone',
      'training.batchSize: { choice: [32, 256] }\ntraining.samplesPerEpoch: { choice: [128, 512] }',
      '/c.yaml:7: training.samplesPerEpoch: found 128; expected at least batchSize (256)',
      'CONFIG_INVALID',
    ],
    ['bounds out of order', 'training.learningRate: { log: [1, 0.1] }', 'expected the lower bound first', ''],
    ['a dimension of no kind', 'training.learningRate: { lin: [1, 2] }', '/c.yaml:6: tune.space.training', ''],
  ])('are refused for %s', (_what, space, message, code) => {
    const found = refusal(space);
    expect(found).toContain(message);
    expect(found).toContain(code === '' ? '[CONFIG_INVALID]' : `[${code}]`);
  });

  it('need a tune section', () => {
    const path = join(folder, 'none.yaml');
    writeFileSync(
      path,
      'market: { store: s, index: i }\nsplit: { kind: walk-forward, test: [2020-01-02, 2020-12-31] }\n',
    );
    expect(() => searchSetup(loadConfig(path))).toThrow(/tune: found nothing, expected what to search/);
  });
});
