import { createRng, shuffle } from '../../util/index.js';
import type { BinnedSamples } from './binned.js';
import { CUTS, MAX_BINS } from './bins.js';
import type { Tree } from './ensemble.js';

/** What one boosted tree is grown by. */
export interface BoostedTreeOptions {
  readonly learningRate: number;
  readonly maxLeaves: number;
  /** Of either side of a split, as its share of the hessian tells (LightGBM's estimate). */
  readonly minSamplesLeaf: number;
  /** Least sum of second derivatives in a leaf. */
  readonly minHessianLeaf: number;
  readonly l2: number;
  /** Share of the samples that an iteration's trees see, drawn without replacement. */
  readonly rowShare: number;
  /** Share of the columns that a tree sees. */
  readonly columnShare: number;
  readonly seed: number;
}

/** Memory that the trees of all classes share. Scores are log-odds; [outputs × samples]. */
export interface BoostingData {
  readonly train: BinnedSamples;
  readonly scores: Float64Array<SharedArrayBuffer>;
  readonly gradients: Float32Array<SharedArrayBuffer>;
  readonly hessians: Float32Array<SharedArrayBuffer>;
  readonly validation: BinnedSamples | null;
  readonly validationScores: Float64Array<SharedArrayBuffer>;
}

interface Split {
  readonly gain: number;
  /** Position among the tree's columns. */
  readonly column: number;
  /** The last bin on the left. */
  readonly bin: number;
}

/** A leaf while the tree grows. */
interface Leaf {
  readonly node: number;
  readonly start: number;
  readonly end: number;
  readonly gradient: number;
  readonly hessian: number;
  /** Gradients and hessians by column and bin, in pairs. */
  readonly histogram: Float64Array;
  readonly split: Split | null;
}

interface Node {
  feature: number;
  bin: number;
  left: number;
  right: number;
  value: number;
}

/** A pair of sums for each bin. */
const STRIDE = 2 * MAX_BINS;

/**
 * Grows regression trees on first and second derivatives, best leaf first, by histograms: that of a leaf's larger child is the
 * leaf's less the smaller child's (LightGBM, Ke et al. 2017). Memory is kept from tree to tree.
 */
export class BoostedTreeGrower {
  readonly #data: BoostingData;
  readonly #options: BoostedTreeOptions;
  readonly #columns: Int32Array;
  readonly #histograms: Float64Array[] = [];
  /** Samples leaf by leaf, and beside each its derivatives. */
  readonly #rows: Int32Array;
  readonly #gradients: Float32Array;
  readonly #hessians: Float32Array;
  readonly #otherRows: Int32Array;
  readonly #otherGradients: Float32Array;
  readonly #otherHessians: Float32Array;

  constructor(data: BoostingData, options: BoostedTreeOptions) {
    this.#data = data;
    this.#options = options;
    const { samples, width } = data.train;
    this.#columns = new Int32Array(Math.max(1, Math.round(options.columnShare * width)));
    this.#rows = new Int32Array(samples);
    this.#gradients = new Float32Array(samples);
    this.#hessians = new Float32Array(samples);
    this.#otherRows = new Int32Array(samples);
    this.#otherGradients = new Float32Array(samples);
    this.#otherHessians = new Float32Array(samples);
  }

