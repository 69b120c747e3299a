import { CandlenetError, silentProgress } from '../../util/index.js';
import { onThreads, type ThreadHooks } from '../on-threads.js';
import type { SampleSource } from '../samples.js';
import { type BinnedSamples, sameJob, TREE_WORKER } from './binned.js';
import { checkTreeData } from './check-data.js';
import { joinTrees, sumOfLeaves, type Tree, type TreeEnsemble } from './ensemble.js';

export interface ForestOptions {
  readonly trees: number;
  /** Null for no limit. */
  readonly maxDepth: number | null;
  /** Draws of the bootstrap that a leaf must hold. */
  readonly minSamplesLeaf: number;
  /** Features tried at each split: the square root of their number, all, or a share of them. */
  readonly maxFeatures: 'sqrt' | 'all' | number;
  /** Whether each tree sees its own draw of the samples, with replacement. */
  readonly bootstrap: boolean;
  readonly seed: number;
}

/** scikit-learn's. */
export const DEFAULT_FOREST: ForestOptions = {
  trees: 100,
  maxDepth: null,
  minSamplesLeaf: 1,
  maxFeatures: 'sqrt',
  bootstrap: true,
  seed: 0,
};

export interface ForestJob {
  readonly kind: 'forest';
  readonly binned: BinnedSamples;
  readonly labels: Uint8Array;
  readonly classes: number;
  readonly options: ForestOptions;
  /** Next tree to grow. */
  readonly next: Int32Array<SharedArrayBuffer>;
}

export type ForestMessage = { readonly kind: 'tree'; readonly t: number; readonly tree: Tree };

function check({ trees, maxDepth, minSamplesLeaf, maxFeatures }: ForestOptions): void {
  const wrong = (key: string, found: unknown, expected: string) =>
    new CandlenetError('CONFIG_INVALID', `randomForest.${key}: found ${found}, expected ${expected}`);
  const atLeastOne = (value: number) => Number.isInteger(value) && value >= 1;
  if (!atLeastOne(trees)) throw wrong('trees', trees, 'an integer of at least 1');
  if (maxDepth !== null && !atLeastOne(maxDepth)) throw wrong('maxDepth', maxDepth, 'null or an integer of at least 1');
  if (!atLeastOne(minSamplesLeaf)) throw wrong('minSamplesLeaf', minSamplesLeaf, 'an integer of at least 1');
  if (typeof maxFeatures === 'number' && !(maxFeatures > 0 && maxFeatures <= 1)) {
    throw wrong('maxFeatures', maxFeatures, 'sqrt, all, or a share above 0 and up to 1');
  }
}

/**
 * A random forest (Breiman 2001) on binned samples: trees by Gini impurity, grown on `workers` threads. The bits depend on
 * the seed, not on the number of workers.
 * @param labels class of each sample
 * @throws TABLE_INVALID, CONFIG_INVALID, INTERRUPTED, RUNTIME_FAILED
 */
export async function fitForest(
  binned: BinnedSamples,
  labels: Uint8Array,
  classes: number,
  options: ForestOptions,
  workers: number,
  hooks: ThreadHooks = {},
): Promise<TreeEnsemble> {
  check(options);
  checkTreeData('random forest', binned, labels, classes);
  const task = (hooks.progress ?? silentProgress).start('Random forest', options.trees, 'trees');
  const next = new Int32Array(new SharedArrayBuffer(4));
  const job: ForestJob = { kind: 'forest', binned, labels, classes, options, next };
  const trees = new Array<Tree>(options.trees);
  let grown = 0;
  const jobs = sameJob(job, workers, options.trees);
  try {
    const work = { what: 'growing the random forest', module: TREE_WORKER, jobs };
    await onThreads<ForestMessage>(
      work,
      ({ t, tree }) => {
        trees[t] = tree;
        task.update(++grown);
      },
      hooks,
    );
  } finally {
    task.end();
  }
  return joinTrees(trees, { width: binned.width, outputs: classes, valuesPerLeaf: classes });
}

/** Mean of the trees' class shares, float32 [samples × classes]. @throws TABLE_INVALID */
export function forestProbabilities(forest: TreeEnsemble, source: SampleSource): Float32Array {
  return Float32Array.from(sumOfLeaves(forest, source), (sum) => sum / forest.roots.length);
}
