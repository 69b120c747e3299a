import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CovarianceEstimator, estimateCovariance } from '../../stats/index.js';
import { createRng } from '../../util/index.js';
import { addProduct, addRow, type ConvexProgram, rowTimes } from './convex-program.js';
import {
  blackLitterman,
  efficientFrontier,
  enhanceIndex,
  maximumSharpe,
  maximumUtility,
  minimumVariance,
  riskParity,
  targetReturn,
} from './index.js';
import { solveConvexProgram } from './interior-point.js';

const ESTIMATORS: readonly CovarianceEstimator[] = ['ledoit-wolf', 'sample', 'oas'];

/** A one-factor market of 3 to 24 assets, some with fewer days than assets. */
function problem(seed: number) {
  const rng = createRng(seed, 'problem');
  const n = 3 + rng.int(22);
  const periods = 15 + rng.int(60);
  const beta = Array.from({ length: n }, () => 0.5 + rng.uniform());
  const values = new Float64Array(periods * n);
  for (let t = 0; t < periods; t++) {
    const market = 0.01 * rng.normal();
    for (let i = 0; i < n; i++) values[t * n + i] = beta[i] * market + 0.02 * rng.normal();
  }
  const { covariance } = estimateCovariance({ values, periods, assets: n }, ESTIMATORS[rng.int(3)]);
  const draw = () => {
    const raw = Array.from({ length: n }, () => rng.uniform() + 0.05);
    const total = raw.reduce((sum, value) => sum + value, 0);
    return raw.map((value) => value / total);
  };
  return {
    n,
    covariance,
    mu: Float64Array.from({ length: n }, () => 0.0002 + 0.0005 * rng.normal()),
    upper: 1.5 / n + 0.2 * rng.uniform(),
    benchmark: draw(),
    previous: draw(),
    groups: { names: ['x', 'y', 'z'], of: Array.from({ length: n }, () => rng.int(3)) },
    order: draw()
      .map((value, i) => [value, i] as const)
      .sort((a, b) => a[0] - b[0])
      .map(([, i]) => i),
  };
}

const seeds = fc.integer({ min: 0, max: 1e6 });
const total = (values: Iterable<number>) => [...values].reduce((sum, value) => sum + value, 0);
const furthest = (a: ArrayLike<number>, b: ArrayLike<number>) =>
  Array.from(a).reduce((max, value, i) => Math.max(max, Math.abs(value - b[i])), 0);
const trades = (a: ArrayLike<number>, b: ArrayLike<number>) =>
  Array.from(a).reduce((sum, value, i) => sum + Math.abs(value - b[i]) / 2, 0);

describe('weights satisfy their limits', () => {
  it('sum, bounds, turnover and industries', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const { covariance, mu, upper, benchmark, previous, groups } = problem(seed);
        // Between the previous weights, which may break the caps, and equal ones there is always a way of 0.8.
        const limits = { upper, budget: 0.95, turnover: { previous, limit: 0.8 } };
        for (const { weights } of [
          minimumVariance(covariance, limits),
          maximumUtility({ expectedReturns: mu, covariance, limits }, 3),
          riskParity(covariance, undefined, limits),
        ]) {
          expect(Math.abs(total(weights) - 0.95)).toBeLessThan(1e-9);
          expect(Math.min(...weights)).toBeGreaterThanOrEqual(0);
          expect(Math.max(...weights)).toBeLessThanOrEqual(upper);
          expect(trades(weights, previous)).toBeLessThanOrEqual(0.8 + 1e-8);
        }
        const enhanced = enhanceIndex({
          alpha: mu,
          covariance,
          benchmark,
          trackingError: 0.002,
          maxActive: 0.04,
          industries: groups,
          industryDeviation: 0.01,
        });
        const away = enhanced.weights.map((weight, i) => weight - benchmark[i]);
        expect(Math.abs(total(away))).toBeLessThan(1e-9);
        expect(furthest(enhanced.weights, benchmark)).toBeLessThanOrEqual(0.04 + 1e-12);
        expect(enhanced.trackingError).toBeLessThanOrEqual(0.002 * (1 + 1e-7));
        expect(enhanced.expectedActiveReturn).toBeGreaterThanOrEqual(-1e-12);
        for (const g of [0, 1, 2]) {
          expect(Math.abs(total(away.filter((_, i) => groups.of[i] === g)))).toBeLessThanOrEqual(0.01 + 1e-8);
        }
      }),
      { numRuns: 60 },
    );
  });
});

