import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createRng } from '../../util/index.js';
import { forestOnnx } from '../onnx-model.js';
import {
  accuracyOf,
  designOf,
  largestDifference,
  logLossOf,
  metadataFor,
  part,
  runOnnx,
  windowsFixture,
} from '../test-data.fixture.js';
import { binSamples } from './binned.js';
import { DEFAULT_FOREST, fitForest, forestProbabilities } from './forest.js';

interface Quality {
  readonly accuracy: number;
  readonly logLoss: number;
}
const vector = JSON.parse(readFileSync(new URL('../vectors/trees.json', import.meta.url), 'utf8')) as {
  width: number;
  train: number;
  x: number[];
  y: number[];
  tree: number[];
  forests: Quality[];
};
const all = designOf(vector.x, vector.width);
const train = part(all, 0, vector.train);
const test = part(all, vector.train);
const labels = Uint8Array.from(vector.y.slice(0, vector.train));
const testLabels = vector.y.slice(vector.train);
const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

describe('a random forest', () => {
  it("grows scikit-learn's DecisionTreeClassifier when it is one tree of all samples and all features", async () => {
    const options = { ...DEFAULT_FOREST, trees: 1, maxDepth: 5, minSamplesLeaf: 7, bootstrap: false } as const;
    const binned = await binSamples(train, 1);
    const tree = await fitForest(binned, labels, 3, { ...options, maxFeatures: 'all' }, 1);
    expect(largestDifference(forestProbabilities(tree, train), vector.tree)).toBeLessThan(1e-6);
  });

  it("is as good on unseen samples as scikit-learn's, of ten seeds each", async () => {
    const binned = await binSamples(train, 1);
    const ours: Quality[] = [];
    for (let seed = 0; seed < 10; seed++) {
      const forest = await fitForest(binned, labels, 3, { ...DEFAULT_FOREST, seed }, 1);
      const shares = forestProbabilities(forest, test);
      ours.push({ accuracy: accuracyOf(shares, testLabels), logLoss: logLossOf(shares, testLabels) });
    }
    for (const key of ['accuracy', 'logLoss'] as const) {
      const theirs = vector.forests.map((one) => one[key]);
      // A seed moves a figure by this much; ten seeds' means of one and the same method differ by less than it.
      const spread = Math.max(...theirs) - Math.min(...theirs);
      expect(Math.abs(mean(ours.map((one) => one[key])) - mean(theirs))).toBeLessThan(spread);
    }
  });

  it('has the same bits with any number of workers, and other trees with another seed', async () => {
    const options = { ...DEFAULT_FOREST, trees: 12, seed: 3 };
    const one = await fitForest(await binSamples(train, 1), labels, 3, options, 1);
    const three = await fitForest(await binSamples(train, 3), labels, 3, options, 3);
    expect(three).toEqual(one);
    const other = await fitForest(await binSamples(train, 1), labels, 3, { ...options, seed: 4 }, 1);
    expect(other.feature).not.toEqual(one.feature);
  });

  it('counts its small nodes as its large ones: a tree of 4,000 samples holds at least 300 in each leaf', async () => {
    const rng = createRng(8);
    const x = Array.from({ length: 8000 }, () => rng.normal());
    const design = designOf(x, 2);
    const classes = Uint8Array.from({ length: 4000 }, (_, i) => (x[2 * i] * x[2 * i + 1] > 0 ? 1 : 0));
    const options = { ...DEFAULT_FOREST, trees: 1, bootstrap: false, minSamplesLeaf: 300, maxFeatures: 'all' } as const;
    const { feature, threshold, next, values } = await fitForest(await binSamples(design, 1), classes, 2, options, 1);
    const held = new Map<number, number[]>();
    for (let i = 0; i < 4000; i++) {
      let node = 0;
      for (; feature[node] >= 0; )
        node = Math.fround(x[2 * i + feature[node]]) <= threshold[node] ? node + 1 : next[node];
      held.set(node, [...(held.get(node) ?? []), classes[i]]);
    }
    expect(held.size).toBe(feature.filter((f) => f < 0).length);
    expect(held.size).toBeGreaterThan(5);
    for (const [leaf, members] of held) {
      expect(members.length).toBeGreaterThanOrEqual(300);
      expect(values[next[leaf] + 1]).toBeCloseTo(mean(members), 6);
    }
  });

  it.each([2, 3])('of %i classes forecasts in ONNX Runtime what it forecasts here', async (classes) => {
    const { source, labels: of } = windowsFixture(classes);
    const binned = await binSamples(source, 2);
    const forest = await fitForest(binned, of, classes, { ...DEFAULT_FOREST, trees: 20 }, 2);
    const ours = forestProbabilities(forest, source);
    expect(accuracyOf(ours, of)).toBeGreaterThan(0.9);
    expect(
      largestDifference(await runOnnx(forestOnnx(forest, metadataFor(source, classes)), source), ours),
    ).toBeLessThan(1e-5);
  });

  it('refuses what it cannot fit, and stops when the signal is aborted', async () => {
    const codeOf = (error: unknown) => (error as { code: string }).code;
    const binned = await binSamples(train, 1);
    const refusal = (y: Uint8Array, classes: number, change = {}) =>
      fitForest(binned, y, classes, { ...DEFAULT_FOREST, ...change }, 1).catch(codeOf);
    expect(await refusal(labels.subarray(1), 3)).toBe('TABLE_INVALID');
    expect(await refusal(labels, 2)).toBe('TABLE_INVALID');
    expect(await refusal(labels, 4)).toBe('CONFIG_INVALID');
    expect(await refusal(labels, 3, { trees: 0 })).toBe('CONFIG_INVALID');
    expect(await refusal(labels, 3, { maxFeatures: 1.5 })).toBe('CONFIG_INVALID');
    expect(await binSamples(designOf([1, Number.NaN], 1), 1).catch(codeOf)).toBe('TRAINING_DIVERGED');
    expect(await binSamples(designOf([], 1), 1).catch(codeOf)).toBe('SAMPLES_EMPTY');
    const controller = new AbortController();
    const progress = { start: () => ({ update: () => controller.abort(), end: () => {} }) };
    const hooks = { progress, signal: controller.signal };
    const growing = fitForest(binned, labels, 3, { ...DEFAULT_FOREST, trees: 100_000 }, 1, hooks);
    await expect(growing).rejects.toMatchObject({ code: 'INTERRUPTED' });
  });
});
