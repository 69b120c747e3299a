/**
 * What the graph side hands to the runtime: one ONNX model that computes loss, logits, gradients and batch statistics
 * of one local batch, all shapes static.
 */
export interface TrainingProgram {
  readonly model: Uint8Array;
  readonly batch: number;
  readonly window: number;
  readonly features: number;
  readonly classes: number;
  /** Trainable tensors, in the order of the flat parameter vector. Each is an input of the model under its name. */
  readonly params: readonly ParamSlot[];
  readonly paramCount: number;
  /** Running statistics of batch norm, in the order of the flat state vector; not inputs of the training model. */
  readonly state: readonly StateSlot[];
  readonly stateCount: number;
  /** float32 [batch × window × features] and soft targets float32 [batch × classes]. */
  readonly inputs: { readonly x: string; readonly target: string; readonly random: readonly RandomInput[] };
  readonly outputs: {
    /** Mean loss over the local batch, float32 []. */
    readonly loss: string;
    /** float32 [batch × classes]. */
    readonly logits: string;
    /** One per param, same order and shape. */
    readonly gradients: readonly string[];
    /** One per state slot, same order: this batch's mean, or its unbiased variance. */
    readonly statistics: readonly string[];
  };
  /** The printed graph, for people and snapshots. */
  readonly text: string;
}

export interface ParamSlot {
  readonly name: string;
  readonly shape: readonly number[];
  /** In floats, into the flat vector. */
  readonly offset: number;
  readonly size: number;
  readonly initializer: Initializer;
}

export type Initializer =
  | { readonly kind: 'xavier-uniform'; readonly fanIn: number; readonly fanOut: number }
  | { readonly kind: 'orthogonal'; readonly rows: number; readonly columns: number }
  | { readonly kind: 'constant'; readonly value: number };

export interface StateSlot {
  readonly name: string;
  readonly shape: readonly number[];
  readonly offset: number;
  readonly size: number;
  /** Value before training: 0 for a mean, 1 for a variance. */
  readonly initial: number;
  /** running ← (1 − momentum) · running + momentum · batch (PyTorch's convention, 0.1). */
  readonly momentum: number;
}

/** A tensor the host fills anew for every batch from the seeded generator. */
export interface RandomInput {
  readonly name: string;
  readonly shape: readonly number[];
  /** Inverted dropout: 1/keep with probability keep, else 0. */
  readonly kind: 'dropout';
  readonly keep: number;
}
