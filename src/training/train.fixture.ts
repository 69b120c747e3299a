import { cnnLstm } from '../models/index.js';
import { createRng, type ProgressSink } from '../util/index.js';
import { type AdversarialOptions, buildInferenceModel, buildTrainingProgram } from './program.js';
import type { SampleSet, TrainableModel, TrainedModel, TrainingData, TrainingOptions } from './types.js';

export const WINDOW = 8;
export const FEATURES = 3;
export const CLASSES = 3;
export const ROWS = 1500;

/** Classes follow from the sign of the first feature's mean over the window's last four days. */
export function makeData(seed: number): TrainingData {
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

export const options: TrainingOptions = {
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

/** Everything there is, at once. */
export const EVERYTHING: TrainingOptions = {
  ...options,
  patience: 2,
  maxEpochs: 4,
  schedule: { kind: 'cosine', finalRate: 0.001 },
  warmUp: { length: 50, unit: 'steps', startFactor: 0.1 },
  optimiser: { kind: 'adamw', beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weightDecay: 0.05, decayed: 'kernels' },
  labelSmoothing: 0.1,
  classWeights: 'balanced',
  mixup: { alpha: 0.2 },
  noise: { sigma: 0.1 },
  timeShift: { maxSessions: 2 },
};

export function makeModel(batch: number, adversarial: AdversarialOptions | null = null): TrainableModel {
  const model = cnnLstm({ filters1: 8, filters2: 8, hidden: 12, dense: 8 });
  const shape = { window: WINDOW, features: FEATURES, classes: CLASSES };
  const named = { modelName: model.name, window: WINDOW, features: ['a', 'b', 'c'], classes: ['buy', 'hold', 'sell'] };
  const metadata = { ...named, scaler: { mean: [0, 0, 0], std: [1, 1, 1], clip: 5 } };
  return {
    program: buildTrainingProgram(model, { batch, ...shape }, { adversarial }),
    inference: (params, state) => buildInferenceModel(model, shape, params, state, metadata),
  };
}

export const data = makeData(1);
export const model = makeModel(16);
export const shiftable: TrainingData = {
  ...data,
  train: { ...data.train, maxShift: Uint8Array.from(data.train.rows, (row) => Math.min(5, row - WINDOW + 1)) },
};
export const hardened = makeModel(16, { epsilon: 0.05, weight: 0.3 });

/** Everything but the wall time. */
export function bitsOf({ params, state, bestEpoch, history }: TrainedModel) {
  return { params, state, bestEpoch, history: history.map((record) => ({ ...record, seconds: 0 })) };
}

/** Aborts when the given epoch begins, which stops training after one more step. */
export function abortAt(controller: AbortController, epoch: number): ProgressSink {
  const task = { update: () => {}, end: () => {} };
  return {
    start(title) {
      if (title.startsWith(`Epoch ${epoch} `)) controller.abort();
      return task;
    },
  };
}