describe('what a portfolio may not depend on', () => {
  it('the unit of returns: Σ and μ of annual figures give the weights of daily ones', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const { covariance, mu, upper } = problem(seed);
        const annual = {
          expectedReturns: mu.map((v) => 252 * v),
          covariance: covariance.map((v) => 252 * v),
          limits: { upper },
        };
        const daily = { expectedReturns: mu, covariance, limits: { upper } };
        expect(furthest(maximumUtility(daily, 3).weights, maximumUtility(annual, 3).weights)).toBeLessThan(1e-6);
        expect(furthest(riskParity(covariance).weights, riskParity(annual.covariance).weights)).toBeLessThan(1e-12);
      }),
      { numRuns: 40 },
    );
  });

  it('the order of the assets', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const { n, covariance, mu, upper, order } = problem(seed);
        const shuffled = covariance.map((_, cell) => covariance[order[Math.floor(cell / n)] * n + order[cell % n]]);
        const limits = { upper };
        const plain = maximumUtility({ expectedReturns: mu, covariance, limits }, 3).weights;
        const other = maximumUtility(
          { expectedReturns: order.map((i) => mu[i]), covariance: shuffled, limits },
          3,
        ).weights;
        expect(
          furthest(
            other,
            order.map((i) => plain[i]),
          ),
        ).toBeLessThan(1e-6);
      }),
      { numRuns: 40 },
    );
  });
});

describe('optimality', () => {
  it('KKT conditions hold within 1e-7 with every kind of row', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const { n, covariance, mu, benchmark, previous } = problem(seed);
        const unit = covariance.reduce((max, value) => Math.max(max, Math.abs(value)), 0);
        const all = Array.from({ length: n }, (_, i) => i);
        const matrix = covariance.map((value) => value / unit);
        const distance = Float64Array.from(benchmark, (weight, i) => previous[i] - weight);
        const pulled = new Float64Array(n);
        addProduct(matrix, n, distance, 1, pulled);
        // There is a solution: what is held fits every limit, with room to spare.
        const bound = Math.max(0.02, 0.75 * distance.reduce((sum, value, i) => sum + value * pulled[i], 0));
        const program: ConvexProgram = {
          dense: n,
          auxiliary: n,
          hessian: matrix,
          linear: Float64Array.from({ length: 2 * n }, (_, i) => (i < n ? -mu[i] / Math.sqrt(unit) : 0.001)),
          equal: [{ index: all, value: all.map(() => 1), bound: 1 }],
          atMost: [
            ...all.map((i) => ({ index: [i], value: [-1], bound: 0 })),
            ...all.map((i) => ({ index: [i, n + i], value: [1, -1], bound: previous[i] })),
            ...all.map((i) => ({ index: [i, n + i], value: [-1, -1], bound: -previous[i] })),
            { index: all.map((i) => n + i), value: all.map(() => 1), bound: 0.6 },
          ],
          quadratic: {
            matrix,
            centre: Float64Array.from(benchmark),
            bound,
          },
          start: new Float64Array(2 * n).fill(1 / n),
        };
        const { x, equalDuals, atMostDuals, quadraticDual } = solveConvexProgram(program);
        const gradient = Float64Array.from(program.linear);
        addProduct(program.hessian!, n, x, 1, gradient);
        const away = Float64Array.from(benchmark, (weight, i) => x[i] - weight);
        const slope = new Float64Array(n);
        addProduct(program.quadratic!.matrix, n, away, 1, slope);
        for (let i = 0; i < n; i++) gradient[i] += quadraticDual * slope[i];
        for (const [r, row] of program.equal.entries()) addRow(row, equalDuals[r], gradient);
        for (const [r, row] of program.atMost.entries()) addRow(row, atMostDuals[r], gradient);
        expect(furthest(gradient, new Float64Array(2 * n))).toBeLessThan(1e-7);
        expect(Math.abs(total(x.subarray(0, n)) - 1)).toBeLessThan(1e-9);
        for (const [r, row] of program.atMost.entries()) {
          const room = row.bound - rowTimes(row, x);
          expect(room).toBeGreaterThan(-1e-9);
          expect(atMostDuals[r]).toBeGreaterThanOrEqual(0);
          expect(Math.abs(room * atMostDuals[r])).toBeLessThan(1e-7);
        }
        const left = bound - away.reduce((sum, value, i) => sum + (value * slope[i]) / 2, 0);
        expect(left).toBeGreaterThan(-1e-9);
        expect(Math.abs(left * quadraticDual)).toBeLessThan(1e-7);
      }),
      { numRuns: 60 },
    );
  });

  it('risk parity spends its budgets, and nothing on the frontier has a larger Sharpe ratio than the largest', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const { n, covariance, mu, benchmark } = problem(seed);
        const { contributions } = riskParity(covariance, benchmark);
        expect(furthest(contributions, benchmark)).toBeLessThan(1e-9);
        if (Math.max(...mu) <= 0) return;
        const input = { expectedReturns: mu, covariance };
        const best = maximumSharpe(input);
        const frontier = efficientFrontier(input, 8);
        for (const point of frontier) {
          expect(point.expectedReturn / point.volatility).toBeLessThanOrEqual(
            (best.expectedReturn / best.volatility) * (1 + 1e-7),
          );
        }
        for (const k of [1, 2, 3, 4, 5, 6, 7]) {
          expect(frontier[k].volatility).toBeGreaterThanOrEqual(frontier[k - 1].volatility * (1 - 1e-9));
          expect(frontier[k].expectedReturn).toBeGreaterThanOrEqual(frontier[k - 1].expectedReturn - 1e-10);
        }
        expect(n).toBe(best.weights.length);
      }),
      { numRuns: 40 },
    );
  });

  it('a certain view is met, and one of no confidence changes nothing', () => {
    const { n, covariance, mu } = problem(5);
    const picks = Float64Array.from({ length: n }, (_, i) => (i === 0 ? 1 : i === 1 ? -1 : 0));
    const certain = blackLitterman(mu, covariance, { picks, returns: [0.01], confidences: [1] }).expectedReturns;
    expect(certain[0] - certain[1]).toBeCloseTo(0.01, 12);
    const ignored = blackLitterman(mu, covariance, { picks, returns: [0.01], confidences: [0] }).expectedReturns;
    expect([...ignored]).toEqual([...mu]);
  });
});

