import { describe, expect, it } from 'vitest';
import { cnnLstm, cnnLstmOptimised, type Model } from '../models/index.js';
import { compile } from '../runtime/index.js';
import { matmul, mul, reshape, slice, tanh } from '../tensor/index.js';
import { inspectNetwork, predict } from '../training/index.js';
import { normals, onnxOf, stirredWeights } from './explain.fixture.js';
import { attributionProfile, integratedGradients } from './index.js';

const WINDOW = 8;
const FEATURES = 3;
const SIZE = WINDOW * FEATURES;
const tiny = cnnLstm({ filters1: 4, filters2: 4, hidden: 6, dense: 5 });
const optimised = cnnLstmOptimised({ filters1: 6, filters2: 8, heads: 2, hidden: 6, dense: 5 });

const inspect = (model: Model, batch: number, classes = 3, dtype: 'float32' | 'float64' = 'float64') =>
  inspectNetwork(
    model,
    { batch, window: WINDOW, features: FEATURES, classes },
    stirredWeights(model, WINDOW, FEATURES, classes),
    { dtype },
  );

/** Σ of the weights times the values: what integrated gradients must find is each product. */
const linear: Model = {
  name: 'linear',
  build: (scope, x) => {
    const kernel = scope.param('kernel', [SIZE, 1], { kind: 'constant', value: 0.5 });
    return matmul(reshape(x, [x.shape[0], SIZE]), kernel);
  },
};

const smooth: Model = { name: 'smooth', build: (scope, x, classes) => tanh(linear.build(scope, x, classes)) };

/** x₀·x₁·x₂ of the last step. */
const product: Model = {
  name: 'product',
  build: (_scope, x) => {
    const last = reshape(slice(x, 1, WINDOW - 1, 1), [x.shape[0], FEATURES]);
    const [a, b, c] = [0, 1, 2].map((k) => slice(last, 1, k, 1));
    return mul(mul(a, b), c);
  },
};

