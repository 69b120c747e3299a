import type { TrainingProgram } from '../onnx/index.js';
import type { Provider } from '../runtime/index.js';

/** Where a sample is: its window ends on panel row `rows[i]` and has the class `classes[i]`. */
export interface SampleSet {
  readonly rows: Int32Array;
  readonly classes: Uint8Array;
}

/** What training reads: the standardised panel, in shared memory, and samples as rows of it. */
export interface TrainingData {
  readonly values: Float32Array<SharedArrayBuffer>;
  readonly features: number;
  readonly window: number;
  readonly classes: number;
  readonly train: SampleSet;
  readonly validation: SampleSet;
}

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
  readonly schedule:
    | { readonly kind: 'constant' }
    | { readonly kind: 'step'; readonly everyEpochs: number; readonly factor: number }
    | { readonly kind: 'cosine'; readonly finalRate: number };
  readonly adam: { readonly beta1: number; readonly beta2: number; readonly epsilon: number };
  /** Global-norm gradient clipping; null is off. */
  readonly clipNorm: number | null;
  /** Samples drawn per epoch, without replacement; null is all. */
  readonly samplesPerEpoch: number | null;
  /** Default `cpu`. */
  readonly provider?: Provider;
}

export interface EpochRecord {
  readonly epoch: number;
  readonly trainLoss: number;
  readonly validationLoss: number;
  readonly validationAccuracy: number;
  readonly learningRate: number;
  /** Mean global gradient norm before clipping. */
  readonly gradientNorm: number;
  readonly samples: number;
  /** Wall time; shown, never compared. */
  readonly seconds: number;
}

export interface TrainedModel {
  readonly params: Float32Array;
  readonly state: Float32Array;
  readonly bestEpoch: number;
  readonly history: readonly EpochRecord[];
}

/** An architecture as the loop sees it: its training graph, and the model to deploy with given weights. */
export interface TrainableModel {
  /** For one worker's share of the batch: `program.batch` = batchSize / workers. */
  readonly program: TrainingProgram;
  /** ONNX model: `x` [batch × window × features] → `probabilities` [batch × classes]. */
  readonly inference: (params: Float32Array, state: Float32Array) => Uint8Array;
}
