import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  batchNorm,
  conv1d,
  dense,
  dropout,
  huberLoss,
  lstm,
  maxPool2,
  meanSquaredError,
  sequenceOf,
  softmaxCrossEntropy,
} from '../nn/index.js';
import { builtLayer, expectLayer, type Layer, samplesOf } from './layer.fixture.js';
import { generate, read, zip } from './oracle.fixture.js';
import { expectClose, expectGradientsOf, normalArray, runnable } from './run-graph.fixture.js';

const size = fc.integer({ min: 1, max: 4 });
const runs = { seed: 20260101, numRuns: 8 };
const sigma = (x: number) => 1 / (1 + Math.exp(-x));

describe('layers', () => {
  it('conv1d correlates each filter with the steps around, zeros beyond the ends', () =>
    fc.assert(
      fc.asyncProperty(
        size,
        fc.integer({ min: 1, max: 5 }),
        size,
        size,
        size,
        (batch, steps, channels, filters, width) =>
          expectLayer(
            (scope, x) => samplesOf(scope, conv1d(scope, sequenceOf(scope, x), { filters, width })),
            normalArray([batch, steps, channels], 'x'),
            ({ x, kernel, bias }) =>
              generate([batch, steps, filters], ([b, t, f]) => {
                let sum = read(bias, [f]);
                for (let k = 0; k < width; k++) {
                  const from = t + k - Math.floor((width - 1) / 2);
                  if (from < 0 || from >= steps) continue;
                  for (let c = 0; c < channels; c++) sum += read(x, [b, from, c]) * read(kernel, [k * channels + c, f]);
                }
                return sum;
              }),
          ),
      ),
      runs,
    ));

  it('maxPool2 keeps the larger of two steps and drops an odd one', () =>
    fc.assert(
      fc.asyncProperty(size, fc.integer({ min: 2, max: 7 }), size, (batch, steps, channels) =>
        expectLayer(
          (scope, x) => samplesOf(scope, maxPool2(scope, sequenceOf(scope, x))),
          normalArray([batch, steps, channels], 'x'),
          ({ x }) =>
            generate([batch, Math.floor(steps / 2), channels], ([b, t, c]) =>
              Math.max(read(x, [b, 2 * t, c]), read(x, [b, 2 * t + 1, c])),
            ),
        ),
      ),
      runs,
    ));

  it('batchNorm centres and scales each channel by its batch, in float64', () =>
    fc.assert(
      fc.asyncProperty(fc.integer({ min: 2, max: 4 }), size, size, (batch, steps, channels) =>
        expectLayer(
          (scope, x) => samplesOf(scope, batchNorm(scope, sequenceOf(scope, x))),
          normalArray([batch, steps, channels], 'x'),
          ({ x, scale, shift }) => {
            const of = (c: number) => x.data.filter((_, i) => i % channels === c);
            const mean = (values: number[]) => values.reduce((a, b) => a + b, 0) / values.length;
            return generate(x.shape, ([b, t, c]) => {
              const centre = mean(of(c));
              const variance = mean(of(c).map((value) => (value - centre) ** 2));
              const normal = (read(x, [b, t, c]) - centre) / Math.sqrt(variance + 1e-5);
              return normal * read(scale, [c]) + read(shift, [c]);
            });
          },
        ),
      ),
      runs,
    ));

  it('lstm gives the last state of the recurrence', () =>
    fc.assert(
      fc.asyncProperty(size, size, size, size, (batch, steps, channels, hidden) =>
        expectLayer(
          (scope, x) => lstm(scope, sequenceOf(scope, x), hidden),
          normalArray([batch, steps, channels], 'x'),
          ({ x, kernel, recurrent, bias }) => {
            const last = Array.from({ length: batch }, (_, b) => {
              let h = new Array<number>(hidden).fill(0);
              let c = new Array<number>(hidden).fill(0);
              for (let t = 0; t < steps; t++) {
                const gate = (block: number, unit: number) => {
                  const column = block * hidden + unit;
                  let sum = read(bias, [column]);
                  for (let i = 0; i < channels; i++) sum += read(x, [b, t, i]) * read(kernel, [column, i]);
                  for (let i = 0; i < hidden; i++) sum += h[i] * read(recurrent, [column, i]);
                  return sum;
                };
                const units = Array.from({ length: hidden }, (_, unit) => unit);
                const cell = c;
                c = units.map((u) => sigma(gate(2, u)) * cell[u] + sigma(gate(0, u)) * Math.tanh(gate(3, u)));
                const next = c;
                h = units.map((u) => sigma(gate(1, u)) * Math.tanh(next[u]));
              }
              return h;
            });
            return generate([batch, hidden], ([b, u]) => last[b][u]);
          },
        ),
      ),
      runs,
    ));

  it('dense is x·kernel + bias', () =>
    expectLayer(
      (scope, x) => dense(scope, x, 3),
      normalArray([4, 5], 'x'),
      ({ x, kernel, bias }) =>
        generate([4, 3], ([b, u]) => {
          let sum = read(bias, [u]);
          for (let i = 0; i < 5; i++) sum += read(x, [b, i]) * read(kernel, [i, u]);
          return sum;
        }),
    ));

  it('dropout multiplies by the mask the host draws while training, and is nothing otherwise', async () => {
    const layer: Layer = (scope, x) => dropout(scope, x, 0.25);
    const { scope, y } = builtLayer(layer, normalArray([4, 5], 'x'), 'training', 'float32');
    expect(scope.random).toEqual([{ name: 'mask', shape: [4, 5], kind: 'dropout', keep: 0.75 }]);
    expect(y.op).toBe('mul');
    expect(builtLayer(layer, normalArray([4, 5], 'x'), 'deployment', 'float32').y.op).toBe('input');
  });

  it('softmaxCrossEntropy is the mean of −Σ target·log p, with derivative (p·Σ target − target)/batch', async () => {
    const target = zip(sigma, normalArray([3, 4], 'target'));
    const layer: Layer = (scope, x) => softmaxCrossEntropy(x, scope.graph.input('target', [3, 4], 'float64'));
    const { y, inputs, feeds } = builtLayer(layer, normalArray([3, 4], 'x'), 'training', 'float64');
    const all = { ...feeds, target };
    await expectGradientsOf(y, inputs, all);
    const row = (b: number) => [0, 1, 2, 3].map((c) => Math.exp(read(feeds.x, [b, c])));
    const total = (b: number) => row(b).reduce((p, q) => p + q, 0);
    const losses = target.data.map((p, i) => -p * Math.log(row(Math.floor(i / 4))[i % 4] / total(Math.floor(i / 4))));
    const expected = { shape: [], data: [losses.reduce((p, q) => p + q, 0) / 3] };
    expectClose((await (await runnable({ y }))(all)).y, expected, 1e-14, 'loss');
  });

  it.each([
    ['meanSquaredError', meanSquaredError, (r: number) => r * r],
    ['huberLoss', huberLoss, (r: number) => (Math.abs(r) > 1 ? Math.abs(r) - 0.5 : (r * r) / 2)],
  ])('%s is the mean over the batch, and so is its derivative', async (_, build, of) => {
    const layer: Layer = (scope, x) => build(x, scope.graph.input('target', [7, 1], 'float64'));
    const { y, inputs, feeds } = builtLayer(layer, normalArray([7, 1], 'x'), 'training', 'float64');
    // On both sides of Huber's δ.
    const residuals = [0.2, -0.4, 1.5, -2, 0.9, 3, -0.1];
    const all = { ...feeds, target: { shape: [7, 1], data: residuals.map((r, i) => feeds.x.data[i] - r) } };
    await expectGradientsOf(y, inputs, all);
    const losses = residuals.map(of);
    const expected = { shape: [], data: [losses.reduce((p, q) => p + q, 0) / 7] };
    expectClose((await (await runnable({ y }))(all)).y, expected, 1e-14, 'loss');
  });
});
