import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadConfig } from './load.js';

const MINIMAL = `market: { store: store, index: csi300 }
split: { train: [2010-01-04, 2020-12-31], validate: [2021-01-04, 2021-12-31], test: [2022-01-04, 2023-12-29] }
training:
`;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'candlenet-training-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function load(...lines: string[]) {
  const path = join(folder, 'c.yaml');
  writeFileSync(path, MINIMAL + lines.map((line) => `  ${line}\n`).join(''));
  return loadConfig(path).config.training;
}

describe('the training section', () => {
  it('has every option off by default, and Adam at its authors’ values', () => {
    expect(load('seed: 3')).toMatchObject({
      optimiser: { kind: 'adam', beta1: 0.9, beta2: 0.999, epsilon: 1e-8 },
      ...{ warmUp: null, labelSmoothing: 0, classWeights: null, mixup: null, noise: null },
      ...{ timeShift: null, adversarial: null },
    });
  });

  it('fills in what an option leaves out, with PyTorch’s defaults where there are', () => {
    const lines = ['optimiser: { kind: adamw }', 'warmUp: { length: 500 }', 'adversarial: { epsilon: 0.02 }'];
    expect(load(...lines)).toMatchObject({
      optimiser: { kind: 'adamw', beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weightDecay: 0.01, decayed: 'all' },
      warmUp: { length: 500, unit: 'steps', startFactor: 0.01 },
      adversarial: { epsilon: 0.02, weight: 0.5 },
    });
    expect(load('classWeights: [2, 1, 1]').classWeights).toEqual([2, 1, 1]);
  });

  it.each([
    ['optimiser: { kind: lamb }', /c\.yaml:4: training\.optimiser\.kind: found "lamb"; .*adam.*adamw.*sgd/],
    ['optimiser: { kind: adam, weightDecay: 0.1 }', /c\.yaml:4: unknown key "training\.optimiser\.weightDecay"/],
    ['optimiser: { kind: sgd, momentum: 1 }', /c\.yaml:4: training\.optimiser\.momentum: found 1; /],
    ['warmUp: { length: 0 }', /c\.yaml:4: training\.warmUp\.length: found 0; /],
    ['warmUp: { length: 5, unit: days }', /c\.yaml:4: training\.warmUp\.unit: found "days"; .*steps.*epochs/],
    ['warmUp: { lenght: 500 }', /c\.yaml:4: unknown key "training\.warmUp\.lenght"; did you mean "length"\?/],
    ['warmUp: { unit: steps }', /c\.yaml:4: training\.warmUp\.length: found nothing; /],
    [
      'optimiser: { kind: sgd, momentum: 0, nesterov: true }',
      /c\.yaml:4: training\.optimiser\.momentum: found 0; expected a number above 0, as nesterov is on$/,
    ],
    ['batchSize: 63', /c\.yaml:4: training\.batchSize: found 63; expected a multiple of workers \(2\)$/],
    ['workers: 3', /c\.yaml:3: training\.batchSize: found 64, the default; expected a multiple of workers \(3\)$/],
    [
      'samplesPerEpoch: 63',
      /c\.yaml:4: training\.samplesPerEpoch: found 63; expected at least batchSize \(64\), or null$/,
    ],
    ['labelSmoothing: 1', /c\.yaml:4: training\.labelSmoothing: found 1; /],
    [
      'classWeights: balance',
      /c\.yaml:4: training\.classWeights: found "balance"; expected "balanced", a number above 0 for each class/,
    ],
    ['classWeights: [1]', /c\.yaml:4: training\.classWeights: found \[1\]; expected "balanced", a number/],
    ['mixup: { alpha: 0 }', /c\.yaml:4: training\.mixup\.alpha: found 0; /],
    ['mixup: 0.2', /c\.yaml:4: training\.mixup: found 0\.2; /],
    ['noise: { sigma: -1 }', /c\.yaml:4: training\.noise\.sigma: found -1; /],
    ['noise: { sigma: 1, sigme: 1 }', /c\.yaml:4: unknown key "training\.noise\.sigme"; did you mean "sigma"\?/],
    ['timeShift: { maxSessions: 300 }', /c\.yaml:4: training\.timeShift\.maxSessions: found 300; /],
    ['adversarial: { epsilon: 0.1, weight: 2 }', /c\.yaml:4: training\.adversarial\.weight: found 2; /],
  ])('refuses %s, naming line and key', (line, words) => {
    expect(() => load(line)).toThrow(words);
  });
});
