import { describe, expect, it } from 'vitest';
import { goesOn, rungsOf } from './halving.js';
import { expectedMeans } from './part-effects.js';

describe('successive halving', () => {
  it('has rungs at powers of eta', () => {
    expect(rungsOf(5, 2)).toEqual([1, 2, 4]);
    expect(rungsOf(5, 3)).toEqual([1, 3]);
    expect(rungsOf(10, 3)).toEqual([1, 3, 9]);
    expect(rungsOf(1, 3)).toEqual([]);
    expect(() => rungsOf(5, 1)).toThrow(/tune.eta: found 1/);
  });

  it('lets the first go on, and later the best of every eta', () => {
    expect(goesOn(5, [5], 3)).toBe(true);
    expect(goesOn(5, [5, 4], 3)).toBe(false);
    expect(goesOn(4, [5, 4], 3)).toBe(true);
    const nine = [1, 2, 3, 4, 5, 6, 7, 8, 9];
    expect(nine.filter((value) => goesOn(value, nine, 3))).toEqual([1, 2, 3]);
  });

  it('stops what failed, and does not count failures as better', () => {
    expect(goesOn(Number.NaN, [Number.NaN], 3)).toBe(false);
    expect(goesOn(2, [Number.NaN, 2], 3)).toBe(true);
  });
});

describe('the expected mean of a stopped candidate', () => {
  it('is that of its row and the effects of the parts where both add up exactly', () => {
    const candidate = [10, 12, 7, 9];
    const part = [0, 3, -2];
    const full = candidate.map((c) => part.map((p) => c + p));
    const expected = full.map((row) => row.reduce((a, b) => a + b) / 3);
    const stopped = [full[0], full[1].slice(0, 1), full[2].slice(0, 2), full[3]];
    expectedMeans(stopped).forEach((found, i) => {
      expect(found).toBeCloseTo(expected[i], 12);
    });
  });

  it('is the plain mean where nothing was stopped', () => {
    expect(
      expectedMeans([
        [1, 2, 6],
        [4, 4, 1],
      ]),
    ).toEqual([expect.closeTo(3, 12), expect.closeTo(3, 12)]);
  });

  it('is undefined without a finite score', () => {
    expect(expectedMeans([[1, 3], [Number.NaN], []])).toEqual([expect.closeTo(2, 12), Number.NaN, Number.NaN]);
    expect(expectedMeans([])).toEqual([]);
  });
});