  /** The tree of an output in an iteration; adds what it says to the scores of that output. */
  grow(output: number, iteration: number): Tree {
    const { seed, maxLeaves, learningRate, l2 } = this.#options;
    this.#chooseColumns(createRng(seed, 'boosting columns', iteration, output));
    const bag = this.#chooseRows(output, createRng(seed, 'boosting rows', iteration));
    const spare = [...this.#histograms];
    const histogram = () => {
      const known = spare.pop();
      if (known) return known;
      const made = new Float64Array(this.#columns.length * STRIDE);
      this.#histograms.push(made);
      return made;
    };
    const nodes: Node[] = [{ feature: -1, bin: 0, left: -1, right: -1, value: 0 }];
    let gradient = 0;
    let hessian = 0;
    for (let i = 0; i < bag; i++) {
      gradient += this.#gradients[i];
      hessian += this.#hessians[i];
    }
    const root = histogram();
    this.#fill(root, 0, bag);
    const whole = { node: 0, start: 0, end: bag, gradient, hessian, histogram: root };
    const leaves: Leaf[] = [{ ...whole, split: this.#bestSplit(whole) }];
    while (leaves.length < maxLeaves) {
      let best = -1;
      leaves.forEach(({ split }, i) => {
        if (split !== null && split.gain > (leaves[best]?.split?.gain ?? 0)) best = i;
      });
      if (best < 0) break;
      const leaf = leaves[best];
      const { column, bin } = leaf.split as Split;
      const middle = this.#divide(leaf, this.#columns[column], bin);
      const small = middle - leaf.start <= leaf.end - middle ? 'left' : 'right';
      const smaller = histogram();
      if (small === 'left') this.#fill(smaller, leaf.start, middle);
      else this.#fill(smaller, middle, leaf.end);
      const larger = leaf.histogram;
      for (let i = 0; i < larger.length; i++) larger[i] -= smaller[i];
      const [left, right] = small === 'left' ? [smaller, larger] : [larger, smaller];
      const sums = sumBins(left, column * STRIDE);
      const node = nodes[leaf.node];
      node.feature = this.#columns[column];
      node.bin = bin;
      node.left = nodes.push({ feature: -1, bin: 0, left: -1, right: -1, value: 0 }) - 1;
      node.right = nodes.push({ feature: -1, bin: 0, left: -1, right: -1, value: 0 }) - 1;
      const children = [
        { node: node.left, start: leaf.start, end: middle, ...sums, histogram: left },
        {
          ...{ node: node.right, start: middle, end: leaf.end, histogram: right },
          gradient: leaf.gradient - sums.gradient,
          hessian: leaf.hessian - sums.hessian,
        },
      ].map((child) => ({ ...child, split: this.#bestSplit(child) }));
      leaves.splice(best, 1, ...children);
    }
    // Single precision, as the deployed model adds it.
    for (const leaf of leaves) {
      nodes[leaf.node].value = Math.fround((-learningRate * leaf.gradient) / (leaf.hessian + l2));
    }
    this.#addToScores(output, nodes, bag, leaves);
    return this.#inPreorder(nodes);
  }

  #chooseColumns(rng: ReturnType<typeof createRng>): void {
    const { width } = this.#data.train;
    const all = Int32Array.from({ length: width }, (_, f) => f);
    if (this.#columns.length < width) shuffle(all, rng);
    this.#columns.set(all.subarray(0, this.#columns.length));
    this.#columns.sort();
  }

  /** Draws the rows of an iteration, ascending, and lays their derivatives beside them. Returns their number. */
  #chooseRows(output: number, rng: ReturnType<typeof createRng>): number {
    const { samples } = this.#data.train;
    const { rowShare } = this.#options;
    const wanted = Math.max(1, Math.round(rowShare * samples));
    const from = output * samples;
    let bag = 0;
    for (let row = 0; row < samples; row++) {
      // Knuth's selection sampling: each row with the chance that fills the bag exactly.
      if (wanted < samples && rng.uniform() * (samples - row) >= wanted - bag) continue;
      this.#rows[bag] = row;
      this.#gradients[bag] = this.#data.gradients[from + row];
      this.#hessians[bag++] = this.#data.hessians[from + row];
    }
    return bag;
  }

  #fill(histogram: Float64Array, start: number, end: number): void {
    const { bins, samples } = this.#data.train;
    const rows = this.#rows;
    const gradients = this.#gradients;
    const hessians = this.#hessians;
    const columns = this.#columns;
    histogram.fill(0);
    for (let c = 0; c < columns.length; c++) {
      const column = columns[c] * samples;
      const base = c * STRIDE;
      for (let i = start; i < end; i++) {
        const at = base + 2 * bins[column + rows[i]];
        histogram[at] += gradients[i];
        histogram[at + 1] += hessians[i];
      }
    }
  }

  #bestSplit({ start, end, gradient, hessian, histogram }: Omit<Leaf, 'split'>): Split | null {
    const { minSamplesLeaf, minHessianLeaf, l2 } = this.#options;
    const samples = end - start;
    if (samples < 2 * minSamplesLeaf) return null;
    // A single sample is there wherever a side has any hessian.
    const counted = minSamplesLeaf > 1 ? ((minSamplesLeaf - 0.5) * hessian) / samples : 0;
    const least = Math.max(minHessianLeaf, counted);
    const before = (gradient * gradient) / (hessian + l2);
    let gain = 0;
    let column = -1;
    let bin = 0;
    for (let c = 0; c < this.#columns.length; c++) {
      const base = c * STRIDE;
      let leftGradient = 0;
      let leftHessian = 0;
      for (let b = 0; b < MAX_BINS - 1; b++) {
        const here = histogram[base + 2 * b + 1];
        if (here === 0) continue;
        leftGradient += histogram[base + 2 * b];
        leftHessian += here;
        if (leftHessian < least) continue;
        const rightHessian = hessian - leftHessian;
        if (rightHessian < least) break;
        const rightGradient = gradient - leftGradient;
        const gained =
          (leftGradient * leftGradient) / (leftHessian + l2) +
          (rightGradient * rightGradient) / (rightHessian + l2) -
          before;
        if (gained > gain) {
          gain = gained;
          column = c;
          bin = b;
        }
      }
    }
    return column < 0 ? null : { gain, column, bin };
  }

  /** Moves the samples of a leaf that go left before those that go right, keeping the order of each. */
  #divide({ start, end }: Leaf, feature: number, bin: number): number {
    const { bins, samples } = this.#data.train;
    const column = feature * samples;
    const rows = this.#rows;
    const gradients = this.#gradients;
    const hessians = this.#hessians;
    let left = start;
    let right = 0;
    for (let i = start; i < end; i++) {
      const row = rows[i];
      if (bins[column + row] <= bin) {
        rows[left] = row;
        gradients[left] = gradients[i];
        hessians[left++] = hessians[i];
      } else {
        this.#otherRows[right] = row;
        this.#otherGradients[right] = gradients[i];
        this.#otherHessians[right++] = hessians[i];
      }
    }
    rows.set(this.#otherRows.subarray(0, right), left);
    gradients.set(this.#otherGradients.subarray(0, right), left);
    hessians.set(this.#otherHessians.subarray(0, right), left);
    return left;
  }

  #addToScores(output: number, nodes: readonly Node[], bag: number, leaves: readonly Leaf[]): void {
    const { train, scores, validation, validationScores } = this.#data;
    const from = output * train.samples;
    if (bag === train.samples) {
      for (const { node, start, end } of leaves) {
        for (let i = start; i < end; i++) scores[from + this.#rows[i]] += nodes[node].value;
      }
    } else addByWalk(nodes, train, scores, from);
    if (validation !== null) addByWalk(nodes, validation, validationScores, output * validation.samples);
  }

  #inPreorder(nodes: readonly Node[]): Tree {
    const { cuts } = this.#data.train;
    const count = nodes.length;
    const tree = {
      feature: new Int32Array(count).fill(-1),
      threshold: new Float32Array(count),
      next: new Int32Array(count),
    };
    const values: number[] = [];
    const waiting: { node: number; rightOf: number }[] = [{ node: 0, rightOf: -1 }];
    let at = 0;
    for (let one = waiting.pop(); one !== undefined; one = waiting.pop()) {
      const { feature, bin, left, right, value } = nodes[one.node];
      if (one.rightOf >= 0) tree.next[one.rightOf] = at;
      if (feature < 0) tree.next[at] = values.push(value) - 1;
      else {
        tree.feature[at] = feature;
        tree.threshold[at] = cuts[feature * CUTS + bin];
        waiting.push({ node: right, rightOf: at }, { node: left, rightOf: -1 });
      }
      at++;
    }
    return { ...tree, values: Float32Array.from(values) };
  }
}

const sumBins = (histogram: Float64Array, base: number) => {
  let gradient = 0;
  let hessian = 0;
  for (let b = 0; b < MAX_BINS; b++) {
    gradient += histogram[base + 2 * b];
    hessian += histogram[base + 2 * b + 1];
  }
  return { gradient, hessian };
};

function addByWalk(nodes: readonly Node[], { bins, samples }: BinnedSamples, scores: Float64Array, from: number): void {
  for (let row = 0; row < samples; row++) {
    let node = nodes[0];
    while (node.feature >= 0) node = nodes[bins[node.feature * samples + row] <= node.bin ? node.left : node.right];
    scores[from + row] += node.value;
  }
}
