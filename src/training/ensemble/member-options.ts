import { CandlenetError, createRng } from '../../util/index.js';
import type { TrainingOptions } from '../types.js';

/** Augmentations that a member is trained with in place of the training's own; what is left out stays as it is there. */
export type AugmentationVariant = Pick<TrainingOptions, 'noise' | 'timeShift' | 'mixup'>;

export interface EnsemblePlan {
  readonly members: number;
  /** In what members differ. */
  readonly vary: readonly ('seed' | 'augmentation')[];
  /** Member i has variant i modulo their number. */
  readonly variants: readonly AugmentationVariant[];
}

/**
 * The trainings of an ensemble's members (deep ensembles; Lakshminarayanan, Pritzel and Blundell 2017). The first keeps the
 * training's own seed, so that with an empty first variant it is the network that would be trained alone.
 * @throws CONFIG_INVALID where two members would be the same network
 */
export function memberOptions(base: TrainingOptions, { members, vary, variants }: EnsemblePlan): TrainingOptions[] {
  const seeds = vary.includes('seed');
  const augments = vary.includes('augmentation');
  const distinct = new Set(variants.map((variant) => JSON.stringify(variant))).size;
  if (augments && variants.length === 0) {
    throw new CandlenetError('CONFIG_INVALID', 'ensemble.variants: found none, expected at least one to vary by');
  }
  if (!seeds && (!augments || distinct < members)) {
    const found = `${members} members that differ in ${augments ? `${distinct} augmentations` : 'nothing'}`;
    throw new CandlenetError('CONFIG_INVALID', `ensemble.vary: found ${found}, expected seed, or as many variants`);
  }
  return Array.from({ length: members }, (_, i) => ({
    ...base,
    ...(augments && variants[i % variants.length]),
    seed: seeds && i > 0 ? createRng(base.seed, 'ensemble member', i).bits() : base.seed,
  }));
}
