import { mkdtempSync, readdirSync, rmSync, truncateSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { cnnLstm } from '../models/index.js';
import { createRng, type ProgressSink } from '../util/index.js';
import { readCheckpoint } from './checkpoint.js';
import { trainingFingerprint } from './fingerprint.js';
import { predict } from './predict.js';
import { buildInferenceModel, buildTrainingProgram } from './program.js';
import { train } from './train.js';
import type { SampleSet, TrainableModel, TrainedModel, TrainingData, TrainingOptions } from './types.js';

const WINDOW = 8;
const FEATURES = 3;
const CLASSES = 3;
const ROWS = 1500;

/** Classes follow from the sign of the first feature's mean over the window's last four days. */
function makeData(seed: number): TrainingData {
  const rng = createRng(seed, 'data');
  const values = new Float32Array(new SharedArrayBuffer(ROWS * FEATURES * 4));
  for (let i = 0; i < values.length; i++) values[i] = rng.normal();
  const classOf = (row: number) => {
    let sum = 0;
    for (let t = 0; t < 4; t++) sum += values[(row - t) * FEATURES];
    return sum > 0.8 ? 0 : sum < -0.8 ? 2 : 1;
  };
  const samples = (first: number, last: number): SampleSet => {
    const rows = Int32Array.from({ length: last - first }, (_, i) => first + i);
    return { rows, classes: Uint8Array.from(rows, classOf) };
  };
  const shape = { values, features: FEATURES, window: WINDOW, classes: CLASSES };
  return { ...shape, train: samples(WINDOW, 1100), validation: samples(1150, ROWS) };
}

const options: TrainingOptions = {
  seed: 11,
  workers: 2,
  batchSize: 32,
  maxEpochs: 3,
  patience: 10,
  learningRate: 0.01,
  schedule: { kind: 'step', everyEpochs: 2, factor: 0.5 },
  optimiser: { kind: 'adam', beta1: 0.9, beta2: 0.999, epsilon: 1e-8 },
  clipNorm: 1,
  samplesPerEpoch: null,
};

function makeModel(batch: number): TrainableModel {
  const model = cnnLstm({ filters1: 8, filters2: 8, hidden: 12, dense: 8 });
  const shape = { window: WINDOW, features: FEATURES, classes: CLASSES };
  const named = { modelName: model.name, window: WINDOW, features: ['a', 'b', 'c'], classes: ['buy', 'hold', 'sell'] };
  const metadata = { ...named, scaler: { mean: [0, 0, 0], std: [1, 1, 1], clip: 5 } };
  return {
    program: buildTrainingProgram(model, { batch, ...shape }),
    inference: (params, state) => buildInferenceModel(model, shape, params, state, metadata),
  };
}

const data = makeData(1);
const model = makeModel(16);

/** Everything but the wall time. */
function bitsOf({ params, state, bestEpoch, history }: TrainedModel) {
  return { params, state, bestEpoch, history: history.map((record) => ({ ...record, seconds: 0 })) };
}

let directory = '';
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'candlenet-train-'));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

/** Aborts when the given epoch begins, which stops training after one more step. */
function abortAt(controller: AbortController, epoch: number): ProgressSink {
  const task = { update: () => {}, end: () => {} };
  return {
    start(title) {
      if (title.startsWith(`Epoch ${epoch} `)) controller.abort();
      return task;
    },
  };
}

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

  it('stops early and restores the best weights', async () => {
    const settings = {
      ...options,
      maxEpochs: 40,
      patience: 2,
      learningRate: 0.05,
      schedule: { kind: 'constant' } as const,
    };
    const { history, bestEpoch, params, state } = await train(model, data, settings);
    expect(history.length).toBe(bestEpoch + 2);
    expect(history.length).toBeLessThan(40);
    const shorter = await train(model, data, { ...settings, maxEpochs: bestEpoch });
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
