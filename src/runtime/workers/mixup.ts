import { createRng, shuffle } from '../../util/index.js';
import { symmetricBeta } from './beta.js';

/** One worker's mixing of one batch: sample i becomes weight · sample i + (1 − weight) · sample partners[i]. */
export interface Mixing {
  readonly weight: number;
  readonly partners: Int32Array;
}

/**
 * Mixup (Zhang, Cissé, Dauphin and Lopez-Paz 2018) as the authors' code has it: one weight from Beta(α, α) for a
 * batch, partners from a permutation of it. A worker's batch is its share, as with PyTorch's data parallelism. A pure
 * function of seed, update and worker.
 */
export function drawMixing(alpha: number, batch: number, seed: number, update: number, worker: number): Mixing {
  const rng = createRng(seed, 'mixup', update, worker);
  const weight = symmetricBeta(alpha, rng);
  const partners = shuffle(
    Int32Array.from({ length: batch }, (_, i) => i),
    rng,
  );
  return { weight, partners };
}
