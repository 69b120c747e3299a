import { CandlenetError, silentProgress } from '../../util/index.js';
import type { ThreadHooks } from '../on-threads.js';
import { classShares } from '../placebos.js';
import type { SampleSource } from '../samples.js';
import type { BinnedSamples } from './binned.js';
import type { BoostedTreeOptions, BoostingData } from './boosted-tree.js';
import { startBoostingCrew } from './boosting-crew.js';
import { type BoostingLoss, boostingLoss } from './boosting-loss.js';
import { checkTreeData } from './check-data.js';
import { joinTrees, sumOfLeaves, type Tree, type TreeEnsemble } from './ensemble.js';

export interface BoostingOptions extends BoostedTreeOptions {
  /** At most so many; each adds a tree a class, or one for two classes. */
  readonly iterations: number;
  /** Iterations without a better validation loss before it stops; null goes on to the end and keeps all trees. */
  readonly patience: number | null;
}

/** LightGBM's, without early stopping. */
export const DEFAULT_BOOSTING: BoostingOptions = {
  iterations: 100,
  learningRate: 0.1,
  maxLeaves: 31,
  minSamplesLeaf: 20,
  minHessianLeaf: 1e-3,
  l2: 0,
  rowShare: 1,
  columnShare: 1,
  patience: null,
  seed: 0,
};

export interface BoostingModel {
  /** Outputs are log-odds: of each class, or of the second of two. */
  readonly trees: TreeEnsemble;
  /** Log-odds before the first tree: the class shares of the training samples. */
  readonly base: Float64Array;
  readonly classes: number;
  /** Kept, up to the best. */
  readonly iterations: number;
  /** Mean cross-entropy of the validation samples after the iterations kept; null without any. */
  readonly validationLoss: number | null;
}

/** Binned samples with the class of each. */
export interface LabelledBins {
  readonly binned: BinnedSamples;
  readonly labels: Uint8Array;
}

function check(options: BoostingOptions, validation: LabelledBins | null): void {
  const need = (key: keyof BoostingOptions, holds: boolean, expected: string) => {
    if (holds) return;
    const found = options[key];
    throw new CandlenetError('CONFIG_INVALID', `gradientBoosting.${key}: found ${found}, expected ${expected}`);
  };
  const whole = (value: number, least: number) => Number.isInteger(value) && value >= least;
  need('iterations', whole(options.iterations, 1), 'an integer of at least 1');
  need('learningRate', options.learningRate > 0, 'a number above 0');
  need('maxLeaves', whole(options.maxLeaves, 2), 'an integer of at least 2');
  need('minSamplesLeaf', whole(options.minSamplesLeaf, 1), 'an integer of at least 1');
  need('minHessianLeaf', options.minHessianLeaf > 0, 'a number above 0');
  need('l2', options.l2 >= 0, 'a number of at least 0');
  need('rowShare', options.rowShare > 0 && options.rowShare <= 1, 'a share above 0 and up to 1');
  need('columnShare', options.columnShare > 0 && options.columnShare <= 1, 'a share above 0 and up to 1');
  need('patience', options.patience === null || whole(options.patience, 1), 'null or an integer of at least 1');
  need('patience', options.patience === null || validation !== null, 'null, without validation samples');
}

/**
 * Gradient boosting of histogram trees, grown leaf by leaf (LightGBM, Ke et al. 2017): cross-entropy of a softmax, or of a
 * logistic function for two classes. The trees of an iteration grow side by side on up to `workers` threads; the bits depend
 * on the seed only.
 * @param validation decides when to stop, and how many trees are kept; binned by the cuts of the training samples
 * @throws TABLE_INVALID, CONFIG_INVALID, INTERRUPTED, RUNTIME_FAILED
 */
