import { createRng } from '../../util/index.js';
import type { Tree } from './ensemble.js';
import type { ForestJob } from './forest.js';
import { TreeGrower } from './grow-tree.js';

/** Tree t of a forest; it depends on the seed and t only, not on who grows it, or when. */
export function growForestTree({
  binned,
  labels,
  classes,
  options,
}: Omit<ForestJob, 'kind' | 'next'>): (t: number) => Tree {
  const { maxFeatures, seed } = options;
  const { width } = binned;
  const featuresPerSplit =
    maxFeatures === 'all'
      ? width
      : Math.max(1, Math.floor(maxFeatures === 'sqrt' ? Math.sqrt(width) : maxFeatures * width));
  const grower = new TreeGrower(binned, labels, classes, { ...options, featuresPerSplit });
  return (t) => grower.grow(createRng(seed, 'random forest', t));
}
