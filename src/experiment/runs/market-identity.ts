import { resolve } from 'node:path';
import { z } from 'zod';
import type { MarketStore } from '../../market/index.js';

export const marketIdentitySchema = z.object({ contentHash: z.string(), path: z.string(), synthetic: z.boolean() });

/** Which market something was evaluated on. */
export type MarketIdentity = z.infer<typeof marketIdentitySchema>;

export function marketIdentity({ dir, manifest }: Pick<MarketStore, 'dir' | 'manifest'>): MarketIdentity {
  return { contentHash: manifest.contentHash, path: resolve(dir), synthetic: manifest.truth !== undefined };
}

/**
 * A real store that was extended since holds the same days of the same market; of a synthetic one another seed makes another
 * market, so there the content decides.
 */
export function isSameMarket(a: MarketIdentity, b: MarketIdentity): boolean {
  const real = !a.synthetic && !b.synthetic;
  return a.contentHash === b.contentHash || (real && a.path === b.path);
}
