import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  channelWeighting,
  globalAverage,
  layerNorm,
  multiHeadAttention,
  multiScaleConv1d,
  residualBlock,
  sequenceOf,
  stochasticDepth,
} from '../nn/index.js';
import { builtLayer, expectLayer, type Layer, samplesOf } from './layer.fixture.js';
import { generate, read, softmax, zip } from './oracle.fixture.js';
import { type Dense, expectClose, normalArray, runnable } from './run-graph.fixture.js';

const size = fc.integer({ min: 1, max: 4 });
const runs = { seed: 20260101, numRuns: 6 };
const sigma = (x: number) => 1 / (1 + Math.exp(-x));
const range = (length: number) => Array.from({ length }, (_, i) => i);
const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;

/** Convolution over time with `same` padding of samples [b, t, c], by its definition. */
function convolved(x: Dense, kernel: Dense, width: number, bias?: Dense): Dense {
  const [batch, steps, channels] = x.shape;
  const filters = kernel.shape[1];
  return generate([batch, steps, filters], ([b, t, f]) => {
    let sum = bias ? read(bias, [f]) : 0;
    for (let k = 0; k < width; k++) {
      const from = t + k - (width - 1) / 2;
      if (from < 0 || from >= steps) continue;
      for (let c = 0; c < channels; c++) sum += read(x, [b, from, c]) * read(kernel, [k * channels + c, f]);
    }
    return sum;
  });
}

/** x·kernel + bias over the last axis. */
const affine = (x: Dense, kernel: Dense, bias: Dense): Dense =>
  generate([...x.shape.slice(0, -1), kernel.shape[1]], (index) => {
    const at = index.slice(0, -1);
    const unit = index[index.length - 1];
    const products = range(kernel.shape[0]).map((i) => read(x, [...at, i]) * read(kernel, [i, unit]));
    return products.reduce((a, b) => a + b, read(bias, [unit]));
  });

function batchNormed(x: Dense, scale: Dense, shift: Dense): Dense {
  const channels = x.shape[2];
  const of = (c: number) => x.data.filter((_, i) => i % channels === c);
  const centre = range(channels).map((c) => mean(of(c)));
  const variance = range(channels).map((c) => mean(of(c).map((value) => (value - centre[c]) ** 2)));
  return generate(x.shape, ([b, t, c]) => {
    const normal = (read(x, [b, t, c]) - centre[c]) / Math.sqrt(variance[c] + 1e-5);
    return normal * read(scale, [c]) + read(shift, [c]);
  });
}

