import type { TrainingProgram } from '../../onnx/index.js';
import type { ErrorCode } from '../../util/index.js';
import type { WasmMemory, WasmModule } from '../kernels/web-assembly.js';
import type { Provider, ProviderChoice } from '../providers.js';

/** A panel in shared memory; the window ending on row r is the contiguous rows r − window + 1 … r. */
export interface WindowSource {
  readonly values: Float32Array<SharedArrayBuffer>;
  readonly features: number;
  readonly window: number;
}

export interface AdamOptions {
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
}

export interface TrainingSetup {
  readonly program: TrainingProgram;
  readonly memory: WasmMemory;
  readonly kernels: WasmModule;
  readonly worker: number;
  readonly workers: number;
  readonly source: WindowSource;
  /** Training samples: panel row and class. */
  readonly rows: Int32Array<SharedArrayBuffer>;
  readonly classes: Uint8Array<SharedArrayBuffer>;
  readonly adam: AdamOptions;
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
  /** Parameter updates made before step 0 of this epoch: Adam's t and the random stream's position. */
  readonly updatesBefore: number;
  readonly learningRate: number;
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
