import { expect, it } from 'vitest';
import { createRng } from '../util/index.js';
import { rollingHighestIndex, rollingLowestIndex } from './rolling-extremes.js';

/** Few levels, so that ties are common. */
const values = Float64Array.from(
  { length: 700 },
  (
    (rng) => () =>
      Math.floor(6 * rng.uniform())
  )(createRng(4, 'ties')),
);

it.each([1, 2, 5, 64, 65, 300, 800])('finds the latest of the highest and of the lowest of %i values', (window) => {
  const plain = (better: (a: number, b: number) => boolean) =>
    Int32Array.from(values, (_, i) => {
      if (i < window - 1) return -1;
      let best = i - window + 1;
      for (let j = best; j <= i; j++) if (better(values[j], values[best])) best = j;
      return best;
    });
  expect(rollingHighestIndex(values, window)).toEqual(plain((a, b) => a >= b));
  expect(rollingLowestIndex(values, window)).toEqual(plain((a, b) => a <= b));
});
