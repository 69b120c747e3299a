import { describe, expect, it } from 'vitest';
import { createRng } from '../../util/index.js';
import { bindKernels, createKernelMemory, Places } from './kernels.js';

const rng = createRng(12, 'kernels');
const [rows, width, components] = [8, 12, 16];
const places = new Places();
const x = places.take(rows * width * 4);
const weights = places.take(3 * width * 8);
const intercepts = places.take(32);
const logits = places.take(rows * 32);
const labels = places.take(rows);
const sums = places.take(32);
const gradient = places.take(3 * width * 8);
const panels = places.take(components * width * 4);
const phases = places.take(components * 4);
const out = places.take(rows * components * 4);
const memory = createKernelMemory(places.bytes);
const kernels = bindKernels(memory);
const floats = (at: number, count: number) => new Float32Array(memory.buffer, at, count);
const doubles = (at: number, count: number) => new Float64Array(memory.buffer, at, count);
const drawn = <A extends Float32Array | Float64Array>(values: A): A => {
  for (let i = 0; i < values.length; i++) values[i] = rng.normal();
  return values;
};
const samples = drawn(floats(x, rows * width));
const of = (row: number) => samples.subarray(row * width, (row + 1) * width);

describe('kernels of the baselines', () => {
  it('have the loss and the gradient of a softmax regression, as written out', () => {
    const w = drawn(doubles(weights, 3 * width));
    const b = drawn(doubles(intercepts, 3));
    const classes = new Uint8Array(memory.buffer, labels, rows).map((_, i) => i % 3);
    new Uint8Array(memory.buffer, labels, rows).set(classes);
    let loss = 0;
    const expected = new Float64Array(3 * width);
    const rests = [0, 0, 0];
    for (let i = 0; i < rows; i++) {
      const scores = [0, 1, 2].map((k) => of(i).reduce((sum, value, j) => sum + value * w[k * width + j], b[k]));
      const total = scores.reduce((sum, score) => sum + Math.exp(score), 0);
      loss += Math.log(total) - scores[classes[i]];
      for (let k = 0; k < 3; k++) {
        const residual = Math.exp(scores[k]) / total - (classes[i] === k ? 1 : 0);
        rests[k] += residual;
        of(i).forEach((value, j) => {
          expected[k * width + j] += residual * value;
        });
      }
    }
    kernels.logits(x, rows, width, weights, intercepts, logits);
    expect(kernels.residuals(rows, labels, logits, sums)).toBeCloseTo(loss, 12);
    kernels.addGradient(x, rows, width, logits, gradient);
    doubles(gradient, 3 * width).forEach((value, i) => {
      expect(value).toBeCloseTo(expected[i], 12);
    });
    doubles(sums, 3).forEach((value, k) => {
      expect(value).toBeCloseTo(rests[k], 12);
    });
  });

  it('have the sums of a descent and of a radial kernel, as written out', () => {
    const w = drawn(doubles(weights, width));
    const before = w.slice();
    expect(kernels.dot(weights, x, width)).toBeCloseTo(
      of(0).reduce((sum, value, j) => sum + value * w[j], 0),
      12,
    );
    expect(kernels.squaredNorm(x, width)).toBeCloseTo(
      of(0).reduce((sum, value) => sum + value * value, 0),
      12,
    );
    kernels.addScaled(weights, x, width, 0.3);
    w.forEach((value, j) => {
      expect(value).toBeCloseTo(before[j] + 0.3 * of(0)[j], 12);
    });
    kernels.squaredDistances(x, x, rows, width, out);
    floats(out, rows).forEach((value, v) => {
      expect(value).toBeCloseTo(
        of(0).reduce((sum, a, j) => sum + (a - of(v)[j]) ** 2, 0),
        4,
      );
    });
  });

  it('project samples on directions, panel by panel', () => {
    const directions = drawn(floats(panels, components * width));
    const phase = drawn(floats(phases, components));
    kernels.project(x, rows, width, panels, phases, components, 0.5, out);
    const found = floats(out, rows * components);
    for (let i = 0; i < rows; i++) {
      for (let d = 0; d < components; d++) {
        const panel = Math.floor(d / 8) * width * 8 + (d % 8);
        const angle = of(i).reduce((sum, value, j) => sum + value * directions[panel + 8 * j], phase[d]);
        expect(found[i * components + d]).toBeCloseTo(0.5 * Math.cos(angle), 5);
      }
    }
  });

  it('know the cosine of a float within 1.5e-7, up to thousands of turns and at the corners of its quarters', () => {
    floats(panels, components * width).fill(0);
    let worst = 0;
    const measure = (angles: Float32Array) => {
      floats(phases, components).set(angles);
      kernels.project(x, 4, width, panels, phases, components, 1, out);
      floats(out, components).forEach((value, d) => {
        worst = Math.max(worst, Math.abs(value - Math.cos(angles[d])));
      });
    };
    for (const range of [1, 10, 1000, 8192]) {
      for (let i = 0; i < 500; i++) {
        measure(Float32Array.from({ length: components }, () => (2 * rng.uniform() - 1) * range));
      }
    }
    for (let corner = -2000; corner < 2000; corner += components) {
      measure(Float32Array.from({ length: components }, (_, d) => ((corner + d) * Math.PI) / 4));
    }
    expect(worst).toBeLessThan(1.5e-7);
    expect(worst).toBeGreaterThan(0);
  });
});
