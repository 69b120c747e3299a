import { describe, expect, it } from 'vitest';
import { createRng } from '../../util/index.js';
import { symmetricBeta } from './beta.js';

const COUNT = 20_000;
const draws = (alpha: number) => {
  const rng = createRng(3, 'beta', alpha);
  return Float64Array.from({ length: COUNT }, () => symmetricBeta(alpha, rng));
};
const mean = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0) / values.length;

/** Kolmogorov's distance between draws and a distribution function. */
function distance(values: Float64Array, cdf: (x: number) => number): number {
  const sorted = values.toSorted();
  return sorted.reduce((most, x, i) => Math.max(most, Math.abs(cdf(x) - (i + 0.5) / values.length)), 0);
}

describe('Beta(α, α)', () => {
  // 1.95/√n is passed once in a thousand times by draws of the distribution itself (Kolmogorov 1933).
  const bound = 1.95 / Math.sqrt(COUNT);

  it('is the arcsine distribution for α = ½, the uniform one for 1, x²(3 − 2x) for 2', () => {
    expect(distance(draws(0.5), (x) => (2 / Math.PI) * Math.asin(Math.sqrt(x)))).toBeLessThan(bound);
    expect(distance(draws(1), (x) => x)).toBeLessThan(bound);
    expect(distance(draws(2), (x) => x * x * (3 - 2 * x))).toBeLessThan(bound);
  });

  it.each([0.05, 0.2, 4])('has mean ½ and variance 1/(4(2α + 1)) for α = %d', (alpha) => {
    const values = draws(alpha);
    const variance = 1 / (4 * (2 * alpha + 1));
    expect(Math.abs(mean(values) - 0.5)).toBeLessThan(6 * Math.sqrt(variance / COUNT));
    // The squared deviation is at most ¼, so its own standard error is below √(variance/4/n).
    const squared = values.map((x) => (x - 0.5) ** 2);
    expect(Math.abs(mean(squared) - variance)).toBeLessThan(6 * Math.sqrt(variance / 4 / COUNT));
  });

  it('stays in [0, 1] where both gamma draws are below the smallest number', () => {
    const values = draws(1e-4);
    expect(values.every((x) => x >= 0 && x <= 1)).toBe(true);
    expect(values.filter((x) => x > 0.01 && x < 0.99).length / COUNT).toBeLessThan(0.01);
  });
});