describe('integrated gradients', () => {
  it('of a linear score are weight times value, whatever the number of steps', async () => {
    const windows = normals(5 * SIZE, 'linear');
    const network = inspect(linear, 4, 1);
    const weights = network.weights.kernel;
    const found = await integratedGradients(network, windows, { steps: 1 });
    expect(found.baseline).toBe(0);
    for (let i = 0; i < windows.length; i++) expect(found.values[i]).toBeCloseTo(windows[i] * weights[i % SIZE], 12);
  });

  it('of a product of three share it equally, which takes two nodes: the path integral of α² is a third', async () => {
    const windows = normals(3 * SIZE, 'product');
    const { values, scores } = await integratedGradients(inspect(product, 7, 1), windows, { steps: 2 });
    for (let sample = 0; sample < 3; sample++) {
      const last = (sample + 1) * SIZE - FEATURES;
      const expected = windows[last] * windows[last + 1] * windows[last + 2];
      expect(scores[sample]).toBeCloseTo(expected, 12);
      for (let k = 0; k < FEATURES; k++) expect(values[last + k]).toBeCloseTo(expected / 3, 12);
      expect(values.slice(sample * SIZE, last).every((value) => value === 0)).toBe(true);
    }
  });

  it.each([
    ['cnn-lstm', tiny],
    ['cnn-lstm-optimised', optimised],
  ])('are complete for %s: their sum nears score less baseline as the steps grow', async (_name, model) => {
    const windows = normals(6 * SIZE, 'complete').map((value) => 0.5 * value);
    const network = inspect(model, 16);
    const largest = async (steps: number) => {
      const found = await integratedGradients(network, windows, { steps });
      return Math.max(...found.gaps.map(Math.abs)) / Math.max(...found.scores.map((s) => Math.abs(s - found.baseline)));
    };
    const gaps = [await largest(2), await largest(32), await largest(1000)];
    expect(gaps[1]).toBeLessThan(gaps[0]);
    expect(gaps[2]).toBeLessThan(gaps[1]);
    // ReLU and max-pooling leave jumps of the slope along the path, and a jump costs any rule the width of a step.
    expect(gaps[2]).toBeLessThan(5e-3);
  });

  it('are complete to the last digits where the score is smooth', async () => {
    const windows = normals(6 * SIZE, 'smooth');
    const { gaps } = await integratedGradients(inspect(smooth, 16, 1), windows, { steps: 64 });
    expect(Math.max(...gaps.map(Math.abs))).toBeLessThan(1e-9);
  });

  it('explain the model that is deployed: its P(buy) − P(sell), and the slope that central differences find', async () => {
    const windows = normals(4 * SIZE, 'deployed');
    const weights = stirredWeights(optimised, WINDOW, FEATURES);
    const network = inspect(optimised, 4);
    const { scores } = await integratedGradients(network, windows, { steps: 1 });
    const ends = Int32Array.from({ length: 4 }, (_, i) => i * WINDOW + WINDOW - 1);
    const data = { values: windows, features: FEATURES, window: WINDOW, classes: 3 };
    const forecast = await predict(onnxOf(optimised, WINDOW, FEATURES, weights), data, ends, { workers: 1 });
    for (let i = 0; i < 4; i++) expect(scores[i]).toBeCloseTo(forecast[3 * i] - forecast[3 * i + 2], 5);

    const graph = await compile({ score: network.score, gradient: network.gradient });
    const run = (x: ArrayLike<number>) => graph.run({ ...network.weights, x });
    const { gradient } = await run(windows);
    const step = 1e-6;
    for (const k of [0, 5, SIZE - 1, 3 * SIZE + 7]) {
      const moved = (by: number) => Float64Array.from(windows, (value, i) => value + (i === k ? by : 0));
      const sample = Math.floor(k / SIZE);
      const slope = ((await run(moved(step))).score[sample] - (await run(moved(-step))).score[sample]) / (2 * step);
      expect(gradient[k]).toBeCloseTo(slope, 6);
      expect(Math.abs(slope)).toBeGreaterThan(1e-5);
    }
    await graph.close();
  });

  it('do not depend on how samples are put into batches, and come out the same twice', async () => {
    const windows = normals(5 * SIZE, 'batches');
    const [small, large] = [inspect(tiny, 3), inspect(tiny, 50)];
    const first = await integratedGradients(small, windows, { steps: 5 });
    expect((await integratedGradients(small, windows, { steps: 5 })).values).toEqual(first.values);
    const other = await integratedGradients(large, windows, { steps: 5 });
    first.values.forEach((value, i) => {
      expect(other.values[i]).toBeCloseTo(value, 12);
    });
  });

  it('refuse windows that are not whole, and stop when told to', async () => {
    await expect(integratedGradients(inspect(tiny, 2), new Float32Array(SIZE + 1))).rejects.toThrow(
      `windows: found ${SIZE + 1} numbers, expected a multiple of ${SIZE}, the window times the features`,
    );
    const signal = AbortSignal.abort();
    await expect(integratedGradients(inspect(tiny, 2), new Float32Array(SIZE), { signal })).rejects.toMatchObject({
      code: 'INTERRUPTED',
    });
  });
});

describe('a profile of attributions', () => {
  it('gives how much each place moves the score, and which way', async () => {
    const windows = normals(20 * SIZE, 'profile');
    const network = inspect(linear, 8, 1);
    const { meanAbsolute, slope, largestGap } = attributionProfile(
      await integratedGradients(network, windows),
      windows,
    );
    for (let k = 0; k < SIZE; k++) {
      let sum = 0;
      for (let i = 0; i < 20; i++) sum += Math.abs(windows[i * SIZE + k]);
      const weight = network.weights.kernel[k];
      expect(slope[k]).toBeCloseTo(weight, 10);
      expect(meanAbsolute[k]).toBeCloseTo((Math.abs(weight) * sum) / 20, 10);
    }
    expect(largestGap).toBeLessThan(1e-10);
  });
});
