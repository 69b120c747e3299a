import type { Shape } from './types.js';

/** How a parameter starts. */
export type Initializer =
  | { readonly kind: 'xavier-uniform' | 'xavier-normal'; readonly fanIn: number; readonly fanOut: number }
  | { readonly kind: 'he-uniform' | 'he-normal'; readonly fanIn: number }
  | { readonly kind: 'orthogonal'; readonly rows: number; readonly columns: number }
  | { readonly kind: 'constant'; readonly value: number };

/** A trainable tensor and its place in the flat parameter vector. */
export interface ParamSlot {
  readonly name: string;
  readonly shape: Shape;
  /** In floats, into the flat vector. */
  readonly offset: number;
  readonly size: number;
  readonly initializer: Initializer;
}

/** A running statistic and its place in the flat state vector. */
export interface StateSlot {
  readonly name: string;
  readonly shape: Shape;
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
  readonly shape: Shape;
  /** Inverted dropout: 1/keep with probability keep, else 0. */
  readonly kind: 'dropout';
  readonly keep: number;
}
