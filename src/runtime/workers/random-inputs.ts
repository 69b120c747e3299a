import { type Kernels, LANES } from '../kernels/kernels.js';
import type { TrainingMemory } from '../training-memory.js';
import type { TrainingSetup } from './protocol.js';
import type { WorkerTensors } from './tensors.js';

/** Fills the program's random inputs for update number `update` (from 0): a pure function of seed, update and worker. */
export function createRandomInputs(
  { program, worker, workers, randomKeys }: TrainingSetup,
  memory: TrainingMemory,
  kernels: Kernels,
  tensors: WorkerTensors,
): (update: number) => void {
  const pointer = memory.layout.scratch + worker * memory.layout.scratchStride;
  const inputs = program.inputs.random.map(({ keep }, i) => {
    const out = tensors.random[i];
    const padded = Math.ceil(out.length / LANES) * LANES;
    return { keep, key: randomKeys[i], out, padded, drawn: memory.scratch[worker].subarray(0, out.length) };
  });
  return (update) => {
    for (const { keep, key, out, padded, drawn } of inputs) {
      const counter = BigInt(update * workers + worker) * BigInt(padded / 2);
      kernels.fillDropout(pointer, padded, key, counter, keep);
      out.set(drawn);
    }
  };
}
