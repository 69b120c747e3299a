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
    const rows = [0.8, 0.1, 0.1, 0.1, 0.8, 0.1, 0.1, 0.1, 0.8];
    table.forEach((value, i) => {
      expect(value).toBeCloseTo(rows[i], 7);
    });
  });

  it('are weighed by the class of the column, smoothed or not, as torch.nn.functional.cross_entropy weighs them', () => {
    // Weights 3, 1, 2 over 2, 6 and 2 samples: brought to a mean of 1 they are divided by 1.6.
    const weights = [3 / 1.6, 1 / 1.6, 2 / 1.6];
    const [hard, smooth] = [0, 0.3].map((labelSmoothing) =>
      targetTable(data, { labelSmoothing, classWeights: [3, 1, 2] }),
    );
    for (let label = 0; label < 3; label++) {
      for (let column = 0; column < 3; column++) {
        const i = label * 3 + column;
        expect(hard[i]).toBeCloseTo(label === column ? weights[column] : 0, 6);
        expect(smooth[i]).toBeCloseTo(weights[column] * (label === column ? 0.8 : 0.1), 6);
      }
    }
  });
});
