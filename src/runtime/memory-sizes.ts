import { LANES } from './kernels/kernels.js';
import type { MemorySizes } from './training-memory.js';
import type { OptimiserOptions, TrainingSetup } from './workers/protocol.js';

/** Arrays as long as the parameters that an optimiser keeps: Adam's two moments, SGD's velocity. */
function optimiserArrays(optimiser: OptimiserOptions): number {
  if (optimiser.kind === 'sgd') return optimiser.momentum === 0 ? 0 : 1;
  return 2;
}

/** What a training shares. The scratch holds one random input at a time, or a batch that is noised, or two that are mixed. */
export function memorySizes({
  program,
  optimiser,
  augmentation,
}: Pick<TrainingSetup, 'program' | 'optimiser' | 'augmentation'>): MemorySizes {
  const { batch, window, features } = program;
  const randomInputs = program.inputs.random.map(({ shape }) => shape.reduce((a, b) => a * b, 1));
  const inputs = batchStride(batch * window * features);
  let batches = 0;
  if (augmentation && augmentation.noiseSigma !== null) batches = 1;
  if (augmentation && augmentation.mixupAlpha !== null) batches = 2;
  return {
    paramCount: program.paramCount,
    stateCount: program.stateCount,
    optimiserArrays: optimiserArrays(optimiser),
    scratchCount: Math.max(batches * inputs, ...randomInputs),
  };
}

/** Floats from one batch in the scratch to the next. */
export const batchStride = (count: number): number => Math.ceil(count / LANES) * LANES;
