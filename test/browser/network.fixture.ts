import { modelByName } from '../../src/models/index.js';
import type { ModelMetadata } from '../../src/onnx/index.js';
import { buildInferenceModel, buildTrainingProgram, predict, train } from '../../src/training/index.js';
import { createRng } from '../../src/util/index.js';

const WINDOW = 8;
const FEATURES = 5;
const CLASSES = 3;
const ROWS = 120;
const BATCH = 8;

export interface TrainedNetwork {
  /** model.onnx */
  readonly model: Uint8Array;
  readonly shape: { readonly window: number; readonly features: number; readonly classes: number };
  /** Standardised windows, one behind the other: [samples × window × features]. */
  readonly windows: Float32Array;
  /** What candlenet predicts for them: [samples × classes]. */
  readonly probabilities: Float32Array;
}

/** A registered model with its default sizes, trained for a few steps on noise, and its forecasts of `samples` windows. */
export async function trainedNetwork(name: string, samples: number): Promise<TrainedNetwork> {
  const shape = { window: WINDOW, features: FEATURES, classes: CLASSES };
  const model = modelByName(name);
  const metadata: ModelMetadata = {
    modelName: name,
    window: WINDOW,
    features: ['open', 'high', 'low', 'close', '成交量'],
    classes: ['buy', 'hold', 'sell'],
    scaler: { mean: [0, 0, 0, 0, 0], std: [1, 1, 1, 1, 1], clip: 5 },
  };
  const rng = createRng('browser', name);
  const values = new Float32Array(new SharedArrayBuffer(4 * ROWS * FEATURES));
  values.forEach((_, i) => {
    values[i] = rng.normal();
  });
  const drawn = (first: number, count: number) => {
    const rows = Int32Array.from({ length: count }, (_, i) => first + i);
    return { rows, classes: Uint8Array.from(rows, () => rng.int(CLASSES)) };
  };
  const data = { ...shape, values, train: drawn(WINDOW, 4 * BATCH), validation: drawn(60, 20) };
  const trainable = {
    program: buildTrainingProgram(model, { ...shape, batch: BATCH }),
    inference: (params: Float32Array, state: Float32Array) =>
      buildInferenceModel(model, shape, params, state, metadata),
  };
  const { params, state } = await train(trainable, data, {
    seed: 1,
    workers: 1,
    batchSize: BATCH,
    maxEpochs: 1,
    patience: 1,
    learningRate: 0.01,
    schedule: { kind: 'constant' },
    optimiser: { kind: 'adam', beta1: 0.9, beta2: 0.999, epsilon: 1e-8 },
    clipNorm: 1,
    samplesPerEpoch: null,
  });
  const onnx = trainable.inference(params, state);
  const rows = Int32Array.from({ length: samples }, (_, i) => 80 + i);
  const probabilities = await predict(onnx, data, rows, { workers: 1 });
  const size = WINDOW * FEATURES;
  const windows = new Float32Array(samples * size);
  rows.forEach((row, i) => {
    windows.set(values.subarray((row + 1) * FEATURES - size, (row + 1) * FEATURES), i * size);
  });
  return { model: onnx, shape, windows, probabilities };
}
