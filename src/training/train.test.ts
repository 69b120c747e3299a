import { mkdtempSync, readdirSync, rmSync, truncateSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readCheckpoint } from './checkpoint.js';
import { trainingFingerprint } from './fingerprint.js';
import { predict } from './predict.js';
import {
  abortAt,
  bitsOf,
  CLASSES,
  data,
  EVERYTHING,
  hardened,
  makeData,
  makeModel,
  model,
  options,
  ROWS,
  shiftable,
  WINDOW,
} from './train.fixture.js';
import { train } from './train.js';
import type { TrainableModel, TrainingOptions } from './types.js';

let directory = '';
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'candlenet-train-'));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

describe('training', () => {
  it('learns what can be learnt, and says how it went', async () => {
    const seen: number[] = [];
    const onEpoch = ({ epoch }: { epoch: number }) => seen.push(epoch);
    const { history, bestEpoch, params } = await train(model, data, { ...options, maxEpochs: 8 }, { onEpoch });
    const best = history[bestEpoch - 1];
    // Always saying "hold", a third of the samples, would be right a third of the time.
    expect(best.validationAccuracy).toBeGreaterThan(0.7);
    expect(best.validationLoss).toBe(Math.min(...history.map((record) => record.validationLoss)));
    expect(history[0].trainLoss).toBeGreaterThan(history[7].trainLoss);
    expect(history.map((record) => record.learningRate).slice(0, 5)).toEqual([0.01, 0.01, 0.005, 0.005, 0.0025]);
    // 1092 samples are 34 whole batches of 32.
    expect(history.every((record) => record.samples === 1088 && record.gradientNorm > 0)).toBe(true);
    expect(seen).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    expect(params.every(Number.isFinite)).toBe(true);
  });

  it('gives the same bits twice, and other bits for another seed', async () => {
    const first = await train(model, data, options);
    expect(bitsOf(await train(model, data, options))).toEqual(bitsOf(first));
    expect((await train(model, data, { ...options, seed: 12 })).params).not.toEqual(first.params);
  });

  it.each([1, 3])('gives the same bits twice with %i workers', async (workers) => {
    const other = makeModel(36 / workers);
    const settings = { ...options, workers, batchSize: 36, maxEpochs: 1 };
    const first = await train(other, data, settings);
    expect(bitsOf(await train(other, data, settings))).toEqual(bitsOf(first));
  });

  it('stopped in mid-epoch and resumed gives the bits of a training that never stopped', async () => {
    const whole = await train(model, data, options);
    const checkpoint = { directory };
    const fingerprint = trainingFingerprint(model, data, options);
    for (const [epoch, step] of [
      [2, 1],
      [2, 2],
      [3, 1],
    ]) {
      const controller = new AbortController();
      const hooks = { checkpoint, signal: controller.signal, progress: abortAt(controller, epoch) };
      await expect(train(model, data, options, hooks)).rejects.toMatchObject({ code: 'INTERRUPTED' });
      expect(readCheckpoint(directory, fingerprint)).toMatchObject({ epoch, step, finished: false });
    }
    const resumed = await train(model, data, options, { checkpoint });
    expect(bitsOf(resumed)).toEqual(bitsOf(whole));
    expect(resumed.history.map((record) => record.epoch)).toEqual([1, 2, 3]);
    expect(readdirSync(directory)).toEqual(['checkpoint.bin']);
  });

  it('stopped while validating resumes with the validation', async () => {
    const whole = await train(model, data, options);
    const controller = new AbortController();
    const stopping: TrainableModel = {
      ...model,
      inference: (params, state) => {
        controller.abort();
        return model.inference(params, state);
      },
    };
    const hooks = { checkpoint: { directory }, signal: controller.signal };
    await expect(train(stopping, data, options, hooks)).rejects.toMatchObject({ code: 'INTERRUPTED' });
    const fingerprint = trainingFingerprint(model, data, options);
    expect(readCheckpoint(directory, fingerprint)).toMatchObject({ epoch: 1, step: 34 });
    expect(bitsOf(await train(model, data, options, { checkpoint: { directory } }))).toEqual(bitsOf(whole));
  });

  it('once finished is not done again', async () => {
    const hooks = { checkpoint: { directory } };
    const first = await train(model, data, options, hooks);
    const never = () => expect.unreachable('trained again');
    expect(await train(model, data, options, { ...hooks, onEpoch: never })).toEqual(first);
  });

  it.each([
    ['plainly', model, options],
    ['with every option on', hardened, EVERYTHING],
  ])('stops early and restores the best weights, %s', async (_, network, base) => {
    const settings = {
      ...base,
      maxEpochs: 40,
      patience: 2,
      learningRate: 0.05,
      schedule: { kind: 'constant' } as const,
    };
    const { history, bestEpoch, params, state } = await train(network, shiftable, settings);
    expect(history.length).toBe(bestEpoch + 2);
    expect(history.length).toBeLessThan(40);
    const shorter = await train(network, shiftable, { ...settings, maxEpochs: bestEpoch });
    expect([params, state]).toEqual([shorter.params, shorter.state]);
  });

  it('draws the samples per epoch it was told to', async () => {
    const { history } = await train(model, data, { ...options, maxEpochs: 1, samplesPerEpoch: 200 });
    expect(history[0].samples).toBe(192);
  });

  it('refuses a checkpoint of other data, other options, or cut short', async () => {
    const hooks = { checkpoint: { directory } };
    await train(model, data, options, hooks);
    const refusal = (code: string, run: Promise<unknown>) => expect(run).rejects.toMatchObject({ code });
    await refusal('RUN_MISMATCH', train(model, makeData(2), options, hooks));
    await refusal('RUN_MISMATCH', train(model, data, { ...options, learningRate: 0.02 }, hooks));
    await refusal('RUN_MISMATCH', train(model, data, { ...options, mixup: { alpha: 0.2 } }, hooks));
    await refusal('RUN_MISMATCH', train(model, shiftable, options, hooks));
    await refusal('RUN_MISMATCH', train(hardened, data, options, hooks));
    truncateSync(join(directory, 'checkpoint.bin'), 4000);
    await refusal('FILE_UNREADABLE', train(model, data, options, hooks));
  });

  it('refuses what cannot be trained', async () => {
    const refusal = (code: string, changed: Partial<TrainingOptions>, samples = data) =>
      expect(train(model, samples, { ...options, ...changed })).rejects.toMatchObject({ code });
    await refusal('CONFIG_INVALID', { workers: 3 });
    await refusal('CONFIG_INVALID', { batchSize: 64 });
    await refusal('CONFIG_INVALID', { learningRate: 0 });
    await refusal('CONFIG_INVALID', { samplesPerEpoch: 31 });
    const empty = { rows: new Int32Array(0), classes: new Uint8Array(0) };
    await refusal('SAMPLES_EMPTY', {}, { ...data, validation: empty });
    await refusal(
      'TABLE_INVALID',
      {},
      { ...data, train: { ...data.train, rows: data.train.rows.map((row) => row - 2) } },
    );
    await refusal('TRAINING_DIVERGED', { learningRate: 1e30, clipNorm: null });
    await refusal('CONFIG_INVALID', { labelSmoothing: 1 });
    await refusal('CONFIG_INVALID', { classWeights: [1, 1] });
    await refusal('CONFIG_INVALID', { classWeights: [1, 0, 1] });
    await refusal('CONFIG_INVALID', { mixup: { alpha: 0 } });
    await refusal('CONFIG_INVALID', { noise: { sigma: -1 } });
    await refusal('CONFIG_INVALID', { timeShift: { maxSessions: 0 } });
    await refusal('CONFIG_INVALID', { warmUp: { length: 0, unit: 'steps', startFactor: 0.1 } });
    await refusal('CONFIG_INVALID', { warmUp: { length: 5, unit: 'steps', startFactor: 0 } });
    const sgd = { kind: 'sgd', momentum: 0, nesterov: true, weightDecay: 0, decayed: 'all' } as const;
    await refusal('CONFIG_INVALID', { optimiser: sgd });
    await refusal('CONFIG_INVALID', { optimiser: { ...sgd, nesterov: false, weightDecay: -1 } });
    await refusal('CONFIG_INVALID', { optimiser: { kind: 'adam', beta1: 0.9, beta2: 1, epsilon: 1e-8 } });
    // Samples that do not say how far they may be moved back, or would be moved out of the panel.
    await refusal('TABLE_INVALID', { timeShift: { maxSessions: 2 } });
    const tooFar = { ...data.train, maxShift: new Uint8Array(data.train.rows.length).fill(200) };
    await refusal('TABLE_INVALID', { timeShift: { maxSessions: 2 } }, { ...data, train: tooFar });
  });
});

