import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { svmOnnx } from '../onnx-model.js';
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
import { Mapper } from './mapper.js';
import { DEFAULT_SVM, fitSvm, type SvmModel, svmProbabilities } from './svm.js';

const vector = JSON.parse(readFileSync(new URL('../vectors/svm.json', import.meta.url), 'utf8')) as {
  width: number;
  train: number;
  c: number;
  gamma: number;
  x: number[];
  y: number[];
  exact: number[];
  linear: number[];
};
const all = designOf(vector.x, vector.width);
const train = { source: part(all, 0, vector.train), labels: Uint8Array.from(vector.y.slice(0, vector.train)) };
const test = { source: part(all, vector.train), labels: Uint8Array.from(vector.y.slice(vector.train)) };
const precise = { ...DEFAULT_SVM, c: vector.c, gamma: vector.gamma, tolerance: 1e-7, maxIterations: 20_000 };

function decisionsOf({ standardisation, map, weights, intercepts }: SvmModel, source = test.source): number[] {
  const mapper = new Mapper(standardisation, map, weights);
  mapper.map(source, 0, source.rows.length);
  return [...source.rows].flatMap((_, i) => [...intercepts].map((intercept, k) => intercept + mapper.score(k, i)));
}

describe('a support vector machine', () => {
  it("has the decision values of scikit-learn's SVC with a radial kernel (bench/peers/sklearn_svm.py)", async () => {
    const model = await fitSvm(train, test, 3, precise, 1);
    expect(model.converged).toBe(true);
    expect(largestDifference(decisionsOf(model), vector.exact)).toBeLessThan(1e-4);
  });

  it("has the decision values of scikit-learn's LinearSVC with a linear kernel", async () => {
    const model = await fitSvm(train, test, 3, { ...precise, kernel: 'linear' }, 1);
    expect(model.converged).toBe(true);
    expect(largestDifference(decisionsOf(model), vector.linear)).toBeLessThan(1e-4);
  });

  it('approximates the radial kernel: of 20,000 features, within five standard errors', async () => {
    const components = 20_000;
    const few = { source: part(all, 0, 12), labels: train.labels.subarray(0, 12) };
    const { map, standardisation } = await fitSvm(
      few,
      few,
      3,
      { ...precise, exactUpTo: 0, components, maxIterations: 1 },
      1,
    );
    const block = new Mapper(standardisation, map).map(few.source, 0, 12);
    const mapped = Array.from({ length: 12 }, (_, i) => block.slice(i * components, (i + 1) * components));
    const z = Array.from({ length: 12 }, (_, i) =>
      Array.from({ length: vector.width }, (_, j) => {
        const { mean, inverseDeviation } = standardisation;
        return (all.values[i * vector.width + j] - mean[j]) * inverseDeviation[j];
      }),
    );
    for (let i = 0; i < 12; i++) {
      for (let j = 0; j < i; j++) {
        const distance = z[i].reduce((sum, value, k) => sum + (value - z[j][k]) ** 2, 0);
        const product = mapped[i].reduce((sum, value, d) => sum + value * mapped[j][d], 0);
        // Each term 2 cos cos has a variance of at most 1 (Rahimi and Recht 2007).
        expect(Math.abs(product - Math.exp(-vector.gamma * distance))).toBeLessThan(5 / Math.sqrt(components));
      }
    }
  });

  it('has the same bits with any number of workers, exact and approximate', async () => {
    for (const exactUpTo of [5000, 0]) {
      const options = { ...DEFAULT_SVM, exactUpTo, components: 40 };
      expect(await fitSvm(train, test, 3, options, 3)).toEqual(await fitSvm(train, test, 3, options, 1));
    }
  });

  it('is calibrated on the validation samples: no constant forecast has a smaller loss on them', async () => {
    const model = await fitSvm(train, test, 3, DEFAULT_SVM, 1);
    const shares = await svmProbabilities(model, test.source, 2);
    const prior = [0, 1, 2].map((k) => test.labels.filter((label) => label === k).length / test.labels.length);
    const constant = Float32Array.from({ length: shares.length }, (_, i) => prior[i % 3]);
    expect(logLossOf(shares, test.labels)).toBeLessThan(logLossOf(constant, test.labels));
  });

  it.each([
    [2, 'rbf', 5000],
    [3, 'rbf', 5000],
    [3, 'rbf', 0],
    [3, 'linear', 0],
  ] as const)(
    'of %i classes with a %s kernel, exact up to %i, forecasts in ONNX Runtime what it forecasts here',
    async (classes, kernel, exactUpTo) => {
      const { source, labels } = windowsFixture(classes);
      const options = { ...DEFAULT_SVM, kernel, exactUpTo, components: 200 };
      const model = await fitSvm({ source, labels }, { source, labels }, classes, options, 2);
      const ours = await svmProbabilities(model, source, 2);
      expect(accuracyOf(ours, labels)).toBeGreaterThan(classes === 2 ? 0.6 : 0.45);
      expect(largestDifference(await runOnnx(svmOnnx(model, metadataFor(source, classes)), source), ours)).toBeLessThan(
        1e-5,
      );
    },
  );

  it('refuses what it cannot fit, and stops when the signal is aborted', async () => {
    const codeOf = (error: unknown) => (error as { code: string }).code;
    const refusal = (given: typeof train, change = {}) =>
      fitSvm(given, test, 3, { ...DEFAULT_SVM, ...change }, 1).catch(codeOf);
    expect(await refusal({ ...train, labels: train.labels.subarray(1) })).toBe('TABLE_INVALID');
    expect(await refusal({ ...train, labels: train.labels.map((k) => k + 1) })).toBe('TABLE_INVALID');
    expect(await refusal({ source: designOf([], 4), labels: new Uint8Array(0) })).toBe('SAMPLES_EMPTY');
    expect(await refusal(train, { c: 0 })).toBe('CONFIG_INVALID');
    expect(await refusal(train, { gamma: -1 })).toBe('CONFIG_INVALID');
    const bad = designOf([Number.NaN, 1, 2, 3], 4);
    expect(await refusal({ source: bad, labels: Uint8Array.of(0) })).toBe('TRAINING_DIVERGED');
    const controller = new AbortController();
    controller.abort();
    const stopped = fitSvm(train, test, 3, DEFAULT_SVM, 1, { signal: controller.signal });
    await expect(stopped).rejects.toMatchObject({ code: 'INTERRUPTED' });
  });
});
