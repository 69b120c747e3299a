import { expect, it } from 'vitest';
import { classificationLoss } from './classification-loss.js';

it('is mean cross-entropy and accuracy, worked out by hand', () => {
  const probabilities = Float32Array.of(0.5, 0.25, 0.25, 0.25, 0.5, 0.25, 0, 1, 0);
  const right = classificationLoss(probabilities, Uint8Array.of(0, 2, 1), 3);
  expect(right.loss).toBeCloseTo((Math.log(2) + Math.log(4)) / 3, 12);
  expect(right.accuracy).toBeCloseTo(2 / 3, 12);
  // A probability of 0 counts as the smallest normal float32, 2^−126.
  expect(classificationLoss(probabilities, Uint8Array.of(0, 2, 0), 3).loss).toBeCloseTo((129 * Math.LN2) / 3, 10);
  expect(classificationLoss(new Float32Array(0), new Uint8Array(0), 3).loss).toBeNaN();
});
