import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createRng } from '../../util/index.js';
import { bindKernels, compileKernels, createSharedMemory } from './kernels.js';

const memory = createSharedMemory(4 * 65_536);
const kernels = bindKernels(compileKernels(), memory);
const floats = (offset: number, count: number) => new Float32Array(memory.buffer, offset, count);

describe('gradient sum', () => {
  it('is the scaled sum of the slots in the order of the workers, with its squared norm', () => {
    const rng = createRng(1);
    const count = 64;
    const slots = Array.from({ length: 3 }, () => Float32Array.from({ length: count }, () => rng.normal()));
    slots.forEach((slot, w) => {
      floats(8192 + w * 512, count).set(slot);
    });
    const scale = Math.fround(1 / 3);
    const expected = slots[0].map((value, i) =>
      Math.fround(Math.fround(Math.fround(value + slots[1][i]) + slots[2][i]) * scale),
    );
    const squares = expected.reduce((sum, value) => sum + value * value, 0);
    expect(kernels.reduceGradients(4096, 8192, 512, 3, count, 1 / 3)).toBeCloseTo(squares, 12);
    expect([...floats(4096, count)]).toEqual([...expected]);
  });
});

describe('Adam', () => {
  const vector = JSON.parse(readFileSync(new URL('../vectors/adam.json', import.meta.url), 'utf8')) as {
    learningRate: number;
    clipNorm: number;
    start: number[];
    gradients: number[][];
    after: number[][];
  };

  it('takes the steps of torch.optim.Adam after clip_grad_norm_ (bench/peers/torch_adam.py)', () => {
    const count = vector.start.length;
    const [params, first, second, gradient] = [4096, 8192, 12288, 16384];
    floats(params, count).set(vector.start);
    floats(first, count).fill(0);
    floats(second, count).fill(0);
    vector.gradients.forEach((values, step) => {
      floats(gradient, count).set(values);
      const norm = Math.sqrt(kernels.reduceGradients(gradient, gradient, 0, 1, count, 1));
      const clip = Math.min(1, vector.clipNorm / (norm + 1e-6));
      const stepSize = vector.learningRate / (1 - 0.9 ** (step + 1));
      const root = Math.sqrt(1 - 0.999 ** (step + 1));
      kernels.adam(params, first, second, gradient, count, clip, 0.9, 1 - 0.9, 0.999, 1 - 0.999, stepSize, root, 1e-8);
      const got = floats(params, count);
      const worst = Math.max(...vector.after[step].map((value, i) => Math.abs(value - got[i])));
      // Parameters are of order 1, one float32 rounding is 6e-8; six steps of them.
      expect(worst).toBeLessThan(5e-7);
    });
    expect(vector.after[5].every((value, i) => Math.abs(value - vector.start[i]) > 1e-3)).toBe(true);
  });
});

describe('dropout masks', () => {
  const key = 1_234_567n;

  it("follow SplitMix64's published stream for the seed 1234567 (Rosetta Code, Pseudo-random numbers/Splitmix64)", () => {
    const stream = [
      6_457_827_717_110_365_317n,
      3_203_168_211_198_807_973n,
      9_817_491_932_198_370_423n,
      4_593_380_528_125_082_431n,
      16_408_922_859_458_223_821n,
    ];
    for (const keep of [0.25, 0.5, 0.75]) {
      kernels.fillDropout(4096, 16, key, 0n, keep);
      const words = stream.flatMap((value) => [Number(value & 0xffff_ffffn), Number(value >> 32n)]);
      const expected = words.map((word) => (word / 2 ** 32 < keep ? Math.fround(1 / keep) : 0));
      expect([...floats(4096, 10)]).toEqual(expected);
    }
  });

  it('read on at the position asked for', () => {
    kernels.fillDropout(4096, 64, key, 5n, 0.5);
    const whole = [...floats(4096, 64)];
    kernels.fillDropout(4096, 32, key, 21n, 0.5);
    expect([...floats(4096, 32)]).toEqual(whole.slice(32));
  });

  it('keep the share they should and have mean one', () => {
    const count = 32_000;
    kernels.fillDropout(4096, count, 42n, 1n, 0.7);
    const kept = floats(4096, count).filter((value) => value !== 0).length;
    // Six standard deviations of a binomial share: 6 · √(0.7 · 0.3 / 32000) = 0.0154.
    expect(Math.abs(kept / count - 0.7)).toBeLessThan(0.0154);
    expect(Math.abs(floats(4096, count).reduce((a, b) => a + b, 0) / count - 1)).toBeLessThan(0.022);
  });
});
