import { describe, expect, it } from 'vitest';
import { createRng } from '../../util/index.js';
import { bindKernels, compileKernels, createSharedMemory } from './kernels.js';

const memory = createSharedMemory(16 * 65_536);
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

describe('vector arithmetic, for any count', () => {
  const rng = createRng(2);
  const [a, b] = [1, 2].map(() => Float32Array.from({ length: 11 }, () => rng.normal()));
  const fround = Math.fround;

  it.each([1, 4, 7, 11])('of %i', (count) => {
    const check = (at: number, expected: (i: number) => number, before: (i: number) => number) => {
      const got = floats(at, 11);
      got.forEach((value, i) => {
        expect(value).toBe(i < count ? expected(i) : before(i));
      });
    };
    floats(4096, 11).set(a);
    floats(8192, 11).set(b);
    kernels.scale(4096, count, 0.3);
    const third = fround(0.3);
    check(
      4096,
      (i) => fround(a[i] * third),
      (i) => a[i],
    );
    floats(4096, 11).set(a);
    kernels.addScaled(4096, 8192, count, 0.3);
    check(
      4096,
      (i) => fround(a[i] + fround(b[i] * third)),
      (i) => a[i],
    );
    floats(4096, 11).set(a);
    floats(12288, 11).fill(7);
    kernels.mix(12288, 4096, 8192, count, 0.3);
    const rest = fround(1 - third);
    check(
      12288,
      (i) => fround(fround(a[i] * third) + fround(b[i] * rest)),
      () => 7,
    );
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

describe('normal noise', () => {
  const COUNT = 240_000;
  const draw = (count: number, key: bigint, counter: bigint, deviation = 1) => {
    const out = floats(4096, count).fill(0);
    kernels.addNormal(4096, count, key, counter, deviation);
    return Float64Array.from(out);
  };
  const mean = (values: Float64Array, f: (x: number) => number) => values.reduce((sum, x) => sum + f(x), 0) / COUNT;

  it('is Box and Muller’s transform of the words of SplitMix64, worked out in double precision', () => {
    // The stream of seed 1234567 as Rosetta Code lists it.
    const words = [
      6_457_827_717_110_365_317n,
      3_203_168_211_198_807_973n,
      9_817_491_932_198_370_423n,
      4_593_380_528_125_082_431n,
    ];
    const got = draw(16, 1_234_567n, 0n);
    words.forEach((word, i) => {
      const radius = Math.sqrt(-2 * Math.log((Number(word & 0xffff_ffffn) + 0.5) / 2 ** 32));
      const angle = (2 * Math.PI * Number(BigInt.asIntN(32, word >> 32n))) / 2 ** 32;
      expect(Math.abs(got[i] - radius * Math.cos(angle))).toBeLessThan(2e-6);
      expect(Math.abs(got[i + 4] - radius * Math.sin(angle))).toBeLessThan(2e-6);
    });
  });

  it('has the moments and the tails of the normal distribution', () => {
    const values = draw(COUNT, 99n, 0n);
    // Six standard errors: of moment k, √((E x^2k − (E x^k)²) / n).
    const bound = (variance: number) => 6 * Math.sqrt(variance / COUNT);
    expect(Math.abs(mean(values, (x) => x))).toBeLessThan(bound(1));
    expect(Math.abs(mean(values, (x) => x ** 2) - 1)).toBeLessThan(bound(2));
    expect(Math.abs(mean(values, (x) => x ** 3))).toBeLessThan(bound(15));
    expect(Math.abs(mean(values, (x) => x ** 4) - 3)).toBeLessThan(bound(96));
    for (const [beyond, tail] of [
      [1, 0.158655],
      [2, 0.0227501],
      [3, 0.0013499],
      [4, 3.16712e-5],
    ]) {
      for (const sign of [-1, 1]) {
        const share = mean(values, (x) => (sign * x > beyond ? 1 : 0));
        expect(Math.abs(share - tail), `beyond ${sign * beyond}`).toBeLessThan(bound(tail));
      }
    }
  });

  it('does not follow from its neighbours, nor from the same place of the next draw', () => {
    const [first, second] = [draw(COUNT, 5n, 0n), draw(COUNT, 5n, BigInt(COUNT / 2))];
    for (const lag of [1, 2, 3, 4, 5, 8, 16]) {
      const correlation = first.slice(lag).reduce((sum, x, i) => sum + x * first[i], 0) / COUNT;
      expect(Math.abs(correlation), `lag ${lag}`).toBeLessThan(6 / Math.sqrt(COUNT));
    }
    const cross = first.reduce((sum, x, i) => sum + x * second[i], 0) / COUNT;
    expect(Math.abs(cross)).toBeLessThan(6 / Math.sqrt(COUNT));
  });

  it('reads on at the position asked for, and does not repeat', () => {
    const whole = draw(64, 7n, 4n);
    expect([...draw(32, 7n, 20n)]).toEqual([...whole.slice(32)]);
    const long = draw(COUNT, 7n, 0n);
    // 240,000 draws of 24 bits and more: a few pairs are equal by chance, a cycle would make them all so.
    expect(new Set(long).size).toBeGreaterThan(0.98 * COUNT);
    expect(draw(64, 8n, 4n)).not.toEqual(whole);
  });

  it('is added to what is there, times its deviation', () => {
    const unit = draw(32, 3n, 8n);
    floats(4096, 32).forEach((_, i, out) => {
      out[i] = i;
    });
    kernels.addNormal(4096, 32, 3n, 8n, 0.25);
    floats(4096, 32).forEach((value, i) => {
      expect(Math.abs(value - (i + 0.25 * unit[i]))).toBeLessThan(4e-6);
    });
  });
});
