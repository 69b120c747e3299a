import { CandlenetError, concatenate } from '../../util/index.js';
import { type SampleSource, samplesBetween, widthOf } from '../samples.js';

/**
 * Binary trees in preorder: the left child of node i is node i + 1. A sample goes left where its feature is at most the
 * threshold, both in single precision, as in ONNX's BRANCH_LEQ.
 */
export interface Tree {
  /** −1 at a leaf. */
  readonly feature: Int32Array;
  readonly threshold: Float32Array;
  /** The right child; at a leaf where its values begin. */
  readonly next: Int32Array;
  readonly values: Float32Array;
}

export interface TreeEnsemble extends Tree {
  readonly width: number;
  readonly outputs: number;
  /** Values of a leaf: one for each output, or a single one, which tree t adds to output t modulo `outputs`. */
  readonly valuesPerLeaf: number;
  /** First node of each tree. */
  readonly roots: Int32Array;
}

/** Trees one after another, their links moved along. */
export function joinTrees(
  trees: readonly Tree[],
  shape: Pick<TreeEnsemble, 'width' | 'outputs' | 'valuesPerLeaf'>,
): TreeEnsemble {
  const roots = new Int32Array(trees.length);
  const next: Int32Array[] = [];
  let nodes = 0;
  let values = 0;
  trees.forEach((tree, t) => {
    roots[t] = nodes;
    const [firstNode, firstValue] = [nodes, values];
    next.push(tree.next.map((link, i) => link + (tree.feature[i] < 0 ? firstValue : firstNode)));
    nodes += tree.feature.length;
    values += tree.values.length;
  });
  return {
    ...shape,
    roots,
    feature: concatenate(
      Int32Array,
      trees.map(({ feature }) => feature),
    ),
    threshold: concatenate(
      Float32Array,
      trees.map(({ threshold }) => threshold),
    ),
    next: concatenate(Int32Array, next),
    values: concatenate(
      Float32Array,
      trees.map(({ values }) => values),
    ),
  };
}

/** Samples worked on together, so that a tree stays in the processor's cache for all of them. */
const BLOCK = 1024;

/** Sum of the leaves that each sample falls into, float64 [samples × outputs]. @throws TABLE_INVALID */
export function sumOfLeaves(ensemble: TreeEnsemble, source: SampleSource): Float64Array {
  const { width, outputs, valuesPerLeaf, roots, feature, threshold, next, values } = ensemble;
  if (widthOf(source) !== width) {
    throw new CandlenetError('TABLE_INVALID', `trees: found ${widthOf(source)} features, expected ${width}`);
  }
  const samples = source.rows.length;
  const sums = new Float64Array(samples * outputs);
  for (let from = 0; from < samples; from += BLOCK) {
    const to = Math.min(samples, from + BLOCK);
    const block = samplesBetween(source, from, to);
    for (let t = 0; t < roots.length; t++) {
      const target = valuesPerLeaf === 1 ? t % outputs : 0;
      for (let i = from, at = 0; i < to; i++, at += width) {
        let node = roots[t];
        for (let f = feature[node]; f >= 0; f = feature[node]) {
          node = block[at + f] <= threshold[node] ? node + 1 : next[node];
        }
        const leaf = next[node];
        const out = i * outputs + target;
        for (let k = 0; k < valuesPerLeaf; k++) sums[out + k] += values[leaf + k];
      }
    }
  }
  return sums;
}
