import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createRng, shuffle } from '../util/index.js';
import type { Design } from './design.js';
import { fitLogistic } from './fit-logistic.js';
import { fitLogisticSync, type LogisticOptions, logisticProbabilities } from './logistic.js';
import { logisticOnnx } from './onnx-model.js';
import { summarise } from './summary.js';
import { designOf, largestDifference, metadataFor, runOnnx, windowsFixture } from './test-data.fixture.js';

const vector = JSON.parse(readFileSync(new URL('./vectors/logistic.json', import.meta.url), 'utf8')) as {
  c: number;
  width: number;
  x: number[];
  y: number[];
  coefficients: number[];
  intercepts: number[];
  probabilities: number[];
};

const design = designOf(vector.x, vector.width);
const labels = Uint8Array.from(vector.y);
const precise: LogisticOptions = { c: vector.c, maxIterations: 1000, tolerance: 1e-9 };

describe('multinomial logistic regression', () => {
  it("finds scikit-learn's coefficients and probabilities (bench/peers/sklearn_logistic.py)", () => {
    const model = fitLogisticSync(design, labels, 3, precise);
    expect(model.converged).toBe(true);
    expect(largestDifference(model.coefficients, vector.coefficients)).toBeLessThan(1e-6);
    expect(largestDifference(model.intercepts, vector.intercepts)).toBeLessThan(1e-6);
    expect(largestDifference(logisticProbabilities(model, design), vector.probabilities)).toBeLessThan(1e-6);
  });

  it('gives the same bits on any number of threads, and tells of each iteration', async () => {
    const rng = createRng(9);
    const many = designOf(
      Array.from({ length: 33_333 }, () => rng.normal()),
      11,
    );
    const classes = Uint8Array.from(many.rows, (i) => (many.values[11 * i] + rng.normal() > 0 ? 2 : rng.int(2)));
    const here = fitLogisticSync(many, classes, 3, precise);
    expect(here.converged).toBe(true);
    for (const workers of [1, 3]) {
      const seen: number[] = [];
      const progress = { start: () => ({ update: (done: number) => void seen.push(done), end: () => {} }) };
      expect(await fitLogistic(many, classes, 3, precise, workers, { progress })).toEqual(here);
      expect(seen).toEqual(Array.from({ length: here.iterations }, (_, i) => i + 1));
    }
  });

  it('reads samples wherever they lie: rows of a wider matrix, in any order, as it reads them side by side', () => {
    const rng = createRng(10);
    const [stride, width, count] = [7, 5, 90];
    const wide = designOf(
      Array.from({ length: stride * count }, () => rng.normal()),
      stride,
    );
    const rows = shuffle(
      Int32Array.from({ length: count }, (_, i) => i),
      rng,
    );
    const packed = designOf(
      [...rows].flatMap((row) => [...wide.values.subarray((row + 1) * stride - width, (row + 1) * stride)]),
      width,
    );
    const classes = Uint8Array.from({ length: count }, () => rng.int(3));
    const scattered = { values: wide.values, stride, width, rows };
    const model = fitLogisticSync(scattered, classes, 3, precise);
    expect(model).toEqual(fitLogisticSync(packed, classes, 3, precise));
    expect(logisticProbabilities(model, scattered)).toEqual(logisticProbabilities(model, packed));
  });

  it('with two classes has a gradient of zero at the end, worked out independently', () => {
    const binary = labels.map((label) => (label === 0 ? 0 : 1));
    const { coefficients, intercepts } = fitLogisticSync(design, binary, 2, { ...precise, c: 1e12 });
    const slope = Array.from({ length: vector.width }, (_, j) => coefficients[vector.width + j] - coefficients[j]);
    const gradient = new Array<number>(vector.width + 1).fill(0);
    binary.forEach((label, i) => {
      const x = vector.x.slice(i * vector.width, (i + 1) * vector.width);
      const score = x.reduce((sum, value, j) => sum + slope[j] * Math.fround(value), intercepts[1] - intercepts[0]);
      const residual = 1 / (1 + Math.exp(-score)) - label;
      [...x, 1].forEach((value, j) => {
        gradient[j] += (residual * value) / binary.length;
      });
    });
    expect(Math.max(...gradient.map(Math.abs))).toBeLessThan(1e-6);
    expect(slope.slice(0, 4).every((value) => Math.abs(value) > 1e-3)).toBe(true);
  });

  it('says that it did not converge when the iterations run out', () => {
    const model = fitLogisticSync(design, labels, 3, { ...precise, maxIterations: 2 });
    expect([model.converged, model.iterations]).toEqual([false, 2]);
  });

  it('gives the class shares when the features say nothing', () => {
    const constant = designOf(new Array<number>(10).fill(4), 1);
    const model = fitLogisticSync(constant, Uint8Array.of(0, 0, 0, 0, 0, 1, 1, 1, 2, 2), 3, precise);
    const first = [...logisticProbabilities(model, constant).subarray(0, 3)];
    [0.5, 0.3, 0.2].forEach((share, k) => {
      expect(first[k]).toBeCloseTo(share, 7);
    });
  });

  it('refuses what it cannot fit', async () => {
    const bad = designOf([1, 2, Number.NaN, 4], 1);
    const codeOf = (error: unknown) => (error as { code: string }).code;
    const refusal = (d: Design, y: Uint8Array, k: number) => fitLogistic(d, y, k, precise, 2).catch(codeOf);
    expect(await refusal(bad, Uint8Array.of(0, 1, 2, 0), 3)).toBe('TRAINING_DIVERGED');
    expect(await refusal(design, Uint8Array.of(0), 3)).toBe('TABLE_INVALID');
    expect(await refusal(design, labels, 2)).toBe('TABLE_INVALID');
    expect(await refusal(design, labels, 4)).toBe('CONFIG_INVALID');
    expect(await refusal(designOf([], 1), Uint8Array.of(), 3)).toBe('SAMPLES_EMPTY');
  });

  it('stops when the signal is aborted', async () => {
    const rng = createRng(1);
    const large = designOf(
      Array.from({ length: 400_000 }, () => rng.normal()),
      20,
    );
    const many = Uint8Array.from({ length: 20_000 }, () => rng.int(3));
    const controller = new AbortController();
    const progress = { start: () => ({ update: () => controller.abort(), end: () => {} }) };
    const hooks = { progress, signal: controller.signal };
    const fit = fitLogistic(large, many, 3, { c: 1, maxIterations: 100_000, tolerance: 0 }, 2, hooks);
    await expect(fit).rejects.toMatchObject({ code: 'INTERRUPTED' });
  });

  it.each([2, 3])('of %i classes forecasts in ONNX Runtime what it forecasts here', async (count) => {
    const { source, labels: of } = windowsFixture(count);
    const summaries = summarise(source.values, source.features, source.window, source.rows);
    const model = fitLogisticSync(summaries, of, count, precise);
    const ours = logisticProbabilities(model, summaries);
    const theirs = await runOnnx(logisticOnnx(model, metadataFor(source, count)), source);
    expect(largestDifference(theirs, ours)).toBeLessThan(1e-6);
  });
});
