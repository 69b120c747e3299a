import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { featurePlan } from '../pipeline/feature-plan.js';
import { loadConfig } from './load.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'candlenet-expressions-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function config(features: string) {
  const path = join(folder, 'c.yaml');
  const split = 'train: [2012-01-01, 2018-12-31], validate: [2019-01-01, 2019-12-31], test: [2020-01-01, 2020-12-31]';
  writeFileSync(path, `market: { store: s, index: csi300 }\nsplit: { ${split} }\nfeatures: ${features}\n`);
  return loadConfig(path).config;
}

describe('features.expressions', () => {
  it('are read, and become columns after the groups', () => {
    const read = config('{ groups: [alpha158, technical], expressions: { reversal: "mean(close, 5) / close - 1" } }');
    const { featureSet, families } = featurePlan(read);
    expect(featureSet).toEqual(['technical']);
    expect(families.flatMap(({ columns }) => columns)).toHaveLength(159);
  });

  it.each([
    [
      '{ expressions: { x: "mean(close" } }',
      'EXPRESSION_INVALID',
      'c.yaml:3: features.expressions.x: "mean(close", column 11',
    ],
    ['{ expressions: { x: "ref(close, -5)" } }', 'EXPRESSION_LOOKS_AHEAD', 'column 12: found -5'],
    ['{ expressions: { SMA_5: "close" } }', 'CONFIG_INVALID', 'found "SMA_5", expected a name not yet taken'],
  ])('%s is refused', (features, code, message) => {
    expect(() => config(features)).toThrow(
      expect.objectContaining({ code, message: expect.stringContaining(message) }),
    );
  });
});
