import { predict, type SampleSet, train } from '../../training/index.js';
import { silentProgress } from '../../util/index.js';
import type { ExperimentConfig } from '../config/schema.js';
import { metadataOf, trainableModel, trainingOptionsOf } from '../pipeline/network.js';
import type { Prepared } from '../pipeline/prepare.js';
import { secondsOf } from './cost.js';

export interface NetworkSpeed {
  readonly parameters: number;
  /** Samples a second on all workers. */
  readonly trainingRate: number;
  readonly predictionRate: number;
}

/** Batches trained to measure the machine: a second or two. */
const TRIAL_BATCHES = 60;
const TRIAL_ROWS = 4096;
/** Of a trial's time that is at least the forecasts': their start is measured, and may come out longer than it was. */
const LEAST_SHARE = 0.1;

/** The first samples of a set. */
export const head = ({ rows, classes, targets, maxShift }: SampleSet, count: number): SampleSet => ({
  rows: rows.slice(0, count),
  classes: classes.slice(0, count),
  ...(targets && { targets: targets.slice(0, count) }),
  maxShift: maxShift?.slice(0, count),
});

/** Trains and predicts a moment with the configuration's network. */
export async function measureNetwork(
  prepared: Prepared,
  config: ExperimentConfig,
  signal?: AbortSignal,
  batches = TRIAL_BATCHES,
): Promise<NetworkSpeed> {
  const { data, testRows } = prepared;
  const quiet = { progress: silentProgress, signal };
  const model = trainableModel(config, data, metadataOf(prepared, config));
  const options = trainingOptionsOf(config);
  const samples = Math.min(batches * options.batchSize, data.train.rows.length);
  const trial = { ...data, train: head(data.train, samples), validation: head(data.validation, 1) };
  const trained = await train(model, trial, { ...options, maxEpochs: 1, samplesPerEpoch: null }, quiet);
  const [{ samples: trainedSamples, seconds }] = trained.history;

  const rows = testRows.slice(0, TRIAL_ROWS);
  const onnx = model.inference(trained.params, trained.state);
  const secondsFor = (some: Int32Array) =>
    secondsOf(() => predict(onnx, data, some, { workers: options.workers, ...quiet }));
  // Starting the workers is no part of the rate.
  const start = await secondsFor(rows.slice(0, 1));
  const whole = await secondsFor(rows);
  const predictionRate = rows.length / Math.max(whole - start, whole * LEAST_SHARE);
  return { parameters: model.program.paramCount, trainingRate: trainedSamples / seconds, predictionRate };
}
