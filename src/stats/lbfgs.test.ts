import { describe, expect, it } from 'vitest';
import { minimise, type Objective } from './lbfgs.js';

describe('L-BFGS', () => {
  it("finds the minimum of Rosenbrock's function (Rosenbrock 1960), at (1, 1)", () => {
    const rosenbrock: Objective = (x, gradient) => {
      const a = 1 - x[0];
      const b = x[1] - x[0] ** 2;
      gradient[0] = -2 * a - 400 * x[0] * b;
      gradient[1] = 200 * b;
      return a * a + 100 * b * b;
    };
    const result = minimise(rosenbrock, Float64Array.of(-1.2, 1), { maxIterations: 200, tolerance: 1e-10 });
    expect(result.converged).toBe(true);
    expect(result.iterations).toBeLessThan(80);
    expect(result.x[0]).toBeCloseTo(1, 9);
    expect(result.x[1]).toBeCloseTo(1, 9);
  });

  it('solves an quadratic of 30 dimensions with a condition number of 800', () => {
    const scale = (i: number) => 10 ** (i / 10);
    const quadratic: Objective = (x, gradient) =>
      x.reduce((sum, value, i) => {
        gradient[i] = scale(i) * (value - i);
        return sum + (scale(i) * (value - i) ** 2) / 2;
      }, 0);
    const { x, converged } = minimise(quadratic, new Float64Array(30), { maxIterations: 500, tolerance: 1e-9 });
    expect(converged).toBe(true);
    x.forEach((value, i) => {
      expect(value).toBeCloseTo(i, 6);
    });
  });

  it('stays where it starts when the gradient is zero there', () => {
    const flat: Objective = () => 5;
    const result = minimise(flat, Float64Array.of(1, 2), { maxIterations: 5, tolerance: 1e-6 });
    expect([...result.x, result.value, result.iterations]).toEqual([1, 2, 5, 0]);
  });
});
