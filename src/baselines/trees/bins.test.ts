import { describe, expect, it } from 'vitest';
import { createRng } from '../../util/index.js';
import { binOf, CUTS, chooseCuts } from './bins.js';

const table = (cuts: Float32Array) => {
  const padded = new Float32Array(CUTS + 1).fill(Number.POSITIVE_INFINITY);
  padded.set(cuts);
  return padded;
};

describe('bins of a column', () => {
  it('lie between each two of few values', () => {
    expect([...chooseCuts(Float32Array.of(1, 1, 2, 4, 4, 8))]).toEqual([1.5, 3, 6]);
    expect([...chooseCuts(Float32Array.of(3, 3, 3))]).toEqual([]);
  });

  it('hold equal shares of many values', () => {
    const rng = createRng(2);
    const values = Float32Array.from({ length: 25_600 }, () => rng.normal()).sort();
    const cuts = chooseCuts(values);
    expect(cuts.length).toBe(255);
    const counts = new Int32Array(256);
    const cutTable = table(cuts);
    for (const value of values) counts[binOf(cutTable, 0, value)]++;
    expect([...counts].every((count) => count >= 98 && count <= 102)).toBe(true);
  });

  it('are the number of cuts below a value, as a linear search finds it', () => {
    const rng = createRng(5);
    const cuts = chooseCuts(Float32Array.from({ length: 5000 }, () => rng.normal()).sort());
    const cutTable = table(cuts);
    const probes = [
      ...cuts.subarray(0, 255),
      ...Array.from({ length: 500 }, () => Math.fround(2 * rng.normal())),
      -9,
      9,
    ];
    for (const value of probes) expect(binOf(cutTable, 0, value)).toBe(cuts.filter((cut) => cut < value).length);
  });

  it('give a value that many samples share a bin of its own', () => {
    const rng = createRng(3);
    const values = Float32Array.from({ length: 6000 }, (_, i) => (i % 3 === 0 ? 0 : rng.normal())).sort();
    const cutTable = table(chooseCuts(values));
    const zero = binOf(cutTable, 0, 0);
    expect(values.filter((value) => value !== 0 && binOf(cutTable, 0, value) === zero).length).toBe(0);
  });

  it('separate neighbouring numbers of single precision', () => {
    const [a, b] = [1, 1 + 2 ** -23];
    const [cut] = chooseCuts(Float32Array.of(a, b));
    expect(a <= cut && cut < b).toBe(true);
  });
});
