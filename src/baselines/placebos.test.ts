import { describe, expect, it } from 'vitest';
import { createRng } from '../util/index.js';
import { certainProbabilities, classShares, majorityProbabilities, shuffledLabels } from './placebos.js';

const labels = Uint8Array.of(0, 0, 1, 2, 0, 1, 0, 0);

describe('placebos', () => {
  it('the majority forecast is the class shares of the training fold', () => {
    expect([...majorityProbabilities(labels, 3, 2)]).toEqual([0.625, 0.25, 0.125, 0.625, 0.25, 0.125]);
    expect([...classShares(new Uint8Array(0), 3)]).toEqual([Number.NaN, Number.NaN, Number.NaN]);
  });

  it('the forecast of one class alone has no doubt', () => {
    expect([...certainProbabilities(0, 3, 2)]).toEqual([1, 0, 0, 1, 0, 0]);
    expect([...certainProbabilities(1, 2, 1)]).toEqual([0, 1]);
  });

  it('shuffled labels keep the classes and lose their places, the same for the same seed', () => {
    const many = Uint8Array.from({ length: 3000 }, (_, i) => Math.floor(i / 1000));
    const shuffled = shuffledLabels(many, createRng(1, 'placebo'));
    expect([...classShares(shuffled, 3)]).toEqual([...classShares(many, 3)]);
    expect(shuffled).toEqual(shuffledLabels(many, createRng(1, 'placebo')));
    const kept = many.filter((label, i) => shuffled[i] === label).length;
    // By chance a third stay: 1000 ± 6 standard deviations of 26.
    expect(Math.abs(kept - 1000)).toBeLessThan(155);
    expect(many[0]).toBe(0);
  });
});
