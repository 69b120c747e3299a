// Standard test functions of global optimisation (Surjanovic & Bingham, Virtual Library of Simulation Experiments).

import { propose } from '../../dist/training/index.js';

const A = [
  [10, 3, 17, 3.5, 1.7, 8],
  [0.05, 10, 17, 0.1, 8, 14],
  [3, 3.5, 1.7, 10, 17, 8],
  [17, 8, 0.05, 10, 0.1, 14],
];
const P = [
  [0.1312, 0.1696, 0.5569, 0.0124, 0.8283, 0.5886],
  [0.2329, 0.4135, 0.8307, 0.3736, 0.1004, 0.9991],
  [0.2348, 0.1451, 0.3522, 0.2883, 0.3047, 0.665],
  [0.4047, 0.8828, 0.8732, 0.5743, 0.1091, 0.0381],
];
const ALPHA = [1, 1.2, 3, 3.2];
const real = (name, low, high) => ({ kind: 'float', name, low, high, log: false, points: 5 });

export const branin = {
  name: 'branin',
  minimum: 0.397887357729739,
  space: [real('x1', -5, 10), real('x2', 0, 15)],
  at: ([x, y]) =>
    (y - (5.1 / (4 * Math.PI ** 2)) * x ** 2 + (5 / Math.PI) * x - 6) ** 2 +
    10 * (1 - 1 / (8 * Math.PI)) * Math.cos(x) +
    10,
};

export const hartmann6 = {
  name: 'hartmann6',
  minimum: -3.322368011415515,
  space: Array.from({ length: 6 }, (_, i) => real(`x${i + 1}`, 0, 1)),
  at: (x) =>
    -ALPHA.reduce((sum, a, i) => sum + a * Math.exp(-A[i].reduce((s, v, j) => s + v * (x[j] - P[i][j]) ** 2, 0)), 0),
};

/** The lowest value of a search of so many trials, one at a time. */
export function minimumAfter({ space, at }, method, seed, trials) {
  const evaluated = [];
  for (let i = 0; i < trials; i++) {
    const [point] = propose({ space, method, seed, initial: 10 }, evaluated, 1);
    evaluated.push({ point, value: at(point) });
  }
  return Math.min(...evaluated.map(({ value }) => value));
}
