import type { Kernels } from '../kernels/kernels.js';
import type { TrainingMemory } from '../training-memory.js';
import type { TrainingSetup } from './protocol.js';

/** A stretch of the flat parameter vector, in floats. */
export interface Span {
  readonly first: number;
  readonly count: number;
}

/** Changes a worker's slice of the parameters by the mean gradient times `clip`, as update number `update` (from 1). */
export type Optimise = (clip: number, update: number, learningRate: number) => void;

type Decay = Pick<TrainingSetup, 'program' | 'optimiser'>;

/** The parts of `slice` that weight decay pulls towards zero. */
export function decayedSpans({ program, optimiser }: Decay, slice: Span): Span[] {
  if (optimiser.kind === 'adam' || optimiser.weightDecay === 0) return [];
  const end = slice.first + slice.count;
  return program.params
    .filter(({ shape }) => optimiser.decayed === 'all' || shape.length >= 2)
    .map(({ offset, size }) => {
      const first = Math.max(offset, slice.first);
      return { first, count: Math.min(offset + size, end) - first };
    })
    .filter(({ count }) => count > 0);
}

export function createOptimiser(
  setup: Decay,
  { layout }: Pick<TrainingMemory, 'layout'>,
  kernels: Kernels,
  slice: Span,
): Optimise {
  const { optimiser } = setup;
  const spans = decayedSpans(setup, slice);
  const place = (array: number, first = slice.first) => array + first * 4;
  const { count } = slice;
  const params = place(layout.params);
  const gradients = place(layout.meanGradient);
  const states = layout.optimiser.map((array) => place(array));

  if (optimiser.kind === 'sgd') {
    const { momentum, nesterov, weightDecay } = optimiser;
    return (clip, _update, learningRate) => {
      if (clip !== 1) kernels.scale(gradients, count, clip);
      // Coupled decay, the derivative of an L2 penalty: g ← g + λp.
      for (const { first, count: decayed } of spans) {
        kernels.addScaled(place(layout.meanGradient, first), place(layout.params, first), decayed, weightDecay);
      }
      kernels.sgd(params, states[0] ?? 0, gradients, count, momentum, nesterov, learningRate);
    };
  }

  const { beta1, beta2, epsilon } = optimiser;
  return (clip, update, learningRate) => {
    if (optimiser.kind === 'adamw') {
      // Decoupled decay (Loshchilov and Hutter 2019, algorithm 2): p ← (1 − rate · λ)p before Adam's step.
      const kept = 1 - learningRate * optimiser.weightDecay;
      for (const { first, count: decayed } of spans) kernels.scale(place(layout.params, first), decayed, kept);
    }
    kernels.adam(
      params,
      states[0],
      states[1],
      gradients,
      count,
      clip,
      beta1,
      1 - beta1,
      beta2,
      1 - beta2,
      learningRate / (1 - beta1 ** update),
      Math.sqrt(1 - beta2 ** update),
      epsilon,
    );
  };
}