export async function fitBoosting(
  train: LabelledBins,
  validation: LabelledBins | null,
  classes: number,
  options: BoostingOptions,
  workers: number,
  hooks: ThreadHooks = {},
): Promise<BoostingModel> {
  check(options, validation);
  checkTreeData('gradient boosting', train.binned, train.labels, classes);
  if (validation !== null) checkTreeData('gradient boosting', validation.binned, validation.labels, classes);
  const base = baseOf(train.labels, classes);
  const outputs = base.length;
  const { data, loss, validationLoss } = prepare(train, validation, classes, base);
  const task = (hooks.progress ?? silentProgress).start('Gradient boosting', options.iterations, 'iterations');
  const crew = startBoostingCrew({ data, options }, outputs, workers, hooks.signal);
  const trees: Tree[] = [];
  let best = { iterations: 0, loss: validationLoss?.mean() ?? Number.NaN };
  try {
    for (let iteration = 0; iteration < options.iterations; iteration++) {
      loss.differentiate(data.gradients, data.hessians);
      trees.push(...(await crew.growAll(iteration)));
      const now = validationLoss?.mean();
      if (now === undefined || options.patience === null) best = { iterations: iteration + 1, loss: now ?? Number.NaN };
      else if (now < best.loss) best = { iterations: iteration + 1, loss: now };
      task.update(iteration + 1, now === undefined ? undefined : `validation loss ${now.toFixed(5)}`);
      if (options.patience !== null && iteration + 1 - best.iterations >= options.patience) break;
    }
  } finally {
    await crew.close();
    task.end();
  }
  const shape = { width: train.binned.width, outputs, valuesPerLeaf: 1 };
  return {
    trees: joinTrees(trees.slice(0, best.iterations * outputs), shape),
    base,
    classes,
    iterations: best.iterations,
    validationLoss: validation === null ? null : best.loss,
  };
}

/** Log-odds of the class shares; a class that never comes is as good as impossible. */
function baseOf(labels: Uint8Array, classes: number): Float64Array {
  const shares = classShares(labels, classes).map((share) => Math.min(1 - 1e-9, Math.max(1e-9, share)));
  // Single precision, as the deployed model has it.
  const round = (value: number) => Math.fround(value);
  return classes === 2
    ? Float64Array.of(round(Math.log(shares[1] / shares[0])))
    : shares.map((s) => round(Math.log(s)));
}

function prepare(
  { binned, labels }: LabelledBins,
  validation: LabelledBins | null,
  classes: number,
  base: Float64Array,
): { data: BoostingData; loss: BoostingLoss; validationLoss: BoostingLoss | null } {
  const outputs = base.length;
  const doubles = (samples: number) => new Float64Array(new SharedArrayBuffer(outputs * samples * 8));
  const singles = () => new Float32Array(new SharedArrayBuffer(outputs * binned.samples * 4));
  const scores = doubles(binned.samples);
  const count = validation?.binned.samples ?? 0;
  const validationScores = doubles(count);
  base.forEach((score, k) => {
    scores.fill(score, k * binned.samples, (k + 1) * binned.samples);
    validationScores.fill(score, k * count, (k + 1) * count);
  });
  return {
    data: {
      train: binned,
      scores,
      gradients: singles(),
      hessians: singles(),
      validation: validation?.binned ?? null,
      validationScores,
    },
    loss: boostingLoss(scores, labels, classes),
    validationLoss: validation === null ? null : boostingLoss(validationScores, validation.labels, classes),
  };
}

/** Class probabilities, float32 [samples × classes]. @throws TABLE_INVALID */
export function boostingProbabilities({ trees, base, classes }: BoostingModel, source: SampleSource): Float32Array {
  const sums = sumOfLeaves(trees, source);
  const samples = source.rows.length;
  const out = new Float32Array(samples * classes);
  const odds = new Float64Array(classes);
  for (let i = 0; i < samples; i++) {
    if (classes === 2) {
      out[2 * i + 1] = 1 / (1 + Math.exp(-(sums[i] + base[0])));
      out[2 * i] = 1 / (1 + Math.exp(sums[i] + base[0]));
      continue;
    }
    for (let k = 0; k < classes; k++) odds[k] = sums[i * classes + k] + base[k];
    const top = Math.max(...odds);
    let total = 0;
    for (let k = 0; k < classes; k++) {
      odds[k] = Math.exp(odds[k] - top);
      total += odds[k];
    }
    for (let k = 0; k < classes; k++) out[i * classes + k] = odds[k] / total;
  }
  return out;
}
