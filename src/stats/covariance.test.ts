import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type CovarianceEstimator,
  choleskyInPlace,
  completeRows,
  estimateCovariance,
  nearestPositiveSemidefinite,
  symmetricEigen,
} from './index.js';

/** Made by bench/peers/portfolio_vectors.py with numpy, scikit-learn and PyPortfolioOpt. */
interface Shrunk {
  shrinkage: number;
  covariance: number[];
}
interface Case {
  periods: number;
  assets: number;
  returns: number[];
  sample: number[];
  ewma: number[];
  ledoitWolf: Shrunk;
  oas: Shrunk;
  constantCorrelation: Shrunk;
}
const peer = JSON.parse(readFileSync(new URL('./vectors/covariance.json', import.meta.url), 'utf8')) as {
  cases: Case[];
};

function close(found: Float64Array, expected: readonly number[], tolerance: number): void {
  const size = Math.max(...expected.map(Math.abs));
  expect(found.length).toBe(expected.length);
  expect(Math.max(...expected.map((value, i) => Math.abs(found[i] - value) / size))).toBeLessThan(tolerance);
}

describe('covariance as numpy, scikit-learn and PyPortfolioOpt have it', () => {
  for (const { periods, assets, returns, ...expected } of peer.cases) {
    const rows = { values: Float64Array.from(returns), periods, assets };

    it(`sample and exponentially weighted (${periods} × ${assets})`, () => {
      close(estimateCovariance(rows, 'sample').covariance, expected.sample, 1e-12);
      close(estimateCovariance(rows, 'ewma', 20).covariance, expected.ewma, 1e-12);
    });

    it(`shrunk (${periods} × ${assets})`, () => {
      const pairs: [CovarianceEstimator, Shrunk][] = [
        ['ledoit-wolf', expected.ledoitWolf],
        ['oas', expected.oas],
        ['constant-correlation', expected.constantCorrelation],
      ];
      for (const [estimator, { shrinkage, covariance }] of pairs) {
        const found = estimateCovariance(rows, estimator);
        expect(Math.abs(found.shrinkage - shrinkage), estimator).toBeLessThan(1e-10);
        close(found.covariance, covariance, 1e-10);
      }
    });
  }
});

describe('missing and unusable returns', () => {
  it('keeps the complete rows, in order', () => {
    const values = Float64Array.from([1, 2, Number.NaN, 4, 5, 6, 7, Number.NaN]);
    expect(completeRows({ values, periods: 4, assets: 2 })).toEqual({
      values: Float64Array.from([1, 2, 5, 6]),
      periods: 2,
      assets: 2,
    });
  });

  it('names the row and column that is missing, and too few rows', () => {
    const values = Float64Array.from([1, 2, 3, Number.NaN]);
    expect(() => estimateCovariance({ values, periods: 2, assets: 2 })).toThrow('row 1, column 1: found NaN');
    expect(() => estimateCovariance({ values: Float64Array.of(1, 2), periods: 1, assets: 2 })).toThrow(
      'found 1 complete',
    );
  });
});

describe('linear algebra on random symmetric matrices', () => {
  const symmetric = fc.integer({ min: 1, max: 7 }).chain((n) =>
    fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: n * n, maxLength: n * n }).map((raw) => {
      const matrix = Float64Array.from(raw);
      for (let i = 0; i < n; i++) for (let j = 0; j < i; j++) matrix[i * n + j] = matrix[j * n + i];
      return { n, matrix };
    }),
  );

  it('eigenvectors are orthonormal and give the matrix back', () => {
    fc.assert(
      fc.property(symmetric, ({ n, matrix }) => {
        const { values, vectors } = symmetricEigen(matrix, n);
        for (let i = 0; i < n; i++) {
          for (let j = 0; j < n; j++) {
            let back = 0;
            let inner = 0;
            for (let k = 0; k < n; k++) {
              back += values[k] * vectors[k * n + i] * vectors[k * n + j];
              inner += vectors[i * n + k] * vectors[j * n + k];
            }
            expect(Math.abs(back - matrix[i * n + j])).toBeLessThan(1e-12);
            expect(Math.abs(inner - (i === j ? 1 : 0))).toBeLessThan(1e-12);
          }
        }
      }),
    );
  });

  it('the repaired matrix has no negative eigenvalue, and a sound one is left alone', () => {
    fc.assert(
      fc.property(symmetric, ({ n, matrix }) => {
        const least = Math.min(...symmetricEigen(matrix, n).values);
        const { covariance, removed } = nearestPositiveSemidefinite(matrix, n);
        expect(Math.min(...symmetricEigen(covariance, n).values)).toBeGreaterThan(-1e-12);
        if (least > 1e-6) expect(covariance).toBe(matrix);
        if (least < -1e-6) expect(removed).toBeCloseTo(least, 12);
      }),
    );
  });

  it('counts the pivots of a singular matrix', () => {
    expect(choleskyInPlace(Float64Array.of(1, 1, 1, 1), 2)).toBe(1);
    expect(choleskyInPlace(Float64Array.of(2, 1, 1, 2), 2)).toBe(0);
  });
});
