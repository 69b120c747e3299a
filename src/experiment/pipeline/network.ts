import { join } from 'node:path';
import { type Model, modelByName } from '../../models/index.js';
import type { ModelMetadata } from '../../onnx/index.js';
import {
  buildInferenceModel,
  buildTrainingProgram,
  checkOptions,
  type EpochRecord,
  localBatchSize,
  predict,
  type TrainableModel,
  type TrainedModel,
  type TrainingData,
  type TrainingOptions,
  train,
} from '../../training/index.js';
import { CandlenetError, writeFileAtomically } from '../../util/index.js';
import { regressionLossOf } from '../config/label-section.js';
import { modelOptionsOf } from '../config/model-section.js';
import type { ExperimentConfig } from '../config/schema.js';
import type { Services } from '../services.js';
import { checkLabel } from './check-label.js';
import type { Prepared } from './prepare.js';

export function modelOf(config: ExperimentConfig): Model {
  return modelByName(config.model.name, modelOptionsOf(config.model));
}

export function trainingOptionsOf(config: ExperimentConfig): TrainingOptions {
  const {
    adversarial: _builtIntoTheNetwork,
    checkpointMinutes: _changesNoResult,
    loss: wanted,
    ...options
  } = config.training;
  const loss = regressionLossOf(config.label, wanted);
  return loss === undefined ? options : { ...options, loss };
}

/** Refuses what the network or its training cannot do, before any data is read. @throws CONFIG_INVALID */
export function checkNetwork(config: ExperimentConfig): void {
  modelOf(config);
  checkOptions(trainingOptionsOf(config));
  for (const name of ['cnn', 'lstm'] as const) {
    if (config.model.name !== name || config.baselines[name] === false) continue;
    throw new CandlenetError(
      'CONFIG_INVALID',
      `baselines.${name}: found a network, expected false where the model in question is one itself`,
    );
  }
  checkLabel(config);
}

type Shape = Pick<TrainingData, 'window' | 'features' | 'classes'>;

/** The configured network for samples of this shape; its deployable form carries the scaler and the features' names. */
export function trainableModel(
  config: ExperimentConfig,
  { window, features, classes }: Shape,
  metadata: ModelMetadata,
): TrainableModel {
  const model = modelOf(config);
  const shape = { window, features, classes };
  const { adversarial } = config.training;
  const loss = regressionLossOf(config.label, config.training.loss);
  return {
    program: buildTrainingProgram(model, { ...shape, batch: localBatchSize(config.training) }, { adversarial, loss }),
    inference: (params, state) => buildInferenceModel(model, shape, params, state, metadata),
  };
}

export function metadataOf(prepared: Prepared, config: ExperimentConfig): ModelMetadata {
  return {
    modelName: config.model.name,
    window: prepared.data.window,
    features: prepared.panel.columns.map(({ name }) => name),
    classes: prepared.labels.classNames,
    scaler: { mean: prepared.scaler.mean, std: prepared.scaler.std, clip: config.features.clipSigma },
    ...(prepared.target && { target: { kind: config.label.kind, ...prepared.target } }),
  };
}

export interface NetworkRun {
  /** Where its checkpoint, its log and its model go. */
  readonly folder: string;
  readonly checkpointFolder: string;
  readonly data: TrainingData;
  readonly options: TrainingOptions;
}

export interface NetworkResult {
  readonly trained: TrainedModel;
  readonly parameters: number;
  /** Deployable ONNX model. */
  readonly onnx: Uint8Array;
  /** [test rows × classes]; of a label that is a number, its forecasts as standardised */
  readonly outputs: Float32Array;
  /** What the provider was instead of the one asked for; null where there is nothing to say. */
  readonly note: string | null;
}

/** Trains the network, or takes its training up where it stopped, and forecasts the test rows. */
export async function runNetwork(
  prepared: Prepared,
  config: ExperimentConfig,
  run: NetworkRun,
  services: Services,
): Promise<NetworkResult> {
  const model = trainableModel(config, run.data, metadataOf(prepared, config));
  const log = (history: readonly EpochRecord[]) =>
    writeFileAtomically(
      join(run.folder, 'training.jsonl'),
      history.map((record) => `${JSON.stringify(record)}\n`).join(''),
    );
  const trained = await train(model, run.data, run.options, {
    ...services,
    checkpoint: { directory: run.checkpointFolder, everyMinutes: config.training.checkpointMinutes },
    onEpoch: (_record, history) => log(history),
  });
  log(trained.history);
  const onnx = model.inference(trained.params, trained.state);
  writeFileAtomically(join(run.folder, 'model.onnx'), onnx);
  const { workers, provider } = run.options;
  let note: string | null = null;
  const onNote = (line: string) => {
    note = line;
    services.onNote?.(line);
  };
  const outputs = await predict(onnx, run.data, prepared.testRows, { workers, provider, ...services, onNote });
  return { trained, parameters: model.program.paramCount, onnx, outputs, note };
}
