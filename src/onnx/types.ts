import type { ParamSlot, RandomInput, StateSlot } from '../tensor/index.js';

export type { Initializer, ParamSlot, RandomInput, StateSlot } from '../tensor/index.js';

/**
 * What the graph side hands to the runtime: one ONNX model that computes loss, logits, gradients and batch statistics
 * of one local batch, all shapes static.
 */
export interface TrainingProgram {
  readonly model: Uint8Array;
  readonly batch: number;
  readonly window: number;
  readonly features: number;
  /** Outputs of the network; 1 is a regression's. */
  readonly classes: number;
  /** Trainable tensors, in the order of the flat parameter vector. Each is an input of the model under its name. */
  readonly params: readonly ParamSlot[];
  readonly paramCount: number;
  /** Running statistics of batch norm, in the order of the flat state vector; not inputs of the training model. */
  readonly state: readonly StateSlot[];
  readonly stateCount: number;
  /** float32 [batch × window × features] and targets float32 [batch × classes], soft where they are of classes. */
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
