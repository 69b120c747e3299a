import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Design } from './design.js';
import { fitRidge, ridgeForecasts } from './ridge.js';

const vector = JSON.parse(readFileSync(new URL('./vectors/ridge.json', import.meta.url), 'utf8')) as {
  alpha: number;
  width: number;
  x: number[];
  y: number[];
  coefficients: number[];
  intercept: number;
};

const values = new Float32Array(new SharedArrayBuffer(vector.x.length * 4));
values.set(vector.x);
const rows = Int32Array.from(vector.y, (_, i) => i);
const design: Design = { values, stride: vector.width, width: vector.width, rows };
const targets = Float32Array.from(vector.y);

describe('ridge regression', () => {
  it("finds scikit-learn's coefficients (bench/peers/sklearn_ridge.py), 0 for a constant column", async () => {
    const { coefficients, intercept } = await fitRidge(design, targets, { alpha: vector.alpha });
    vector.coefficients.forEach((value, j) => {
      expect(Math.abs(coefficients[j] - value), `coefficient ${j}`).toBeLessThan(1e-9);
    });
    expect(coefficients[4]).toBe(0);
    expect(Math.abs(intercept - vector.intercept)).toBeLessThan(1e-9);
    const first = vector.coefficients.reduce((sum, value, j) => sum + value * values[j], vector.intercept);
    expect(ridgeForecasts({ coefficients, intercept }, design)[0]).toBeCloseTo(first, 5);
  });

  it('refuses what it cannot fit', async () => {
    const options = { alpha: 1 };
    await expect(fitRidge(design, targets, { alpha: 0 })).rejects.toThrow('ridge.alpha: found 0');
    await expect(fitRidge(design, targets.subarray(1), options)).rejects.toThrow('60 samples but 59 targets');
    await expect(fitRidge({ ...design, rows: rows.subarray(0, 0) }, targets, options)).rejects.toThrow(
      'found no samples',
    );
    const spoilt = targets.map((value, i) => (i === 7 ? Number.NaN : value));
    await expect(fitRidge(design, spoilt, options)).rejects.toThrow('not finite');
    await expect(fitRidge(design, targets, options, { signal: AbortSignal.abort() })).rejects.toThrow('stopped');
    const model = await fitRidge(design, targets, options);
    expect(() => ridgeForecasts(model, { ...design, width: 4 })).toThrow('found 4 features, expected 5');
  });
});
