import type { TrainingOptions } from './types.js';

/** Learning rate of an epoch, counted from 1. */
export function learningRateOf(
  epoch: number,
  options: Pick<TrainingOptions, 'learningRate' | 'schedule' | 'maxEpochs'>,
): number {
  const { learningRate, schedule, maxEpochs } = options;
  const elapsed = epoch - 1;
  switch (schedule.kind) {
    case 'constant':
      return learningRate;
    case 'step':
      return learningRate * schedule.factor ** Math.floor(elapsed / schedule.everyEpochs);
    case 'cosine': {
      // Loshchilov and Hutter 2017, eq. 5, without restarts.
      const { finalRate } = schedule;
      return finalRate + ((learningRate - finalRate) * (1 + Math.cos((Math.PI * elapsed) / maxEpochs))) / 2;
    }
  }
}
