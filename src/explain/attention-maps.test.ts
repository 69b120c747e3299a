import { describe, expect, it } from 'vitest';
import { cnnLstm, cnnLstmOptimised, type Model } from '../models/index.js';
import { globalAverage, multiHeadAttention, sequenceOf } from '../nn/index.js';
import { inspectNetwork } from '../training/index.js';
import { normals, stirredWeights } from './explain.fixture.js';
import { attentionMaps } from './index.js';

const STEPS = 5;
const CHANNELS = 4;
const HEADS = 2;
const SIZE = STEPS * CHANNELS;

/** Attention over the window itself, and the mean of it. */
const bare: Model = {
  name: 'bare-attention',
  build: (scope, x) => globalAverage(scope, multiHeadAttention(scope.child('look'), sequenceOf(scope, x), HEADS)),
};

const inspect = (model: Model, batch: number, window: number, features: number, classes: number) =>
  inspectNetwork(model, { batch, window, features, classes }, stirredWeights(model, window, features, classes), {
    dtype: 'float64',
  });

/** softmax(q·kᵀ/√d) of one head and sample (Vaswani et al. 2017, eq. 1), from the rows of the window. */
function direct(x: Float32Array, kernel: ArrayLike<number>, bias: ArrayLike<number>, head: number): number[][] {
  const width = CHANNELS / HEADS;
  const project = (part: number, step: number, j: number) => {
    const column = part * CHANNELS + head * width + j;
    let sum = bias[column];
    for (let c = 0; c < CHANNELS; c++) sum += x[step * CHANNELS + c] * kernel[c * 3 * CHANNELS + column];
    return sum;
  };
  return Array.from({ length: STEPS }, (_, query) => {
    const scores = Array.from({ length: STEPS }, (_, key) => {
      let dot = 0;
      for (let j = 0; j < width; j++) dot += project(0, query, j) * project(1, key, j);
      return Math.exp(dot / Math.sqrt(width));
    });
    const total = scores.reduce((a, b) => a + b, 0);
    return scores.map((score) => score / total);
  });
}

describe('attention maps', () => {
  it('are the mean over samples of the weights computed by hand, by head', async () => {
    const samples = 7;
    const windows = normals(samples * SIZE, 'attention').map((value) => 3 * value);
    const network = inspect(bare, 3, STEPS, CHANNELS, CHANNELS);
    const [map, ...others] = await attentionMaps(network, windows);
    expect(others).toEqual([]);
    expect(map).toMatchObject({ name: 'look.attention', heads: HEADS, steps: STEPS });
    const { 'look.projection.kernel': kernel, 'look.projection.bias': bias } = network.weights;
    for (let head = 0; head < HEADS; head++) {
      const mean = new Float64Array(STEPS * STEPS);
      let entropy = 0;
      for (let i = 0; i < samples; i++) {
        direct(windows.slice(i * SIZE, (i + 1) * SIZE), kernel, bias, head).forEach((row, query) => {
          row.forEach((weight, key) => {
            mean[query * STEPS + key] += weight / samples;
            entropy -= weight * Math.log(weight);
          });
        });
      }
      mean.forEach((weight, k) => {
        expect(map.mean[head * STEPS * STEPS + k]).toBeCloseTo(weight, 7);
      });
      expect(map.evenness[head]).toBeCloseTo(entropy / (samples * STEPS * Math.log(STEPS)), 7);
      expect(map.evenness[head]).toBeLessThan(0.99);
    }
  });

  it('are there for the optimised network, after pooling, and nowhere else', async () => {
    const model = cnnLstmOptimised({ filters1: 6, filters2: 8, heads: 4, hidden: 6, dense: 5 });
    const windows = normals(3 * 20 * 2, 'optimised');
    const [map] = await attentionMaps(inspect(model, 2, 20, 2, 3), windows);
    expect(map).toMatchObject({ name: 'attention.attention', heads: 4, steps: 5 });
    for (let row = 0; row < 4 * 5; row++) {
      expect(map.mean.slice(row * 5, row * 5 + 5).reduce((a, b) => a + b, 0)).toBeCloseTo(1, 10);
    }
    expect(await attentionMaps(inspect(cnnLstm({ filters1: 4, filters2: 4 }), 2, 20, 2, 3), windows)).toEqual([]);
  });
});
