import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createRng } from '../../util/index.js';
import { boostingOnnx } from '../onnx-model.js';
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
import { boostingProbabilities, DEFAULT_BOOSTING, fitBoosting } from './boosting.js';
import { boostingLoss } from './boosting-loss.js';

const vector = JSON.parse(readFileSync(new URL('../vectors/trees.json', import.meta.url), 'utf8')) as {
  width: number;
  train: number;
  x: number[];
  y: number[];
  boosting: { accuracy: number; logLoss: number };
  binaryBoosting: number[];
};
const all = designOf(vector.x, vector.width);
const train = part(all, 0, vector.train);
const test = part(all, vector.train);
const labels = Uint8Array.from(vector.y.slice(0, vector.train));
const testLabels = Uint8Array.from(vector.y.slice(vector.train));
const binned = await binSamples(train, 1);
const validation = { binned: await binSamples(test, 1, {}, binned.cuts), labels: testLabels };
const few = { ...DEFAULT_BOOSTING, iterations: 15 };

describe('the loss of boosting', () => {
  it.each([2, 3])('of %i classes has the derivatives that central differences find', (classes) => {
    const rng = createRng(1);
    const outputs = classes === 2 ? 1 : 3;
    const of = Uint8Array.of(0, 1, classes - 1, 1);
    const scores = Float64Array.from({ length: outputs * 4 }, () => rng.normal());
    const loss = boostingLoss(scores, of, classes);
    const [gradients, hessians] = [new Float32Array(outputs * 4), new Float32Array(outputs * 4)];
    loss.differentiate(gradients, hessians);
    const step = 1e-4;
    scores.forEach((score, at) => {
      const [below, here, above] = [-step, 0, step].map((by) => {
        scores[at] = score + by;
        return 4 * loss.mean();
      });
      scores[at] = score;
      expect(gradients[at]).toBeCloseTo((above - below) / (2 * step), 5);
      const curvature = (above - 2 * here + below) / step ** 2;
      expect(hessians[at]).toBeCloseTo(classes === 2 ? curvature : 1.5 * curvature, 4);
    });
  });
});

describe('gradient boosting', () => {
  it("forecasts as scikit-learn's HistGradientBoostingClassifier where LightGBM has no other rules", async () => {
    const two = labels.map((label) => (label === 2 ? 1 : 0));
    const options = { ...DEFAULT_BOOSTING, iterations: 20, maxLeaves: 15, minSamplesLeaf: 1 };
    const model = await fitBoosting({ binned, labels: two }, null, 2, options, 1);
    const ours = boostingProbabilities(model, train).filter((_, i) => i % 2 === 1);
    expect(largestDifference(ours, vector.binaryBoosting)).toBeLessThan(1e-5);
  });

  it("is as good on unseen samples as scikit-learn's HistGradientBoostingClassifier with the same options", async () => {
    const model = await fitBoosting({ binned, labels }, null, 3, { ...DEFAULT_BOOSTING, iterations: 40 }, 1);
    const shares = boostingProbabilities(model, test);
    // 400 samples of an accuracy near two thirds: one standard error is 2.3 %.
    expect(Math.abs(accuracyOf(shares, testLabels) - vector.boosting.accuracy)).toBeLessThan(0.035);
    expect(Math.abs(logLossOf(shares, testLabels) - vector.boosting.logLoss)).toBeLessThan(0.03);
  });

  it('has the same bits with any number of workers, and other trees with another seed', async () => {
    const options = { ...few, iterations: 5, rowShare: 0.7, columnShare: 0.5 };
    const one = await fitBoosting({ binned, labels }, null, 3, options, 1);
    expect(await fitBoosting({ binned, labels }, null, 3, options, 3)).toEqual(one);
    const other = await fitBoosting({ binned, labels }, null, 3, { ...options, seed: 1 }, 1);
    expect(other.trees.values).not.toEqual(one.trees.values);
  });

  it('keeps the trees up to the best validation loss, which is that of its forecasts', async () => {
    const options = { ...DEFAULT_BOOSTING, iterations: 300, learningRate: 0.3, patience: 5, rowShare: 0.8 };
    const model = await fitBoosting({ binned, labels }, validation, 3, options, 1);
    expect(model.iterations).toBeLessThan(100);
    expect(model.trees.roots.length).toBe(3 * model.iterations);
    expect(logLossOf(boostingProbabilities(model, test), testLabels)).toBeCloseTo(model.validationLoss as number, 5);
    const longer = { ...options, iterations: model.iterations + 2, patience: null };
    const { validationLoss } = await fitBoosting({ binned, labels }, validation, 3, longer, 1);
    expect(validationLoss).toBeGreaterThan(model.validationLoss as number);
  });

  it('leaves at least minSamplesLeaf samples on both sides of a split of equal weights', async () => {
    // Two classes in equal shares: before the first tree every sample weighs the same, so that the estimate is a count.
    const rng = createRng(6);
    const design = designOf(
      Array.from({ length: 400 }, () => rng.normal()),
      1,
    );
    const of = Uint8Array.from({ length: 400 }, (_, i) => i % 2);
    const options = { ...DEFAULT_BOOSTING, iterations: 1, minSamplesLeaf: 60 };
    const { trees } = await fitBoosting({ binned: await binSamples(design, 1), labels: of }, null, 2, options, 1);
    const leaves = new Map<number, number>();
    for (const x of design.values) {
      let node = 0;
      for (; trees.feature[node] >= 0; ) node = x <= trees.threshold[node] ? node + 1 : trees.next[node];
      leaves.set(node, (leaves.get(node) ?? 0) + 1);
    }
    expect(leaves.size).toBeGreaterThan(1);
    expect(Math.min(...leaves.values())).toBeGreaterThanOrEqual(60);
  });

  it.each([2, 3])('of %i classes forecasts in ONNX Runtime what it forecasts here', async (classes) => {
    const { source, labels: of } = windowsFixture(classes);
    const model = await fitBoosting({ binned: await binSamples(source, 1), labels: of }, null, classes, few, 2);
    const ours = boostingProbabilities(model, source);
    expect(accuracyOf(ours, of)).toBeGreaterThan(0.85);
    const theirs = await runOnnx(boostingOnnx(model, metadataFor(source, classes)), source);
    expect(largestDifference(theirs, ours)).toBeLessThan(1e-5);
  });

  it('refuses what it cannot fit, and stops when the signal is aborted', async () => {
    const codeOf = (error: unknown) => (error as { code: string }).code;
    const refusal = (y: Uint8Array, change = {}) =>
      fitBoosting({ binned, labels: y }, null, 3, { ...few, ...change }, 1).catch(codeOf);
    expect(await refusal(labels.subarray(1))).toBe('TABLE_INVALID');
    expect(await refusal(labels, { learningRate: 0 })).toBe('CONFIG_INVALID');
    expect(await refusal(labels, { maxLeaves: 1 })).toBe('CONFIG_INVALID');
    expect(await refusal(labels, { patience: 3 })).toBe('CONFIG_INVALID');
    const controller = new AbortController();
    const progress = { start: () => ({ update: () => controller.abort(), end: () => {} }) };
    const hooks = { progress, signal: controller.signal };
    const fitting = fitBoosting({ binned, labels }, null, 3, { ...few, iterations: 100_000 }, 1, hooks);
    await expect(fitting).rejects.toMatchObject({ code: 'INTERRUPTED' });
  });
});
