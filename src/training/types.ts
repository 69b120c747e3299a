import type { TrainingProgram } from '../onnx/index.js';
import type { OptimiserOptions, Provider } from '../runtime/index.js';
import type { Schedule, WarmUp } from './schedule.js';

/** Where a sample is: its window ends on panel row `rows[i]` and has the class `classes[i]`, or the number `targets[i]`. */
export interface SampleSet {
  readonly rows: Int32Array;
  /** Not read where there are targets. */
  readonly classes: Uint8Array;
  /** What a regression is to forecast, in the units of its loss; absent where samples have classes. */
  readonly targets?: Float32Array;
  /** How many sessions earlier sample i's window may end and still be a whole window of the same instrument; for `timeShift`. */
  readonly maxShift?: Uint8Array;
}

/** What training reads: the standardised panel, in shared memory, and samples as rows of it. */
export interface TrainingData {
  readonly values: Float32Array<SharedArrayBuffer>;
  readonly features: number;
  readonly window: number;
  /** Outputs of the network: the number of classes, or 1 where the samples have targets. */
  readonly classes: number;
  readonly train: SampleSet;
  readonly validation: SampleSet;
}

/** Losses of a regression: mean squared error, or Huber's with δ 1 in the units of the targets. */
export type RegressionLoss = 'mse' | 'huber';

export type ClassWeights = 'balanced' | readonly number[];

/** The augmentations and the target's options change what is trained on; validation sees neither. */
export interface TrainingOptions {
  readonly seed: number;
  /** Worker threads, one ONNX Runtime session each; part of what fixes the bits. */
  readonly workers: number;
  /** Global batch, divided evenly over the workers. */
  readonly batchSize: number;
  readonly maxEpochs: number;
  /** Ends after this epoch without shortening the schedule, whose length stays `maxEpochs`; absent is no such end. */
  readonly stopAfterEpochs?: number;
  /** Epochs without a better validation loss before stopping. */
  readonly patience: number;
  readonly learningRate: number;
  readonly schedule: Schedule;
  /** Multiplies the schedule's rate; absent or null is none. */
  readonly warmUp?: WarmUp | null;
  readonly optimiser: OptimiserOptions;
  /** Global-norm gradient clipping; null is off. */
  readonly clipNorm: number | null;
  /** Samples drawn per epoch, without replacement; null is all. */
  readonly samplesPerEpoch: number | null;
  /** Of a regression; absent where samples have classes, whose loss is the cross-entropy. */
  readonly loss?: RegressionLoss;
  /** ε of the smoothed targets (1 − ε)·onehot + ε/classes (Szegedy et al. 2016); absent or 0 is off. */
  readonly labelSmoothing?: number;
  /** `balanced`, or one number a class, brought to a mean of 1 over the training samples; absent or null is off. */
  readonly classWeights?: ClassWeights | null;
  /** Mixes pairs of samples, the weight from Beta(α, α) (Zhang et al. 2018); absent or null is off. */
  readonly mixup?: { readonly alpha: number } | null;
  /** Adds normal noise of this deviation to the standardised inputs; absent or null is off. */
  readonly noise?: { readonly sigma: number } | null;
  /** Moves training windows back by 0 … maxSessions sessions, as far as `SampleSet.maxShift` allows; absent or null is off. */
  readonly timeShift?: { readonly maxSessions: number } | null;
  /** Default `cpu`. */
  readonly provider?: Provider;
}

export interface EpochRecord {
  readonly epoch: number;
  /** Mean of what was minimised: with smoothing, class weights, mixup or adversarial examples no plain cross-entropy. */
  readonly trainLoss: number;
  /** Plain cross-entropy, in nats, on samples as they are; of a regression its loss. */
  readonly validationLoss: number;
  /** Null for a regression. */
  readonly validationAccuracy: number | null;
  /** Pearson's, of forecasts and targets over all validation samples; null while all forecasts are alike, absent for classes. */
  readonly validationCorrelation?: number | null;
  /** Of the epoch's last step. */
  readonly learningRate: number;
  /** Mean global gradient norm before clipping. */
  readonly gradientNorm: number;
  readonly samples: number;
  /** Wall time; shown, never compared. */
  readonly seconds: number;
}

/** Weights and running statistics of a network, flat, in the order of its program's slots. */
export interface InitialWeights {
  readonly params: Float32Array;
  readonly state: Float32Array;
}

export interface TrainedModel extends InitialWeights {
  readonly bestEpoch: number;
  readonly history: readonly EpochRecord[];
}

/** An architecture as the loop sees it: its training graph, and the model to deploy with given weights. */
export interface TrainableModel {
  /** For one worker's share of the batch: `program.batch` = batchSize / workers. */
  readonly program: TrainingProgram;
  /** ONNX model: `x` [batch × window × features] → `probabilities` [batch × classes], or `forecast` [batch × 1]. */
  readonly inference: (params: Float32Array, state: Float32Array) => Uint8Array;
}
