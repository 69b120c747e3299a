import type { Rng } from '../../util/index.js';
import type { BinnedSamples } from './binned.js';
import { CUTS, MAX_BINS } from './bins.js';
import type { Tree } from './ensemble.js';

/** Counts of three classes lie side by side; a class that a problem does not have stays at 0. */
export const MAX_CLASSES = 3;

export interface GrowOptions {
  /** Null for no limit. */
  readonly maxDepth: number | null;
  /** Draws of the bootstrap a leaf must hold. */
  readonly minSamplesLeaf: number;
  /** Features that vary in the node, drawn anew for each split (Breiman 2001). */
  readonly featuresPerSplit: number;
  readonly bootstrap: boolean;
}

/** Largest node whose counts of three classes fit ten bits each of one integer. */
const PACKED = 1023;

/** A part of the samples that becomes a node. */
interface Part {
  readonly start: number;
  readonly end: number;
  readonly depth: number;
  /** Node whose right child this is; −1 for a left child and the root. */
  readonly rightOf: number;
}

/** Grows classification trees by Gini impurity on binned samples; memory is kept from tree to tree. */
export class TreeGrower {
  readonly #data: BinnedSamples;
  readonly #labels: Uint8Array;
  readonly #classes: number;
  readonly #options: GrowOptions;
  /** Samples of the bag, node by node. */
  readonly #rows: Int32Array;
  /** Beside each of them its class, and from bit 2 how often it was drawn. */
  readonly #weights: Uint16Array;
  readonly #otherRows: Int32Array;
  readonly #otherWeights: Uint16Array;
  readonly #features: Int32Array;
  readonly #counts = new Int32Array(MAX_BINS * 4);
  readonly #packed = new Int32Array(MAX_BINS);
  /** One bit for each bin that holds a sample. */
  readonly #filled = new Int32Array(MAX_BINS / 32);
  /** What the search for a split has found so far. */
  #gain = 0;
  #feature = -1;
  #bin = 0;
  #varies = false;

  constructor(data: BinnedSamples, labels: Uint8Array, classes: number, options: GrowOptions) {
    this.#data = data;
    this.#labels = labels;
    this.#classes = classes;
    this.#options = options;
    this.#rows = new Int32Array(data.samples);
    this.#weights = new Uint16Array(data.samples);
    this.#otherRows = new Int32Array(data.samples);
    this.#otherWeights = new Uint16Array(data.samples);
    this.#features = new Int32Array(data.width);
  }

