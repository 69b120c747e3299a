import { CandlenetError } from '../util/index.js';

/** Nodes and weights of a rule for integrals over [0, 1]; the weights add up to 1. */
export interface Quadrature {
  readonly nodes: Float64Array;
  readonly weights: Float64Array;
}

/**
 * The Gauss-Legendre rule of `n` nodes, exact for polynomials of degree 2n − 1: roots of the Legendre polynomial by Newton's
 * method from Tricomi's approximation (Abramowitz & Stegun 1964, 25.4.29 and 22.16.6), mapped from [−1, 1] to [0, 1].
 * @throws ARGUMENT_INVALID unless n is a whole number from 1 to 1000
 */
export function gaussLegendre(n: number): Quadrature {
  if (!Number.isInteger(n) || n < 1 || n > 1000) {
    throw new CandlenetError('ARGUMENT_INVALID', `steps: found ${n}, expected a whole number from 1 to 1000`);
  }
  const nodes = new Float64Array(n);
  const weights = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    let x = Math.cos((Math.PI * (i + 0.75)) / (n + 0.5));
    let derivative = 0;
    for (let round = 0; round < 20; round++) {
      const [value, below] = legendre(n, x);
      derivative = (n * (x * value - below)) / (x * x - 1);
      const step = value / derivative;
      x -= step;
      if (Math.abs(step) < 1e-16) break;
    }
    // From the largest root down: counted from the end they ascend.
    nodes[n - 1 - i] = (1 + x) / 2;
    weights[n - 1 - i] = 1 / ((1 - x * x) * derivative * derivative);
  }
  return { nodes, weights };
}

/** P_n(x) and P_{n−1}(x), by Bonnet's recursion. */
function legendre(n: number, x: number): [number, number] {
  let below = 1;
  let value = x;
  for (let k = 2; k <= n; k++) [below, value] = [value, ((2 * k - 1) * x * value - (k - 1) * below) / k];
  return n === 0 ? [1, 0] : [value, below];
}