describe('layers of the optimised network', () => {
  it('multiScaleConv1d puts the filters of each width side by side', () =>
    fc.assert(
      fc.asyncProperty(
        fc.constantFrom([3], [1, 3], [3, 5, 7], [1, 7]),
        fc.integer({ min: 1, max: 5 }),
        size,
        size,
        (widths, steps, batch, more) => {
          const filters = widths.length + more;
          const layer: Layer = (scope, x) =>
            samplesOf(scope, multiScaleConv1d(scope, sequenceOf(scope, x), { filters, widths }));
          return expectLayer(layer, normalArray([batch, steps, 2], 'x'), ({ x, ...params }) => {
            const parts = widths.map((width) =>
              convolved(x, params[`width${width}.kernel`], width, params[`width${width}.bias`]),
            );
            const firstOf = (i: number) => parts.slice(0, i).reduce((sum, part) => sum + part.shape[2], 0);
            return generate([batch, steps, filters], ([b, t, f]) => {
              const i = parts.findLastIndex((_, part) => f >= firstOf(part));
              return read(parts[i], [b, t, f - firstOf(i)]);
            });
          });
        },
      ),
      {
        ...runs,
        examples: [
          [[1, 7], 4, 2, 1],
          [[3, 5, 7], 5, 2, 2],
        ],
      },
    ));

  it('multiScaleConv1d shares filters out evenly, the rest to the narrowest', () => {
    const layer: Layer = (scope, x) =>
      samplesOf(scope, multiScaleConv1d(scope, sequenceOf(scope, x), { filters: 8, widths: [3, 5, 7] }));
    const { scope } = builtLayer(layer, normalArray([1, 4, 2], 'x'), 'training', 'float32');
    const kernels = scope.params.filter(({ name }) => name.endsWith('kernel'));
    expect(kernels.map(({ name, shape }) => [name, shape])).toEqual([
      ['width3.kernel', [6, 3]],
      ['width5.kernel', [10, 3]],
      ['width7.kernel', [14, 2]],
    ]);
    expect(() =>
      builtLayer(
        (s, x) => samplesOf(s, multiScaleConv1d(s, sequenceOf(s, x), { filters: 2, widths: [3, 5, 7] })),
        normalArray([1, 4, 2], 'x'),
        'training',
        'float32',
      ),
    ).toThrow(/2 filters for branches of widths 3, 5, 7; expected one or more for each/);
  });

  it('residualBlock is relu(x + norm(conv(relu(norm(conv(x))))))', () =>
    fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 2, max: 4 }),
        fc.integer({ min: 1, max: 4 }),
        size,
        (batch, steps, channels) => {
          const layer: Layer = (scope, x) =>
            samplesOf(scope, residualBlock(scope, sequenceOf(scope, x), { width: 3, dropRate: 0.2 }));
          return expectLayer(layer, normalArray([batch, steps, channels], 'x'), ({ x, ...of }) => {
            const first = batchNormed(convolved(x, of['conv1.kernel'], 3), of['norm1.scale'], of['norm1.shift']);
            const second = convolved(
              zip((v) => Math.max(v, 0), first),
              of['conv2.kernel'],
              3,
            );
            const branch = batchNormed(second, of['norm2.scale'], of['norm2.shift']);
            const skipped = generate(x.shape, ([b, t, c]) => read(branch, [b, t, c]) * read(of['depth.mask'], [b, 0]));
            return zip((v, w) => Math.max(v + w, 0), x, skipped);
          });
        },
      ),
      runs,
    ));

  it('layerNorm centres and scales each step of each sample over its channels', () =>
    fc.assert(
      fc.asyncProperty(size, size, fc.integer({ min: 2, max: 5 }), (batch, steps, channels) =>
        expectLayer(
          (scope, x) => samplesOf(scope, layerNorm(scope, sequenceOf(scope, x))),
          normalArray([batch, steps, channels], 'x'),
          ({ x, scale, shift }) =>
            generate(x.shape, ([b, t, c]) => {
              const row = range(channels).map((i) => read(x, [b, t, i]));
              const centre = mean(row);
              const variance = mean(row.map((value) => (value - centre) ** 2));
              return ((row[c] - centre) / Math.sqrt(variance + 1e-5)) * read(scale, [c]) + read(shift, [c]);
            }),
        ),
      ),
      runs,
    ));

  it('multiHeadAttention lets every step take a weighted mean of all steps, head by head', () =>
    fc.assert(
      fc.asyncProperty(size, size, fc.integer({ min: 1, max: 3 }), size, (batch, steps, heads, width) => {
        const channels = heads * width;
        return expectLayer(
          (scope, x) => samplesOf(scope, multiHeadAttention(scope, sequenceOf(scope, x), heads)),
          normalArray([batch, steps, channels], 'x'),
          ({ x, ...of }) => {
            const projected = affine(x, of['projection.kernel'], of['projection.bias']);
            const part = (which: number, b: number, h: number, t: number, i: number) =>
              read(projected, [b, t, which * channels + h * width + i]);
            const scores = generate([batch, heads, steps, steps], ([b, h, t, s]) =>
              range(width).reduce((sum, i) => sum + (part(0, b, h, t, i) * part(1, b, h, s, i)) / Math.sqrt(width), 0),
            );
            const weights = softmax(scores);
            const mixed = generate([batch, steps, channels], ([b, t, c]) => {
              const h = Math.floor(c / width);
              return range(steps).reduce(
                (sum, s) => sum + read(weights, [b, h, t, s]) * part(2, b, h, s, c % width),
                0,
              );
            });
            return affine(mixed, of['output.kernel'], of['output.bias']);
          },
          // ONNX Runtime takes 1/√width into its FusedMatMul, whose factor is a float32.
          1e-8,
        );
      }),
      runs,
    ));

  it('multiHeadAttention needs heads that divide the channels', () => {
    const layer: Layer = (scope, x) => samplesOf(scope, multiHeadAttention(scope, sequenceOf(scope, x), 2));
    expect(() => builtLayer(layer, normalArray([1, 2, 3], 'x'), 'training', 'float32')).toThrow(
      /heads is 2; expected a divisor of the 3 channels/,
    );
  });

  it('globalAverage is the mean over time', () =>
    expectLayer(
      (scope, x) => globalAverage(scope, sequenceOf(scope, x)),
      normalArray([3, 5, 2], 'x'),
      ({ x }) => generate([3, 2], ([b, c]) => mean(range(5).map((t) => read(x, [b, t, c])))),
    ));

  it('channelWeighting multiplies each channel by a gate made of all channels’ means', () =>
    fc.assert(
      fc.asyncProperty(size, size, fc.integer({ min: 1, max: 5 }), (batch, steps, channels) =>
        expectLayer(
          (scope, x) => samplesOf(scope, channelWeighting(scope, sequenceOf(scope, x), 2)),
          normalArray([batch, steps, channels], 'x'),
          ({ x, ...of }) => {
            const means = generate([batch, channels], ([b, c]) => mean(range(steps).map((t) => read(x, [b, t, c]))));
            const squeezed = zip((v) => Math.max(v, 0), affine(means, of['squeeze.kernel'], of['squeeze.bias']));
            expect(squeezed.shape[1]).toBe(Math.max(1, Math.floor(channels / 2)));
            const gates = zip(sigma, affine(squeezed, of['excite.kernel'], of['excite.bias']));
            return generate(x.shape, ([b, t, c]) => read(x, [b, t, c]) * read(gates, [b, c]));
          },
        ),
      ),
      runs,
    ));

  it('stochasticDepth multiplies a whole sample by what the host draws while training, and is nothing otherwise', async () => {
    const x = normalArray([3, 2, 4], 'x');
    const layer: Layer = (scope, input) => samplesOf(scope, stochasticDepth(scope, sequenceOf(scope, input), 0.25));
    await expectLayer(layer, x, (of) => generate(x.shape, ([b, t, c]) => read(x, [b, t, c]) * read(of.mask, [b, 0])));
    const { scope } = builtLayer(layer, x, 'training', 'float32');
    expect(scope.random).toEqual([{ name: 'mask', shape: [3, 1], kind: 'dropout', keep: 0.75 }]);
    for (const mode of ['evaluation', 'deployment'] as const) {
      const { scope: outside, y, feeds } = builtLayer(layer, x, mode, 'float64');
      expect(outside.random).toEqual([]);
      expectClose((await (await runnable({ y }))(feeds)).y, x, 0, mode);
    }
  });
});