  grow(rng: Rng): Tree {
    const { maxDepth, minSamplesLeaf } = this.#options;
    const feature: number[] = [];
    const threshold: number[] = [];
    const next: number[] = [];
    const values: number[] = [];
    const totals = new Int32Array(MAX_CLASSES);
    for (let f = 0; f < this.#features.length; f++) this.#features[f] = f;
    const parts: Part[] = [{ start: 0, end: this.#drawBag(rng), depth: 0, rightOf: -1 }];
    for (let part = parts.pop(); part !== undefined; part = parts.pop()) {
      const { start, end, depth, rightOf } = part;
      const node = feature.length;
      if (rightOf >= 0) next[rightOf] = node;
      totals.fill(0);
      for (let i = start; i < end; i++) totals[this.#weights[i] & 3] += this.#weights[i] >> 2;
      const weight = totals[0] + totals[1] + totals[2];
      const pure = totals.includes(weight);
      const deep = maxDepth !== null && depth >= maxDepth;
      if (pure || deep || weight < 2 * minSamplesLeaf || !this.#findSplit(start, end, totals, weight, rng)) {
        feature.push(-1);
        threshold.push(0);
        next.push(values.length);
        for (let k = 0; k < this.#classes; k++) values.push(totals[k] / weight);
        continue;
      }
      feature.push(this.#feature);
      threshold.push(this.#data.cuts[this.#feature * CUTS + this.#bin]);
      next.push(0);
      const middle = this.#divide(start, end);
      parts.push({ start: middle, end, depth: depth + 1, rightOf: node });
      parts.push({ start, end: middle, depth: depth + 1, rightOf: -1 });
    }
    return {
      feature: Int32Array.from(feature),
      threshold: Float32Array.from(threshold),
      next: Int32Array.from(next),
      values: Float32Array.from(values),
    };
  }

  /** As many draws with replacement as there are samples, in the order of the samples. Returns how many differ. */
  #drawBag(rng: Rng): number {
    const { samples } = this.#data;
    if (!this.#options.bootstrap) {
      for (let i = 0; i < samples; i++) {
        this.#rows[i] = i;
        this.#weights[i] = 4 | this.#labels[i];
      }
      return samples;
    }
    const draws = this.#otherRows.fill(0);
    for (let i = 0; i < samples; i++) draws[rng.int(samples)]++;
    let bag = 0;
    for (let i = 0; i < samples; i++) {
      if (draws[i] === 0) continue;
      this.#rows[bag] = i;
      this.#weights[bag++] = (draws[i] << 2) | this.#labels[i];
    }
    return bag;
  }

  /**
   * The best cut among features drawn until enough of them vary in the node, even one that lessens no impurity: the next
   * may (scikit-learn's rule). False where none leaves enough samples on both sides.
   */
  #findSplit(start: number, end: number, totals: Int32Array, weight: number, rng: Rng): boolean {
    this.#feature = -1;
    this.#gain = 0;
    let wanted = this.#options.featuresPerSplit;
    for (let left = this.#features.length; left > 0 && wanted > 0; left--) {
      const at = rng.int(left);
      const feature = this.#features[at];
      this.#features[at] = this.#features[left - 1];
      this.#features[left - 1] = feature;
      if (weight <= PACKED) this.#scanPacked(feature, start, end, totals, weight);
      else this.#scan(feature, start, end, totals, weight);
      if (this.#varies) wanted--;
    }
    return this.#feature >= 0;
  }

  /** Σ over both sides of Σ (class count)² / count, which Gini impurity falls with; scans the 256 bins of a large node. */
  #scan(feature: number, start: number, end: number, totals: Int32Array, weight: number): void {
    const { samples, bins } = this.#data;
    const { minSamplesLeaf } = this.#options;
    const rows = this.#rows;
    const weights = this.#weights;
    const counts = this.#counts.fill(0);
    const column = feature * samples;
    for (let i = start; i < end; i++) {
      const w = weights[i];
      counts[(bins[column + rows[i]] << 2) | (w & 3)] += w >> 2;
    }
    const [ta, tb, tc] = totals;
    let la = 0;
    let lb = 0;
    let lc = 0;
    let left = 0;
    /** Last bin that holds samples, and whether the cut above it is the best. */
    let below = -1;
    let best = false;
    this.#varies = false;
    for (let bin = 0; bin < MAX_BINS; bin++) {
      const a = counts[4 * bin];
      const b = counts[4 * bin + 1];
      const c = counts[4 * bin + 2];
      const here = a + b + c;
      if (here === 0) continue;
      if (below >= 0) this.#varies = true;
      if (best) this.#bin = (below + bin - 1) >> 1;
      best = false;
      below = bin;
      la += a;
      lb += b;
      lc += c;
      left += here;
      const right = weight - left;
      if (right < minSamplesLeaf) {
        // Nothing more to cut, but a feature with samples above still varies.
        if (right > 0) this.#varies = true;
        break;
      }
      if (left < minSamplesLeaf) continue;
      const ra = ta - la;
      const rb = tb - lb;
      const rc = tc - lc;
      const gain = (la * la + lb * lb + lc * lc) / left + (ra * ra + rb * rb + rc * rc) / right;
      if (gain > this.#gain) {
        this.#gain = gain;
        this.#feature = feature;
        best = true;
      }
    }
  }

  /** The same for a small node: one integer a bin, and only the bins that hold samples are visited and emptied. */
  #scanPacked(feature: number, start: number, end: number, totals: Int32Array, weight: number): void {
    const { samples, bins } = this.#data;
    const { minSamplesLeaf } = this.#options;
    const rows = this.#rows;
    const weights = this.#weights;
    const packed = this.#packed;
    const filled = this.#filled;
    const column = feature * samples;
    for (let i = start; i < end; i++) {
      const w = weights[i];
      const bin = bins[column + rows[i]];
      packed[bin] += (w >> 2) << (10 * (w & 3));
      filled[bin >> 5] |= 1 << (bin & 31);
    }
    const [ta, tb, tc] = totals;
    let la = 0;
    let lb = 0;
    let lc = 0;
    let left = 0;
    let below = -1;
    let best = false;
    this.#varies = false;
    for (let word = 0; word < filled.length; word++) {
      let bits = filled[word];
      filled[word] = 0;
      while (bits !== 0) {
        const low = bits & -bits;
        bits ^= low;
        const bin = (word << 5) | (31 - Math.clz32(low));
        const here = packed[bin];
        packed[bin] = 0;
        if (below >= 0) this.#varies = true;
        if (best) this.#bin = (below + bin - 1) >> 1;
        best = false;
        below = bin;
        const a = here & 1023;
        const b = (here >> 10) & 1023;
        const c = (here >> 20) & 1023;
        la += a;
        lb += b;
        lc += c;
        left += a + b + c;
        const right = weight - left;
        if (left < minSamplesLeaf || right < minSamplesLeaf) continue;
        const ra = ta - la;
        const rb = tb - lb;
        const rc = tc - lc;
        const gain = (la * la + lb * lb + lc * lc) / left + (ra * ra + rb * rb + rc * rc) / right;
        if (gain > this.#gain) {
          this.#gain = gain;
          this.#feature = feature;
          best = true;
        }
      }
    }
  }

  /** Moves the samples of a node that go left before those that go right, keeping the order of each. */
  #divide(start: number, end: number): number {
    const { samples, bins } = this.#data;
    const column = this.#feature * samples;
    let left = start;
    let right = 0;
    for (let i = start; i < end; i++) {
      const row = this.#rows[i];
      if (bins[column + row] <= this.#bin) {
        this.#rows[left] = row;
        this.#weights[left++] = this.#weights[i];
      } else {
        this.#otherRows[right] = row;
        this.#otherWeights[right++] = this.#weights[i];
      }
    }
    this.#rows.set(this.#otherRows.subarray(0, right), left);
    this.#weights.set(this.#otherWeights.subarray(0, right), left);
    return left;
  }
}
