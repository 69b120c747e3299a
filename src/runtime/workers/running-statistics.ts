import type { StateSlot } from '../../onnx/index.js';

/** running ← (1 − momentum) · running + momentum · mean over the workers of their batch's statistic. */
export function updateRunningStatistics(
  slots: readonly Pick<StateSlot, 'offset' | 'size' | 'momentum'>[],
  running: Float32Array,
  perWorker: readonly Float32Array[],
): void {
  for (const { offset, size, momentum } of slots) {
    for (let i = offset; i < offset + size; i++) {
      let sum = 0;
      for (const own of perWorker) sum += own[i];
      running[i] = (1 - momentum) * running[i] + (momentum * sum) / perWorker.length;
    }
  }
}
