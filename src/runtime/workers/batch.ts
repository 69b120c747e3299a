import { createRng } from '../../util/index.js';
import type { Kernels } from '../kernels/kernels.js';
import { batchStride } from '../memory-sizes.js';
import type { TrainingMemory } from '../training-memory.js';
import { drawMixing } from './mixup.js';
import type { Augmentation, StepPlan, TrainingSetup } from './protocol.js';
import type { WorkerTensors } from './tensors.js';
import { gatherWindows } from './windows.js';

/** Puts a worker's share of a step's batch into its tensors `x` and `target`. */
export type FillBatch = (plan: StepPlan, step: number) => void;

/**
 * The batch as it is: the windows of the samples and their targets, by class or each its own. With augmentation, in this order: each
 * window may end earlier (time shift), samples are mixed (mixup), noise is added. Every draw is a pure function of
 * seed, update and worker, so that a resumed training draws what the uninterrupted one would have drawn.
 */
export function createBatch(
  setup: TrainingSetup,
  memory: TrainingMemory,
  kernels: Kernels,
  tensors: WorkerTensors,
): FillBatch {
  const { program, worker, workers, source, targets, augmentation } = setup;
  const { batch, classes } = program;
  const rows = new Int32Array(batch);
  const chosen = new Int32Array(batch);
  const alter = augmentation && createAlteration(augmentation, setup, memory, kernels, tensors);
  const shifts = augmentation?.maxShift ?? null;

  return (plan, step) => {
    const first = step * batch * workers + worker * batch;
    for (let i = 0; i < batch; i++) {
      const sample = plan.order[first + i];
      chosen[i] = sample;
      rows[i] = setup.rows[sample];
      const label = setup.classes === null ? sample : setup.classes[sample];
      for (let c = 0; c < classes; c++) tensors.target[i * classes + c] = targets[label * classes + c];
    }
    const update = plan.updatesBefore + step;
    if (augmentation && shifts) shiftBack(rows, chosen, shifts, augmentation.seed, update, worker);
    if (alter) alter(rows, update);
    else gatherWindows(source, rows, batch, tensors.x);
  };
}

/** Moves each window 0 … maxShift[sample] sessions back, all equally likely: never forward, which would look ahead. */
function shiftBack(
  rows: Int32Array,
  samples: Int32Array,
  maxShift: Uint8Array,
  seed: number,
  update: number,
  worker: number,
): void {
  const rng = createRng(seed, 'time shift', update, worker);
  for (let i = 0; i < rows.length; i++) rows[i] -= rng.int(maxShift[samples[i]] + 1);
}

/** Mixup and noise, made in the worker's scratch memory by the kernels; null where both are off. */
function createAlteration(
  { mixupAlpha, noiseSigma, seed }: Augmentation,
  { program, worker, workers, source }: TrainingSetup,
  memory: TrainingMemory,
  kernels: Kernels,
  { x, target }: WorkerTensors,
): ((rows: Int32Array, update: number) => void) | null {
  if (mixupAlpha === null && noiseSigma === null) return null;
  const { batch, window, features, classes } = program;
  const size = window * features;
  const stride = batchStride(batch * size);
  const scratch = memory.scratch[worker];
  const gathered = memory.layout.scratch + worker * memory.layout.scratchStride;
  // Mixed from the first batch of the scratch into the second.
  const made = mixupAlpha === null ? 0 : stride;
  const pointer = gathered + made * 4;
  const plain = new Float32Array(batch * classes);
  const noiseKey = streamKey(seed);

  return (rows, update) => {
    gatherWindows(source, rows, batch, scratch);
    if (mixupAlpha !== null) {
      const { weight, partners } = drawMixing(mixupAlpha, batch, seed, update, worker);
      plain.set(target);
      for (let i = 0; i < batch; i++) {
        const partner = partners[i];
        kernels.mix(pointer + i * size * 4, gathered + i * size * 4, gathered + partner * size * 4, size, weight);
        for (let c = 0; c < classes; c++) {
          target[i * classes + c] = weight * plain[i * classes + c] + (1 - weight) * plain[partner * classes + c];
        }
      }
    }
    if (noiseSigma !== null) {
      const counter = BigInt(update * workers + worker) * BigInt(stride / 2);
      kernels.addNormal(pointer, stride, noiseKey, counter, noiseSigma);
    }
    x.set(scratch.subarray(made, made + x.length));
  };
}

function streamKey(seed: number): bigint {
  const rng = createRng(seed, 'noise');
  return (BigInt(rng.bits()) << 32n) | BigInt(rng.bits());
}
