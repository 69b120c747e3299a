import { describe, expect, it } from 'vitest';
import { drawMixing } from './mixup.js';

const BATCH = 64;
const drawn = (seed: number, update: number, worker: number) => {
  const { weight, partners } = drawMixing(0.4, BATCH, seed, update, worker);
  return { weight, partners: [...partners] };
};

describe('the mixing of a batch', () => {
  it.each([
    ['seed', drawn(4, 2, 1)],
    ['update', drawn(3, 5, 1)],
    ['worker', drawn(3, 2, 0)],
    ['update and worker, exchanged', drawn(3, 1, 2)],
  ])('has another weight and other partners for another %s', (_, other) => {
    const first = drawn(3, 2, 1);
    expect(other.weight).not.toBe(first.weight);
    // Two permutations of 64 agree in one place on average, in twelve or more once in 1/12! ≈ 2·10⁻⁹.
    const equal = other.partners.filter((partner, i) => partner === first.partners[i]).length;
    expect(equal).toBeLessThan(12);
  });

  it('is the same for the same three, and pairs each sample with one of the batch', () => {
    expect(drawn(3, 2, 1)).toEqual(drawn(3, 2, 1));
    expect(drawn(3, 2, 1).partners.toSorted((a, b) => a - b)).toEqual(Array.from({ length: BATCH }, (_, i) => i));
  });
});
