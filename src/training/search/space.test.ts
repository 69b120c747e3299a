import { describe, expect, it } from 'vitest';
import { createRng } from '../../util/index.js';
import { latinHypercube, randomPoint } from './designs.js';
import { embeddingOf } from './embedding.js';
import { checkSpace, type Dimension, gridPoint, gridSize, settingsOf, shareAt, valueAt } from './space.js';

const rate: Dimension = { kind: 'float', name: 'rate', low: 1e-4, high: 1e-2, log: true, points: 3 };
const hidden: Dimension = { kind: 'int', name: 'hidden', low: 64, high: 384, step: 32, log: false };
const heads: Dimension = { kind: 'int', name: 'heads', low: 1, high: 64, step: 1, log: true };
const filters: Dimension = {
  kind: 'choice',
  name: 'filters',
  values: [
    [32, 64],
    [64, 128],
  ],
};
const only: Dimension = { kind: 'choice', name: 'only', values: ['one'] };

describe('a search space', () => {
  it('reaches both ends of a dimension and its middle', () => {
    expect([0, 0.5, 1].map((u) => valueAt(rate, u))).toEqual([1e-4, expect.closeTo(1e-3, 12), 1e-2]);
    expect([0, 1].map((u) => valueAt(hidden, u))).toEqual([64, 384]);
    expect([0, 1].map((u) => valueAt(heads, u))).toEqual([1, 64]);
  });

  it('gives each whole number the same share', () => {
    const counts = new Map<number, number>();
    for (let i = 0; i < 1100; i++) {
      const value = valueAt(hidden, (i + 0.5) / 1100);
      counts.set(value, (counts.get(value) ?? 0) + 1);
    }
    expect([...counts.keys()]).toEqual(Array.from({ length: 11 }, (_, i) => 64 + 32 * i));
    expect(new Set(counts.values())).toEqual(new Set([100]));
  });

  it('finds the way back from a value', () => {
    for (const value of [1, 7, 64]) expect(valueAt(heads, shareAt(heads, value))).toBe(value);
    for (const value of [64, 224, 384]) expect(valueAt(hidden, shareAt(hidden, value))).toBe(value);
    expect(valueAt(rate, shareAt(rate, 0.0037))).toBeCloseTo(0.0037, 12);
  });

  it('lists its grid, the last dimension changing fastest', () => {
    const space = [rate, filters];
    expect(gridSize(space)).toBe(6);
    const settings = Array.from({ length: 6 }, (_, i) => settingsOf(space, gridPoint(space, i)));
    expect(settings.slice(0, 3)).toEqual([
      { rate: 1e-4, filters: [32, 64] },
      { rate: 1e-4, filters: [64, 128] },
      { rate: expect.closeTo(1e-3, 12), filters: [32, 64] },
    ]);
  });

  it('is embedded with choices one-hot, and what cannot change left out', () => {
    const embedding = embeddingOf([only, hidden, filters]);
    expect([...embedding.embed([0, 64, 1])]).toEqual([expect.closeTo(1 / 22, 12), 0, 1]);
    expect(embedding.numeric).toEqual([0]);
    expect(embedding.snap([0, 64, 1], Float64Array.of(0.99, 0.7, 0.3))).toEqual([0, 384, 1]);
  });

  it.each<[string, Dimension, RegExp]>([
    ['bounds out of order', { ...rate, low: 1, high: 0.1 }, /rate: found \[1, 0.1\], expected the lower bound first/],
    ['a logarithm of 0', { ...rate, low: 0 }, /expected bounds above 0/],
    ['an integer that is none', { ...hidden, low: 1.5 }, /expected whole numbers/],
    ['no choice', { ...filters, values: [] }, /found no choice/],
  ])('refuses %s', (_what, dimension, message) => {
    expect(() => checkSpace([dimension])).toThrow(message);
  });
});

describe('designs', () => {
  it('put one point of a Latin hypercube into each strip of each dimension', () => {
    const count = 8;
    const unit = (name: string): Dimension => ({ kind: 'float', name, low: 0, high: 1, log: false, points: 2 });
    const design = latinHypercube([unit('a'), unit('b')], count, createRng(3));
    for (const d of [0, 1]) {
      expect(design.map((point) => Math.floor(point[d] * count)).sort()).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    }
  });

  it('draw the same points from the same seed', () => {
    const draw = (seed: number) => randomPoint([rate, hidden, filters], createRng(seed));
    expect(draw(1)).toEqual(draw(1));
    expect(draw(1)).not.toEqual(draw(2));
  });
});
