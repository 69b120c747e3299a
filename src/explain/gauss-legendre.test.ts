import { describe, expect, it } from 'vitest';
import { gaussLegendre } from './gauss-legendre.js';

const integral = (n: number, f: (x: number) => number) => {
  const { nodes, weights } = gaussLegendre(n);
  return nodes.reduce((sum, x, i) => sum + weights[i] * f(x), 0);
};

describe('the Gauss-Legendre rule', () => {
  it('has the nodes and weights of Abramowitz & Stegun, table 25.4', () => {
    // On [−1, 1]: n = 3: 0 and ±0.774596669241483, 0.888… and 0.555…; n = 5: ±0.906179845938664, 0.236926885056189.
    const three = gaussLegendre(3);
    [1 - 0.774596669241483, 1, 1 + 0.774596669241483].forEach((x, i) => {
      expect(three.nodes[i]).toBeCloseTo(x / 2, 14);
    });
    [5 / 18, 8 / 18, 5 / 18].forEach((w, i) => {
      expect(three.weights[i]).toBeCloseTo(w, 14);
    });
    expect(gaussLegendre(5).nodes[4]).toBeCloseTo((1 + 0.906179845938664) / 2, 14);
    expect(gaussLegendre(5).weights[4]).toBeCloseTo(0.236926885056189 / 2, 14);
  });

  it.each([1, 2, 7, 32, 200])('of %i nodes is exact for polynomials of degree 2n − 1, and no further', (n) => {
    for (const degree of [0, 1, 2 * n - 1]) expect(integral(n, (x) => x ** degree)).toBeCloseTo(1 / (degree + 1), 13);
    if (n <= 2) expect(Math.abs(integral(n, (x) => x ** (2 * n)) - 1 / (2 * n + 1))).toBeGreaterThan(1e-3);
  });

  it('refuses what is no count', () => {
    expect(() => gaussLegendre(0)).toThrow('steps: found 0, expected a whole number from 1 to 1000');
  });
});
