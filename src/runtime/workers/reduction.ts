import type { Kernels } from '../kernels/kernels.js';
import type { TrainingMemory } from '../training-memory.js';
import type { Span } from './optimiser.js';

/** The workers' gradients brought together: each worker averages its slice, then all know the norm of the whole. */
export interface Reduction {
  /** Between the barrier after the gradients and the next. */
  averageSlice(): void;
  /** After that barrier: the norm of the mean gradient, the same bits for every worker. */
  globalNorm(): number;
}

export function createReduction(
  memory: TrainingMemory,
  kernels: Kernels,
  worker: number,
  workers: number,
  { first, count }: Span,
): Reduction {
  const { layout, squaredNorms } = memory;
  const slots = layout.gradients + first * 4;
  const mean = layout.meanGradient + first * 4;
  return {
    averageSlice() {
      squaredNorms[worker] = kernels.reduceGradients(mean, slots, layout.gradientStride, workers, count, 1 / workers);
    },
    globalNorm() {
      let squared = 0;
      for (let w = 0; w < workers; w++) squared += squaredNorms[w];
      return Math.sqrt(squared);
    },
  };
}

/** The factor that brings a gradient of this norm down to `limit`; the 1e-6 is torch.nn.utils.clip_grad_norm_'s. */
export const clipFactor = (norm: number, limit: number | null): number =>
  limit === null ? 1 : Math.min(1, limit / (norm + 1e-6));
