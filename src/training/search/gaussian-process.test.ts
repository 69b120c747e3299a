import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { expectedImprovement, logExpectedImprovement, slopedLogImprovement } from './expected-improvement.js';
import { conditionOn } from './gaussian-process.js';
import { logMarginalLikelihood } from './marginal-likelihood.js';
import type { Hyperparameters, Points } from './matern.js';

/** scikit-learn's and scipy's, by bench/peers/search_vectors.py. */
interface Vectors {
  readonly x: number[][];
  readonly y: number[];
  readonly at: number[][];
  readonly cases: readonly {
    readonly signal: number;
    readonly noise: number;
    readonly lengths: number[];
    readonly mean: number[];
    readonly deviation: number[];
    readonly likelihood: number;
    readonly gradient: number[];
    readonly best: number;
    readonly improvement: number[];
  }[];
  readonly far: number[];
  readonly logImprovement: number[];
}

const vectors: Vectors = JSON.parse(readFileSync(new URL('./vectors/gaussian-process.json', import.meta.url), 'utf8'));

const points: Points = { values: Float64Array.from(vectors.x.flat()), count: vectors.x.length, width: 3 };
const y = Float64Array.from(vectors.y);

function within(found: number, expected: number) {
  expect(Math.abs(found - expected)).toBeLessThan(1e-8 * Math.max(1, Math.abs(expected)));
}

describe.each(vectors.cases)('a Gaussian process of noise $noise', (expected) => {
  const { signal, noise, lengths, mean, deviation, likelihood, gradient, best, improvement } = expected;
  const hyper: Hyperparameters = { signal, noise, lengths: Float64Array.from(lengths) };
  const process = conditionOn(points, y, hyper);
  const at = vectors.at.map((row) => Float64Array.from(row));

  it("has scikit-learn's posterior mean and deviation", () => {
    at.forEach((x, i) => {
      const belief = process.at(x);
      within(belief.mean, mean[i]);
      within(belief.deviation, deviation[i]);
    });
  });

  it("has scikit-learn's marginal likelihood and its gradient", () => {
    const logs = Float64Array.from([signal, noise, ...lengths], Math.log);
    const found = new Float64Array(5);
    within(logMarginalLikelihood(points, y, logs, found), likelihood);
    const [bySignal, ...others] = gradient;
    const byNoise = others.pop() as number;
    [bySignal, byNoise, ...others].forEach((expected, j) => {
      within(found[j], expected);
    });
  });

  it("expects scipy's improvement", () => {
    at.forEach((x, i) => {
      const belief = process.at(x);
      within(expectedImprovement(belief, best), improvement[i]);
      if (improvement[i] > 1e-200) within(logExpectedImprovement(belief, best), Math.log(improvement[i]));
    });
  });

  it('slopes as central differences do', () => {
    const step = 1e-5;
    const slopes = new Float64Array(3);
    for (const x of at.slice(1)) {
      const belief = process.sloped(x);
      slopedLogImprovement(belief, best, slopes);
      for (let j = 0; j < 3; j++) {
        const moved = (by: number) => process.at(x.map((value, k) => (k === j ? value + by : value)));
        const [above, below] = [moved(step), moved(-step)];
        const difference = (of: (belief: typeof above) => number) => (of(above) - of(below)) / (2 * step);
        expect(belief.meanSlope[j]).toBeCloseTo(
          difference(({ mean }) => mean),
          5,
        );
        expect(belief.deviationSlope[j]).toBeCloseTo(
          difference(({ deviation }) => deviation),
          5,
        );
        const expected = difference((one) => logExpectedImprovement(one, best));
        expect(Math.abs(slopes[j] - expected)).toBeLessThan(1e-4 * Math.max(1, Math.abs(expected)));
      }
    }
  });
});

describe('the logarithm of the expected improvement', () => {
  it('holds where the improvement itself is 0 in double precision (60 digits of mpmath)', () => {
    vectors.far.forEach((z, i) => {
      const found = logExpectedImprovement({ mean: -z, deviation: 1 }, 0);
      const expected = vectors.logImprovement[i];
      expect(Math.abs(found / expected - 1)).toBeLessThan(1e-8);
    });
  });

  it('has a slope on either side of where the series begins', () => {
    const slopeAt = (z: number) => {
      const gradient = new Float64Array(1);
      const meanSlope = Float64Array.of(-1);
      const deviationSlope = Float64Array.of(0);
      slopedLogImprovement({ mean: -z, deviation: 1, meanSlope, deviationSlope }, 0, gradient);
      return gradient[0];
    };
    expect(slopeAt(-30.0001) / slopeAt(-29.9999)).toBeCloseTo(1, 4);
  });
});
