import type { EngineAugmentation } from '../runtime/index.js';
import type { TrainingData, TrainingOptions } from './types.js';

/** What the workers do to training samples; undefined when every augmentation is off, which then costs nothing. */
export function augmentationOf(
  { train }: Pick<TrainingData, 'train'>,
  { seed, mixup, noise, timeShift }: TrainingOptions,
): EngineAugmentation | undefined {
  if (!mixup && !noise && !timeShift) return undefined;
  return {
    seed,
    mixupAlpha: mixup?.alpha ?? null,
    noiseSigma: noise?.sigma ?? null,
    maxShift: timeShift && train.maxShift ? train.maxShift.map((most) => Math.min(most, timeShift.maxSessions)) : null,
  };
}
