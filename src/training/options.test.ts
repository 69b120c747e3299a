import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readCheckpoint } from './checkpoint.js';
import { trainingFingerprint } from './fingerprint.js';
import { predict } from './predict.js';
import { abortAt, bitsOf, CLASSES, data, EVERYTHING, hardened, model, options, shiftable } from './train.fixture.js';
import { train } from './train.js';
import type { TrainedModel, TrainingOptions } from './types.js';

let directory = '';
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'candlenet-train-'));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

/** Ten steps. */
const SHORT: TrainingOptions = { ...options, maxEpochs: 1, samplesPerEpoch: 320 };
let plain: Promise<TrainedModel> | undefined;

describe('training with options', () => {
  it('with every option on gives the same bits twice, and learns', async () => {
    const settings = { ...EVERYTHING, maxEpochs: 6, patience: 6 };
    const first = await train(hardened, shiftable, settings);
    expect(bitsOf(await train(hardened, shiftable, settings))).toEqual(bitsOf(first));
    const best = first.history[first.bestEpoch - 1];
    // Always saying "hold" would be right a third of the time, at a loss of ln 3 = 1.0986.
    expect(best.validationAccuracy).toBeGreaterThan(0.6);
    expect(best.validationLoss).toBeLessThan(0.95);
    // The rate rises to a share of 50/50 within the second epoch, then follows the cosine.
    const rates = first.history.map(({ learningRate }) => learningRate);
    expect(rates[0]).toBeLessThan(rates[1]);
    expect(rates[2]).toBeGreaterThan(rates[3]);
  });

  it('with every option on, stopped in mid-epoch and resumed, gives the bits of a training that never stopped', async () => {
    const whole = await train(hardened, shiftable, EVERYTHING);
    const checkpoint = { directory };
    for (const epoch of [1, 2, 2, 4]) {
      const controller = new AbortController();
      const hooks = { checkpoint, signal: controller.signal, progress: abortAt(controller, epoch) };
      await expect(train(hardened, shiftable, EVERYTHING, hooks)).rejects.toMatchObject({ code: 'INTERRUPTED' });
    }
    expect(bitsOf(await train(hardened, shiftable, EVERYTHING, { checkpoint }))).toEqual(bitsOf(whole));
  });

  it.each<[string, Partial<TrainingOptions>]>([
    ['AdamW', { optimiser: { ...EVERYTHING.optimiser, decayed: 'all' } as TrainingOptions['optimiser'] }],
    ['SGD', { optimiser: { kind: 'sgd', momentum: 0, nesterov: false, weightDecay: 0, decayed: 'all' } }],
    ['momentum', { optimiser: { kind: 'sgd', momentum: 0.9, nesterov: true, weightDecay: 1e-3, decayed: 'all' } }],
    ['warm-up', { warmUp: { length: 1, unit: 'epochs', startFactor: 0.1 } }],
    ['label smoothing', { labelSmoothing: 0.1 }],
    ['class weights', { classWeights: [2, 1, 1] }],
    ['mixup', { mixup: { alpha: 0.2 } }],
    ['noise', { noise: { sigma: 0.1 } }],
    ['time shift', { timeShift: { maxSessions: 2 } }],
  ])('%s by itself changes the weights, and a resumed training has the same ones', async (_, changed) => {
    const settings = { ...SHORT, ...changed };
    const whole = await train(model, shiftable, settings);
    plain ??= train(model, shiftable, SHORT);
    expect(whole.params).not.toEqual((await plain).params);
    const controller = new AbortController();
    const hooks = { checkpoint: { directory }, signal: controller.signal, progress: abortAt(controller, 1) };
    await expect(train(model, shiftable, settings, hooks)).rejects.toMatchObject({ code: 'INTERRUPTED' });
    const { arrays, step } = readCheckpoint(directory, trainingFingerprint(model, shiftable, settings))!;
    expect(step).toBe(1);
    const kept = settings.optimiser.kind === 'sgd' ? Math.ceil(settings.optimiser.momentum) : 2;
    expect(arrays.optimiser.map(({ length }) => length)).toEqual(new Array(kept).fill(model.program.paramCount));
    expect(bitsOf(await train(model, shiftable, settings, { checkpoint: { directory } }))).toEqual(bitsOf(whole));
  });

  it('takes class weights for the loss: what weighs more is said more often', async () => {
    const settings = { ...options, maxEpochs: 2 };
    const shareOfBuys = async (classWeights: TrainingOptions['classWeights']) => {
      const { params, state } = await train(model, data, { ...settings, classWeights });
      const found = await predict(model.inference(params, state), data, data.validation.rows, { workers: 1 });
      return found.reduce((sum, p, i) => sum + (i % CLASSES === 0 ? p : 0), 0) / data.validation.rows.length;
    };
    expect(await shareOfBuys([5, 1, 1])).toBeGreaterThan((await shareOfBuys(null)) + 0.05);
  });
});
