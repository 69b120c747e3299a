import { describe, expect, it } from 'vitest';
import { createRng } from '../util/index.js';
import { initialParams, orthogonal } from './initialise.js';

describe('initial parameters', () => {
  it.each([
    [6, 10],
    [10, 6],
    [7, 7],
  ])('an orthogonal %i × %i matrix has orthonormal vectors along its shorter side', (rows, columns) => {
    const matrix = orthogonal(rows, columns, createRng(5));
    const count = Math.min(rows, columns);
    const at = (vector: number, k: number) =>
      rows <= columns ? matrix[vector * columns + k] : matrix[k * columns + vector];
    for (let a = 0; a < count; a++) {
      for (let b = 0; b < count; b++) {
        let dot = 0;
        for (let k = 0; k < Math.max(rows, columns); k++) dot += at(a, k) * at(b, k);
        expect(dot).toBeCloseTo(a === b ? 1 : 0, 13);
      }
    }
  });

  it("fill the bounds of Glorot's uniform distribution, and each tensor draws its own stream", () => {
    const xavier = { kind: 'xavier-uniform', fanIn: 40, fanOut: 20 } as const;
    const slot = (name: string, offset: number, size: number) => ({ name, shape: [size], offset, size });
    const slots = [
      { ...slot('a', 0, 4000), initializer: xavier },
      { ...slot('b', 4000, 4000), initializer: xavier },
      { ...slot('c', 8000, 2), initializer: { kind: 'constant', value: 1.5 } as const },
    ];
    const params = initialParams(slots, 8002, 1);
    const bound = Math.sqrt(6 / 60);
    const [a, b] = [params.slice(0, 4000), params.slice(4000, 8000)];
    for (const values of [a, b]) {
      const top = Math.max(...values);
      expect(top).toBeLessThanOrEqual(Math.fround(bound));
      expect(top).toBeGreaterThan(0.99 * bound);
      // The variance of a uniform distribution is bound² / 3; its estimate from 4000 draws is good to some 6 %.
      const variance = values.reduce((sum, value) => sum + value * value, 0) / values.length;
      expect(Math.abs(variance / (bound ** 2 / 3) - 1)).toBeLessThan(0.06);
    }
    expect(a).not.toEqual(b);
    expect([...params.subarray(8000)]).toEqual([1.5, 1.5]);
    expect(initialParams(slots.slice(1, 2), 8002, 1).slice(4000, 8000)).toEqual(b);
  });

  it.each([
    // Variance and fourth moment over its square (9/5 uniform, 3 normal): torch.nn.init.xavier_… and kaiming_….
    [{ kind: 'xavier-uniform', fanIn: 40, fanOut: 20 }, 2 / 60, 9 / 5],
    [{ kind: 'xavier-normal', fanIn: 40, fanOut: 20 }, 2 / 60, 3],
    [{ kind: 'he-uniform', fanIn: 40 }, 2 / 40, 9 / 5],
    [{ kind: 'he-normal', fanIn: 40 }, 2 / 40, 3],
  ] as const)('%o have the variance and the shape of their distribution', (initializer, variance, kurtosis) => {
    const count = 40_000;
    const values = initialParams([{ name: 'a', shape: [count], offset: 0, size: count, initializer }], count, 2);
    const moment = (k: number) => values.reduce((sum, value) => sum + value ** k, 0) / count / variance ** (k / 2);
    // Six standard errors: of the mean 1/√n, of the variance √(kurtosis − 1)/√n, of the fourth moment below √105/√n.
    const bound = 6 / Math.sqrt(count);
    expect(Math.abs(moment(1))).toBeLessThan(bound);
    expect(Math.abs(moment(2) - 1)).toBeLessThan(bound * Math.sqrt(kurtosis - 1));
    expect(Math.abs(moment(4) - kurtosis)).toBeLessThan(bound * Math.sqrt(105));
  });
});
