import { describe, expect, it } from 'vitest';
import { checkOptions } from './check-options.js';
import { data, EVERYTHING, model, options } from './train.fixture.js';
import { train } from './train.js';
import type { TrainingOptions } from './types.js';

const sgd = { kind: 'sgd', momentum: 0, nesterov: false, weightDecay: 0, decayed: 'all' };
const warmUp = { length: 5, unit: 'steps', startFactor: 0.1 };
const NAN = Number.NaN;
const INFINITE = Number.POSITIVE_INFINITY;

describe('training options', () => {
  // What a caller without types may say.
  it.each<[object, string]>([
    [{ seed: NAN }, 'seed: found NaN, expected a whole number of at least 0'],
    [{ seed: 1.5 }, 'seed: found 1.5, expected a whole number of at least 0'],
    [{ stopAfterEpochs: 0 }, 'stopAfterEpochs: found 0, expected a whole number of at least 1, or undefined'],
    [{ stopAfterEpochs: -3 }, 'stopAfterEpochs: found -3, expected a whole number of at least 1, or undefined'],
    [{ provider: 'tpu' }, 'provider: found "tpu", expected one of cpu, webgpu, cuda, auto'],
    [
      { schedule: { kind: 'exponential' } },
      'schedule.kind: found "exponential", expected one of constant, step, cosine',
    ],
    [{ schedule: 'cosine' }, 'schedule.kind: found undefined, expected one of constant, step, cosine'],
    [{ schedule: null }, 'schedule.kind: found undefined, expected one of constant, step, cosine'],
    [
      { schedule: { kind: 'cosine', finalRate: INFINITE } },
      'schedule.finalRate: found Infinity, expected a number of at least 0',
    ],
    [{ warmUp: { ...warmUp, unit: 'days' } }, 'warmUp.unit: found "days", expected one of steps, epochs'],
    [{ optimiser: { ...sgd, kind: 'rmsprop' } }, 'optimiser.kind: found "rmsprop", expected one of adam, adamw, sgd'],
    [{ optimiser: undefined }, 'optimiser.kind: found undefined, expected one of adam, adamw, sgd'],
    [{ optimiser: { ...sgd, decayed: 'bias' } }, 'optimiser.decayed: found "bias", expected one of all, kernels'],
    [{ optimiser: { ...sgd, momentum: '0.5' } }, 'optimiser.momentum: found "0.5", expected a number in [0, 1)'],
    [
      { optimiser: { ...sgd, weightDecay: INFINITE } },
      'optimiser.weightDecay: found Infinity, expected a number of at least 0',
    ],
    [{ classWeights: 'balancd' }, 'classWeights: found "balancd", expected numbers above 0, "balanced" or null'],
    [{ classWeights: 3 }, 'classWeights: found 3, expected numbers above 0, "balanced" or null'],
    [{ classWeights: [1, NAN, 1] }, 'classWeights: found [1, NaN, 1], expected numbers above 0, "balanced" or null'],
    [{ labelSmoothing: NAN }, 'labelSmoothing: found NaN, expected a number in [0, 1)'],
    [{ clipNorm: INFINITE }, 'clipNorm: found Infinity, expected a number above 0, or null'],
  ])('%j are refused, naming the key', async (changed, line) => {
    const refusal = expect.objectContaining({ code: 'CONFIG_INVALID', message: `training.${line}` });
    const settings = { ...options, ...changed } as TrainingOptions;
    expect(() => checkOptions(settings)).toThrow(refusal);
    await expect(train(model, data, settings)).rejects.toEqual(refusal);
  });

  it('are taken with everything on, and with everything at its least', () => {
    checkOptions(EVERYTHING);
    checkOptions({
      ...{ seed: 0, workers: 1, batchSize: 1, maxEpochs: 1, stopAfterEpochs: 1, patience: 1, samplesPerEpoch: 1 },
      ...{ learningRate: 1e-9, schedule: { kind: 'cosine', finalRate: 0 }, optimiser: sgd, provider: 'auto' },
      ...{ clipNorm: null, warmUp: null, classWeights: null, mixup: null, noise: null, timeShift: null },
    } as TrainingOptions);
  });
});
