import { describe, expect, it } from 'vitest';
import {
  add,
  concat,
  Graph,
  matmul,
  mul,
  reduceSum,
  reshape,
  softmax,
  type Tensor,
  transpose,
} from '../tensor/index.js';
import { lower } from './lower.js';
import { OPEN_BATCH } from './open-batch.js';
import { type Dense, normalArray, runnableModel } from './run-graph.fixture.js';

const [STEPS, CHANNELS] = [3, 4];

function deployed(build: (x: Tensor, weights: Tensor) => Tensor): Uint8Array {
  const graph = new Graph();
  const x = graph.input('x', [OPEN_BATCH, STEPS, CHANNELS]);
  const weights = graph.input('weights', [CHANNELS, CHANNELS]);
  const stored = new Map([['weights', Float32Array.from(normalArray([CHANNELS, CHANNELS], 'w').data)]]);
  return lower({ y: build(x, weights) }, { name: 'open', stored });
}

/** Samples may be merged with their steps, in either order, and taken apart again in the same. */
const APART: Record<string, (x: Tensor, weights: Tensor) => Tensor> = {
  'steps merged with the batch and back': (x, weights) =>
    reshape(matmul(reshape(x, [OPEN_BATCH * STEPS, CHANNELS]), weights), [OPEN_BATCH, STEPS * CHANNELS]),
  'time-major and back': (x, weights) => {
    const rows = reshape(transpose(x, [1, 0, 2]), [STEPS * OPEN_BATCH, CHANNELS]);
    return transpose(reshape(softmax(matmul(rows, weights)), [STEPS, OPEN_BATCH, CHANNELS]), [1, 0, 2]);
  },
  'a sum over steps': (x) => reduceSum(mul(x, x), [1]),
};

const MIXED: Record<string, [(x: Tensor, weights: Tensor) => Tensor, RegExp]> = {
  'softmax over the samples': [(x) => transpose(softmax(transpose(x))), /softmax.*works along the batch/],
  'samples doubled, then taken for pairs': [
    (x) => reshape(concat([x, x], 0), [OPEN_BATCH, 2 * STEPS * CHANNELS]),
    /concat.*works along the batch/,
  ],
  'the batch taken for a step': [
    (x) => transpose(reshape(x, [STEPS, OPEN_BATCH, CHANNELS]), [1, 0, 2]),
    /reshape.*takes one sample’s values for another’s/,
  ],
  'time-major rows taken for sample-major ones': [
    (x) => {
      const timeMajor = reshape(transpose(x, [1, 0, 2]), [STEPS * OPEN_BATCH, CHANNELS]);
      return reshape(add(timeMajor, reshape(x, [OPEN_BATCH * STEPS, CHANNELS])), [OPEN_BATCH, STEPS * CHANNELS]);
    },
    /add.*takes one sample’s values for another’s/,
  ],
  'every sample with every other': [
    (x) => {
      const flat = reshape(x, [OPEN_BATCH, STEPS * CHANNELS]);
      return reduceSum(matmul(flat, flat, { transB: true }));
    },
    /matmul.*takes one sample’s values for another’s/,
  ],
};

describe('a deployed model', () => {
  it.each(Object.entries(APART))('keeps samples apart: %s', async (_, build) => {
    const run = await runnableModel(deployed(build));
    const together = normalArray([5, STEPS, CHANNELS], 'x');
    const whole = (await run({ x: together })).y.data;
    const size = whole.length / 5;
    for (let i = 0; i < 5; i++) {
      const data = together.data.slice(i * STEPS * CHANNELS, (i + 1) * STEPS * CHANNELS);
      const alone: Dense = { shape: [1, STEPS, CHANNELS], data };
      const found = (await run({ x: alone })).y.data;
      found.forEach((value, j) => {
        expect(value).toBeCloseTo(whole[i * size + j], 5);
      });
    }
  });

  it.each(Object.entries(MIXED))('is refused with its line: %s', (_, [build, words]) => {
    expect(() => deployed(build)).toThrow(words);
    expect(() => deployed(build)).toThrow(/open-batch\.test\.ts:\d+/);
  });
});