describe('limits that contradict each other are named', () => {
  const { n, covariance, mu, benchmark } = problem(7);
  const input = { expectedReturns: mu, covariance };
  const conflict = (run: () => unknown) => {
    try {
      run();
    } catch (error) {
      return error as { code: string; message: string };
    }
    throw new Error('expected a conflict');
  };

  it('caps that leave no room for the sum', () => {
    const { code, message } = conflict(() => minimumVariance(covariance, { upper: 0.5 / n }));
    expect(code).toBe('PORTFOLIO_INFEASIBLE');
    expect(message).toContain(`weights that sum to 1 against upper bounds of ${n} assets (together 0.5)`);
  });

  it('two groups, leaving out the one that is not at fault', () => {
    const of = Array.from({ length: n }, (_, i) => i % 3);
    const groups = {
      names: ['banks', 'energy', 'retail'],
      of,
      lower: [0.7, 0.6, Number.NEGATIVE_INFINITY],
      upper: [1, 1, 0.5],
    };
    const { message } = conflict(() => minimumVariance(covariance, { groups }));
    expect(message).toContain('"banks" at least 0.7 against "energy" at least 0.6');
    expect(message).not.toContain('retail');
  });

  it('a target return nobody earns', () => {
    const { message } = conflict(() => targetReturn(input, 2 * Math.max(...mu)));
    expect(message).toContain(`an expected return of at least ${2 * Math.max(...mu)}`);
  });

  it('turnover and tracking error, with what the other limits need', () => {
    const previous = Array.from({ length: n }, (_, i) => (i === 0 ? 1 : 0));
    const limits = { upper: 0.3, turnover: { previous, limit: 0.5 } };
    expect(conflict(() => minimumVariance(covariance, limits)).message).toContain('turnover at most 0.5 against 0.7');
    const distant = { ...limits, turnover: { previous, limit: 0.7 } };
    const enhancement = { alpha: mu, covariance, benchmark, trackingError: 1e-5, limits: distant };
    expect(conflict(() => enhanceIndex(enhancement)).message).toContain('tracking error at most 0.00001');
  });

  it('malformed input by key', () => {
    expect(conflict(() => minimumVariance([1, 0.5, 0.4, 1])).message).toContain('covariance[1, 0]: found 0.4');
    expect(conflict(() => maximumUtility({ ...input, limits: { upper: [1] } }, 1)).message).toContain(
      'limits.upper: found 1 values',
    );
    expect(conflict(() => maximumSharpe(input, 1)).message).toContain('riskFree: found 1, expected less than');
  });
});
