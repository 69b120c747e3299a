import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ridgeOnnx } from './onnx-model.js';
import { fitRidge, ridgeForecasts } from './ridge.js';
import { summarise } from './summary.js';
import { designOf, largestDifference, metadataFor, runOnnx, windowsFixture } from './test-data.fixture.js';

const vector = JSON.parse(readFileSync(new URL('./vectors/ridge.json', import.meta.url), 'utf8')) as {
  alpha: number;
  width: number;
  x: number[];
  y: number[];
  coefficients: number[];
  intercept: number;
};

const design = designOf(vector.x, vector.width);
const { values, rows } = design;
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

  it('forecasts in ONNX Runtime what it forecasts here', async () => {
    const { source, labels } = windowsFixture(3);
    const summaries = summarise(source.values, source.features, source.window, source.rows);
    const model = await fitRidge(summaries, Float32Array.from(labels), { alpha: 1 });
    const target = { kind: 'return', mean: 0, std: 1 };
    const bytes = ridgeOnnx(model, { ...metadataFor(source, 3), classes: [], target });
    expect(largestDifference(await runOnnx(bytes, source), ridgeForecasts(model, summaries))).toBeLessThan(1e-6);
  });
});
