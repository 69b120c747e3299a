import type { TrainingProgram } from '../../onnx/index.js';
import type { ErrorCode, WasmMemory, WasmModule } from '../../util/index.js';
import type { Provider, ProviderChoice } from '../providers.js';

/** A panel in shared memory; the window ending on row r is the contiguous rows r − window + 1 … r. */
export interface WindowSource {
  readonly values: Float32Array<SharedArrayBuffer>;
  readonly features: number;
  readonly window: number;
}

/** Which parameters weight decay pulls towards zero: all of them, or those with two axes or more (no bias, no norm). */
export type DecayedParams = 'all' | 'kernels';

/** The rule that turns gradients into steps; each is PyTorch's optimiser of the same name, in the same arithmetic. */
export type OptimiserOptions =
  | { readonly kind: 'adam'; readonly beta1: number; readonly beta2: number; readonly epsilon: number }
  | {
      readonly kind: 'adamw';
      readonly beta1: number;
      readonly beta2: number;
      readonly epsilon: number;
      readonly weightDecay: number;
      readonly decayed: DecayedParams;
    }
  | {
      readonly kind: 'sgd';
      readonly momentum: number;
      readonly nesterov: boolean;
      readonly weightDecay: number;
      readonly decayed: DecayedParams;
    };

/** What is done to training samples before the network sees them; null is off. */
export interface Augmentation {
  readonly seed: number;
  /** α of Beta(α, α), from which each batch's mixing weight is drawn. */
  readonly mixupAlpha: number | null;
  /** Deviation of the normal noise added to every input, in the inputs' units. */
  readonly noiseSigma: number | null;
  /** Sessions by which each sample's window may be moved back in time. */
  readonly maxShift: Uint8Array<SharedArrayBuffer> | null;
}

export interface TrainingSetup {
  readonly program: TrainingProgram;
  readonly memory: WasmMemory;
  readonly kernels: WasmModule;
  readonly worker: number;
  readonly workers: number;
  readonly source: WindowSource;
  /** Training samples: panel row and class; classes are null where each sample has a target of its own. */
  readonly rows: Int32Array<SharedArrayBuffer>;
  readonly classes: Uint8Array<SharedArrayBuffer> | null;
  /** [classes × classes]: row k is the target of a sample of class k; or [samples × 1]. */
  readonly targets: Float32Array;
  readonly augmentation: Augmentation | null;
  readonly optimiser: OptimiserOptions;
  readonly clipNorm: number | null;
  /** One per random input of the program. */
  readonly randomKeys: readonly bigint[];
  readonly provider: Provider;
}

/** Steps `from` (inclusive) to `to` (exclusive) of one epoch; step s takes samples order[s·B … s·B + B − 1]. */
export interface StepPlan {
  readonly order: Int32Array<SharedArrayBuffer>;
  readonly from: number;
  readonly to: number;
  /** Parameter updates made before step 0 of this epoch: Adam's t and the random streams' position. */
  readonly updatesBefore: number;
  /** One per step of the epoch, whatever `from` is. */
  readonly learningRates: Float64Array;
}

export interface StepOutcome {
  /** The step to go on with; `plan.to` when all are done. */
  readonly next: number;
  /** The gradient of step `next` is not finite; it was not applied. */
  readonly diverged: boolean;
}

export interface InferenceSetup {
  readonly model: Uint8Array;
  readonly source: WindowSource;
  readonly classes: number;
  /** Windows of one run; part of what fixes the bits. */
  readonly chunk: number;
  readonly provider: Provider;
}

export interface PredictionJob {
  readonly rows: Int32Array<SharedArrayBuffer>;
  /** [rows × classes] */
  readonly probabilities: Float32Array<SharedArrayBuffer>;
  /** [next chunk, stop]: workers draw chunks from it. */
  readonly cursor: Int32Array<SharedArrayBuffer>;
}

/** What a worker thread can be asked, and what it answers. */
export interface Tasks {
  openTraining: { request: TrainingSetup; reply: ProviderChoice };
  runSteps: { request: StepPlan; reply: StepOutcome };
  openInference: { request: InferenceSetup; reply: ProviderChoice };
  predict: { request: PredictionJob; reply: null };
}
export type TaskName = keyof Tasks;

export interface TaskMessage<N extends TaskName = TaskName> {
  readonly id: number;
  readonly name: N;
  readonly request: Tasks[N]['request'];
}

export type TaskAnswer =
  | { readonly id: number; readonly reply: Tasks[TaskName]['reply'] }
  | { readonly id: number; readonly error: { readonly code: ErrorCode; readonly message: string } };
