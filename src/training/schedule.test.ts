import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { epochOrder, samplesOfEpoch } from './epoch-order.js';
import { learningRatesOf, type Schedule, type WarmUp } from './schedule.js';

/** Made by bench/peers/torch_schedules.py with PyTorch 2.13. */
const vector = JSON.parse(readFileSync(new URL('./vectors/schedules.json', import.meta.url), 'utf8')) as {
  readonly learningRate: number;
  readonly epochs: number;
  readonly stepsPerEpoch: number;
  readonly rates: Readonly<Record<string, readonly number[]>>;
};

const step: Schedule = { kind: 'step', everyEpochs: 2, factor: 0.3 };
const cosine = (finalRate: number): Schedule => ({ kind: 'cosine', finalRate });
const steps = (length: number, startFactor: number): WarmUp => ({ length, unit: 'steps', startFactor });
const CASES: Readonly<Record<string, { readonly schedule: Schedule; readonly warmUp: WarmUp | null }>> = {
  constant: { schedule: { kind: 'constant' }, warmUp: null },
  step: { schedule: step, warmUp: null },
  cosine: { schedule: cosine(0), warmUp: null },
  'cosine to a floor': { schedule: cosine(0.02), warmUp: null },
  'warm-up, constant': { schedule: { kind: 'constant' }, warmUp: steps(7, 0.01) },
  'warm-up, constant, in sequence': { schedule: { kind: 'constant' }, warmUp: steps(7, 0.01) },
  'warm-up, step': { schedule: step, warmUp: steps(12, 0.25) },
  'warm-up, cosine': { schedule: cosine(0), warmUp: { length: 2, unit: 'epochs', startFactor: 0.1 } },
};

describe('learning rate', () => {
  const { learningRate, epochs, stepsPerEpoch } = vector;

  it('has a case for each of PyTorch’s', () => {
    expect(Object.keys(CASES).sort()).toEqual(Object.keys(vector.rates).sort());
  });

  it.each(Object.keys(CASES))('is that of PyTorch at every step: %s (bench/peers/torch_schedules.py)', (name) => {
    const options = { learningRate, maxEpochs: epochs, ...CASES[name] };
    const rates = Array.from({ length: epochs }, (_, i) => [...learningRatesOf(i + 1, stepsPerEpoch, options)]).flat();
    const expected = vector.rates[name];
    expect(rates).toHaveLength(expected.length);
    // PyTorch multiplies its way from step to step, which adds up roundings of 1e-17.
    rates.forEach((rate, i) => {
      expect(Math.abs(rate - expected[i]), `step ${i}`).toBeLessThan(1e-15);
    });
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