describe('prediction', () => {
  it('gives the probabilities that validation measured, whatever the number of workers', async () => {
    const { params, state, history, bestEpoch } = await train(model, data, options);
    const { rows, classes } = data.validation;
    const inference = model.inference(params, state);
    const probabilities = await predict(inference, data, rows, { workers: 1 });
    expect(await predict(inference, data, rows, { workers: 3 })).toEqual(probabilities);
    let loss = 0;
    classes.forEach((label, i) => {
      const row = probabilities.subarray(i * CLASSES, (i + 1) * CLASSES);
      expect(row[0] + row[1] + row[2]).toBeCloseTo(1, 5);
      loss -= Math.log(row[label]) / classes.length;
    });
    expect(loss).toBeCloseTo(history[bestEpoch - 1].validationLoss, 12);
  });

  it('refuses windows outside the panel, and a model that is none', async () => {
    const { params, state } = await train(model, data, { ...options, maxEpochs: 1, samplesPerEpoch: 32 });
    const inference = model.inference(params, state);
    const run = (bytes: Uint8Array, row: number) => predict(bytes, data, Int32Array.of(row), { workers: 1 });
    await expect(run(inference, WINDOW - 2)).rejects.toMatchObject({ code: 'TABLE_INVALID' });
    await expect(run(inference, ROWS)).rejects.toMatchObject({ code: 'TABLE_INVALID' });
    await expect(run(Uint8Array.of(1, 2, 3), WINDOW)).rejects.toMatchObject({ code: 'RUNTIME_FAILED' });
    expect(await predict(inference, data, new Int32Array(0), { workers: 1 })).toHaveLength(0);
  });
});
