import { join } from 'node:path';
import { type Model, modelByName } from '../../models/index.js';
import type { ModelMetadata } from '../../onnx/index.js';
import {
  buildInferenceModel,
  buildTrainingProgram,
  type CheckpointOptions,
  checkOptions,
  type EpochRecord,
  localBatchSize,
  memberOptions,
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
    validationSamples: _drawnBefore,
    loss: wanted,
    ...options
  } = config.training;
  const loss = regressionLossOf(config.label, wanted);
  return loss === undefined ? options : { ...options, loss };
}

/** Refuses what the network or its training cannot do, before any data is read. @throws CONFIG_INVALID */
export function checkNetwork(config: ExperimentConfig): void {
  modelOf(config);
  const options = trainingOptionsOf(config);
  checkOptions(options);
  if (config.ensemble !== null) for (const member of memberOptions(options, config.ensemble)) checkOptions(member);
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
  /** [test rows × classes]; of a label that is a number, its forecasts as standardised */
  readonly outputs: Float32Array;
}

/**
 * Trains the network, or takes its training up where it stopped.
 * @param folder where its log goes, epoch by epoch; null keeps neither log nor checkpoint
 */
export async function trainNetwork(
  model: TrainableModel,
  data: TrainingData,
  options: TrainingOptions,
  places: { readonly folder: string; readonly checkpoint: CheckpointOptions } | null,
  services: Services,
): Promise<TrainedModel> {
  if (places === null) return train(model, data, options, services);
  const log = (history: readonly EpochRecord[]) =>
    writeFileAtomically(
      join(places.folder, 'training.jsonl'),
      history.map((record) => `${JSON.stringify(record)}\n`).join(''),
    );
  const { checkpoint } = places;
  const trained = await train(model, data, options, {
    ...services,
    checkpoint,
    onEpoch: (_record, history) => log(history),
  });
  log(trained.history);
  return trained;
}

/** Trains a network of its own and forecasts the test rows. */
export async function runNetwork(
  prepared: Prepared,
  config: ExperimentConfig,
  { folder, checkpointFolder, data, options }: NetworkRun,
  services: Services,
): Promise<NetworkResult> {
  const model = trainableModel(config, data, metadataOf(prepared, config));
  const checkpoint = { directory: checkpointFolder, everyMinutes: config.training.checkpointMinutes };
  const trained = await trainNetwork(model, data, options, { folder, checkpoint }, services);
  const onnx = model.inference(trained.params, trained.state);
  writeFileAtomically(join(folder, 'model.onnx'), onnx);
  const { workers, provider } = options;
  const outputs = await predict(onnx, data, prepared.testRows, { workers, provider, ...services });
  return { trained, parameters: model.program.paramCount, outputs };
}
