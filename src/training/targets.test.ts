import { describe, expect, it } from 'vitest';
import { classWeights, targetTable } from './targets.js';

const classes = Uint8Array.of(0, 1, 1, 1, 2, 2, 1, 1, 1, 0);

describe('class weights', () => {
  it('balanced are samples / (classes · samples of the class), as scikit-learn documents class_weight', () => {
    expect([...classWeights(classes, 3, 'balanced')]).toEqual([10 / (3 * 2), 10 / (3 * 6), 10 / (3 * 2)]);
  });

  it('given ones are brought to a mean of 1 over the samples', () => {
    const weights = classWeights(classes, 3, [3, 1, 2]);
    expect(weights[0] / weights[1]).toBeCloseTo(3, 14);
    expect(weights[2] / weights[1]).toBeCloseTo(2, 14);
    for (const each of [weights, classWeights(classes, 3, 'balanced')]) {
      expect(classes.reduce((sum, label) => sum + each[label], 0) / classes.length).toBeCloseTo(1, 14);
    }
  });

  it('leave a class without samples at 1 and count the others', () => {
    expect([...classWeights(Uint8Array.of(0, 0, 0, 2), 3, 'balanced')]).toEqual([4 / 6, 1, 4 / 2]);
  });

  it('are 1 when off', () => {
    expect([...classWeights(classes, 3, null)]).toEqual([1, 1, 1]);
  });
});

describe('targets', () => {
  const data = { classes: 3, train: { rows: new Int32Array(10), classes } };

  it('are the unit vectors when everything is off', () => {
    expect([...targetTable(data, {})]).toEqual([1, 0, 0, 0, 1, 0, 0, 0, 1]);
  });

  it('are smoothed towards the uniform distribution', () => {
    const table = targetTable(data, { labelSmoothing: 0.3 });
    expect([...table.slice(3, 6)]).toEqual([0.1, 0.8, 0.1].map(Math.fround));
  });
});
