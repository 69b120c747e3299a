import { describe, expect, it } from 'vitest';
import { epochOrder, samplesOfEpoch } from './epoch-order.js';
import { learningRatesOf, type Schedule } from './schedule.js';

describe('learning rate', () => {
  const base = { learningRate: 0.1, maxEpochs: 4 };

  it('is constant, falls in steps, or along a cosine (torch CosineAnnealingLR, T_max 4, eta_min 0.02)', () => {
    const rates = (schedule: Schedule) =>
      [1, 2, 3, 4].map((epoch) => Number(learningRatesOf(epoch, 1, { ...base, schedule })[0].toFixed(12)));
    expect(rates({ kind: 'constant' })).toEqual([0.1, 0.1, 0.1, 0.1]);
    expect(rates({ kind: 'step', everyEpochs: 3, factor: 0.1 })).toEqual([0.1, 0.1, 0.1, 0.01]);
    expect(rates({ kind: 'cosine', finalRate: 0.02 })).toEqual([0.1, 0.088284271247, 0.06, 0.031715728753]);
  });
});

describe('order of an epoch', () => {
  it('is a permutation that depends on seed and epoch alone', () => {
    const order = epochOrder(500, 500, 7, 3);
    expect([...order].sort((a, b) => a - b)).toEqual(Array.from({ length: 500 }, (_, i) => i));
    expect(epochOrder(500, 500, 7, 3)).toEqual(order);
    expect(epochOrder(500, 100, 7, 3)).toEqual(order.slice(0, 100));
    expect(epochOrder(500, 500, 7, 4)).not.toEqual(order);
    expect(epochOrder(500, 500, 8, 3)).not.toEqual(order);
  });

  it('holds whole batches of what may be drawn', () => {
    expect(samplesOfEpoch(1000, null, 64)).toBe(960);
    expect(samplesOfEpoch(1000, 200, 64)).toBe(192);
    expect(samplesOfEpoch(100, 200, 64)).toBe(64);
  });
});
