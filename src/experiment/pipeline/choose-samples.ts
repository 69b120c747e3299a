import { type Rng, shuffle } from '../../util/index.js';

/** Positions of `limit` samples of `count`, drawn without replacement, ascending; null for all. */
export function chooseSamples(count: number, limit: number | null, rng: Rng): Int32Array | null {
  if (limit === null || limit >= count) return null;
  const positions = Int32Array.from({ length: count }, (_, i) => i);
  return shuffle(positions, rng).slice(0, limit).sort();
}
