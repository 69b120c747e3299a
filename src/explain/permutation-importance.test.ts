import { describe, expect, it } from 'vitest';
import type { Model } from '../models/index.js';
import { concat, matmul, mul, reshape } from '../tensor/index.js';
import { createRng } from '../util/index.js';
import { normals, onnxOf } from './explain.fixture.js';
import { copyWindows, evenSections, permutationImportance, type SampleSource } from './index.js';
import { sectionsOf } from './sample-windows.js';
import { shuffledWithin } from './shuffled-source.js';

const WINDOW = 4;
const FEATURES = 4;
const SYMBOLS = 6;
const DAYS = 30;

/** P(buy) − P(sell) grows with Σ weight·value over the window: column 1 counts, column 2 less, columns 0 and 3 not at all. */
const model: Model = {
  name: 'weighted',
  build: (scope, x) => {
    const kernel = scope.param('kernel', [WINDOW * FEATURES, 1], { kind: 'constant', value: 0 });
    const score = matmul(reshape(x, [x.shape[0], WINDOW * FEATURES]), kernel);
    return concat([score, mul(score, 0), mul(score, -1)], 1);
  },
};
const kernel = (weights: readonly number[]) =>
  Float32Array.from({ length: WINDOW * FEATURES }, (_, i) => weights[i % FEATURES] * (1 + Math.floor(i / FEATURES)));
const onnx = (weights: readonly number[]) =>
  onnxOf(model, WINDOW, FEATURES, { params: kernel(weights), state: new Float32Array() });

/** Column 3 is one series that all symbols share, as macro is. */
function makeSource(): SampleSource {
  const values = normals(SYMBOLS * DAYS * FEATURES, 'panel');
  for (let s = 1; s < SYMBOLS; s++) {
    for (let t = 0; t < DAYS; t++) values[(s * DAYS + t) * FEATURES + 3] = values[t * FEATURES + 3];
  }
  const rows: number[] = [];
  for (let t = WINDOW - 1; t < DAYS; t++) for (let s = 0; s < SYMBOLS; s++) rows.push(s * DAYS + t);
  return { values, features: FEATURES, window: WINDOW, rows: Int32Array.from(rows), days: DAYS };
}

const source = makeSource();
const options = {
  seed: 5,
  workers: 1,
  repeats: 3,
  judge: (outputs: Float32Array) => {
    let first = 0;
    let spread = 0;
    for (let i = 0; i < outputs.length; i += 3) {
      const score = outputs[i] - outputs[i + 2];
      spread += score * score;
      if (score > 0) first += i;
    }
    return { first, spread };
  },
};
const parts = [
  { name: 'none', columns: [0] },
  { name: 'strong', columns: [1] },
  { name: 'shared', columns: [3] },
  { name: 'mixed', columns: [2, 3] },
];

describe('permutation importance', () => {
  it('is exactly 0 for columns that the model does not read, and says how each was dealt', async () => {
    const found = await permutationImportance(source, { onnx: onnx([0, 1, 0.3, 0]), outputs: 3 }, parts, options);
    expect(found).toMatchObject({ samples: source.rows.length, sections: DAYS - WINDOW + 1, repeats: 3 });
    const [none, strong, shared, mixed] = found.parts;
    expect(none.change).toEqual({ first: { mean: 0, sd: 0 }, spread: { mean: 0, sd: 0 } });
    expect(shared.change.first).toEqual({ mean: 0, sd: 0 });
    expect(strong.change.first.mean).not.toBe(0);
    expect(strong.change.first.sd).toBeGreaterThan(0);
    expect(mixed.change.first.mean).not.toBe(0);
    expect([none, strong, shared, mixed].map(({ dealt }) => dealt)).toEqual(['section', 'section', 'days', 'both']);
  });

  it('moves the whole path of a column to another stock of the same day', async () => {
    const weights = [0, 1, 0.3, 0];
    const seen: Float32Array[] = [];
    const judge = (outputs: Float32Array) => {
      seen.push(outputs.slice());
      return { zero: 0 };
    };
    const [, part] = parts;
    await permutationImportance(source, { onnx: onnx(weights), outputs: 3 }, [part], { ...options, repeats: 1, judge });
    const taken = shuffledWithin(sectionsOf(source), createRng(5, 'permutation importance', 'strong', 0));
    const windows = copyWindows(source);
    const flat = kernel(weights);
    const size = WINDOW * FEATURES;
    for (let i = 0; i < source.rows.length; i++) {
      let z = 0;
      for (let k = 0; k < size; k++) {
        const from = k % FEATURES === 1 ? taken[i] : i;
        z += flat[k] * windows[from * size + k];
      }
      const expected = Math.exp(z) / (Math.exp(z) + 1 + Math.exp(-z));
      expect(seen[1][3 * i]).toBeCloseTo(expected, 5);
      expect(source.rows[taken[i]] % DAYS).toBe(source.rows[i] % DAYS);
    }
    expect(taken).not.toEqual(taken.slice().sort());
  });

  it('finds a shared column that matters, by dealing its days', async () => {
    const judge = (outputs: Float32Array) => ({ sum: outputs.reduce((a, b, i) => a + b * (i % 7), 0) });
    const only = [{ name: 'shared', columns: [3] }];
    const found = await permutationImportance(source, { onnx: onnx([0, 0, 0, 1]), outputs: 3 }, only, {
      ...options,
      judge,
    });
    expect(Math.abs(found.parts[0].change.sum.mean)).toBeGreaterThan(1e-3);
  });

  it('gives the same bits with two workers, and others with another seed', async () => {
    const box = { onnx: onnx([0, 1, 0.3, 0.2]), outputs: 3 };
    const one = await permutationImportance(source, box, parts, options);
    expect(await permutationImportance(source, box, parts, { ...options, workers: 2 })).toEqual(one);
    expect((await permutationImportance(source, box, parts, { ...options, seed: 6 })).parts).not.toEqual(one.parts);
  });

  it('refuses parts it cannot deal', async () => {
    const run = (columns: number[]) =>
      permutationImportance(source, { onnx: onnx([0, 1, 0, 0]), outputs: 3 }, [{ name: 'x', columns }], options);
    await expect(run([])).rejects.toThrow('part "x": found no column, expected one or more');
    await expect(run([4])).rejects.toThrow('part "x": found column 4, expected 0 … 3');
  });
});

describe('samples to explain', () => {
  it('are whole sections, evenly spread, and no more than asked for', () => {
    const chosen = evenSections(source, 40);
    const days = [...new Set(Array.from(chosen, (i) => source.rows[i] % DAYS))];
    expect(chosen).toHaveLength(days.length * SYMBOLS);
    expect(chosen.length).toBeLessThanOrEqual(40);
    expect(days).toHaveLength(6);
    expect(Math.max(...days.slice(1).map((day, i) => day - days[i]))).toBeLessThanOrEqual(6);
    expect(evenSections(source, 1e6)).toHaveLength(source.rows.length);
    expect(evenSections(source, 1)).toHaveLength(SYMBOLS);
  });

  it('are refused out of the order of time, or outside the panel', () => {
    expect(() => evenSections({ rows: Int32Array.of(7, 5), days: DAYS }, 9)).toThrow('session 5 after session 7');
    expect(() => copyWindows({ ...source, rows: Int32Array.of(1) })).toThrow('found panel row 1, expected 3');
  });
});
