import { describe, expect, it } from 'vitest';
import { type Evaluated, propose, type SearchPlan } from './propose.js';
import { type Dimension, samePoint } from './space.js';

const real = (name: string, low: number, high: number): Dimension => ({
  ...{ kind: 'float', name, low, high, log: false, points: 5 },
});

/** Branin's function: three minima of 0.397887 (Surjanovic & Bingham, Virtual Library of Simulation Experiments). */
const branin = ([x, y]: readonly number[]) =>
  (y - (5.1 / (4 * Math.PI ** 2)) * x ** 2 + (5 / Math.PI) * x - 6) ** 2 +
  10 * (1 - 1 / (8 * Math.PI)) * Math.cos(x) +
  10;
const BRANIN_MINIMUM = 0.397887;

function search(plan: SearchPlan, objective: (point: readonly number[]) => number, trials: number, batch = 1) {
  const evaluated: Evaluated[] = [];
  while (evaluated.length < trials) {
    const points = propose(plan, evaluated, Math.min(batch, trials - evaluated.length));
    if (points.length === 0) break;
    evaluated.push(...points.map((point) => ({ point, value: objective(point) })));
  }
  return evaluated;
}

const lowest = (evaluated: readonly Evaluated[]) => Math.min(...evaluated.map(({ value }) => value));
const space = [real('x', -5, 10), real('y', 0, 15)];

describe('Bayesian optimisation', () => {
  it("finds Branin's minimum within 0.01 in 30 trials, as random search does not", () => {
    const plan = { space, seed: 1, initial: 8 };
    const found = search({ ...plan, method: 'bayes' }, branin, 30);
    expect(lowest(found) - BRANIN_MINIMUM).toBeLessThan(0.01);
    expect(lowest(search({ ...plan, method: 'random' }, branin, 30)) - BRANIN_MINIMUM).toBeGreaterThan(0.1);
  });

  it('proposes the same points again', () => {
    const plan: SearchPlan = { space, method: 'bayes', seed: 5, initial: 4 };
    expect(search(plan, branin, 8)).toEqual(search(plan, branin, 8));
  });

  it('keeps the points of one batch apart', () => {
    const plan: SearchPlan = { space, method: 'bayes', seed: 2, initial: 6 };
    const evaluated = search(plan, branin, 10);
    const batch = propose(plan, evaluated, 4);
    batch.forEach((point, i) => {
      for (const other of batch.slice(0, i)) {
        expect(Math.hypot((point[0] - other[0]) / 15, (point[1] - other[1]) / 15)).toBeGreaterThan(0.01);
      }
    });
  });

  it('takes a failed trial for as bad as the worst, and goes on', () => {
    const failing = (point: readonly number[]) => (point[0] > 4 ? Number.NaN : branin(point));
    const plan: SearchPlan = { space, method: 'bayes', seed: 1, initial: 8 };
    const evaluated = search(plan, failing, 20);
    const later = evaluated.slice(8);
    expect(later.filter(({ value }) => Number.isNaN(value)).length).toBeLessThan(later.length / 2);
  });

  it('learns which choice is best and how a whole number matters, and never asks twice', () => {
    const mixed: Dimension[] = [
      { kind: 'choice', name: 'kind', values: ['a', 'b', 'c'] },
      { kind: 'int', name: 'size', low: 1, high: 30, step: 1, log: false },
    ];
    const cost = ([kind, size]: readonly number[]) => [3, 0, 2][kind] + ((size - 21) / 10) ** 2;
    const evaluated = search({ space: mixed, method: 'bayes', seed: 3, initial: 6 }, cost, 24);
    expect(lowest(evaluated)).toBe(0);
    evaluated.forEach(({ point }, i) => {
      expect(evaluated.slice(0, i).some((other) => samePoint(other.point, point))).toBe(false);
    });
  });
});

describe.each(['grid', 'random', 'bayes'] as const)('%s', (method) => {
  it('ends when a small space is used up', () => {
    const small: Dimension[] = [
      { kind: 'choice', name: 'kind', values: ['a', 'b', 'c'] },
      { kind: 'int', name: 'size', low: 2, high: 4, step: 2, log: false },
    ];
    const evaluated = search({ space: small, method, seed: 1, initial: 4 }, ([a, b]) => a * b, 50, 4);
    expect(new Set(evaluated.map(({ point }) => point.join()))).toHaveLength(6);
    expect(evaluated).toHaveLength(6);
  });
});
