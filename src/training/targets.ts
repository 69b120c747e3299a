import type { EngineSetup } from '../runtime/index.js';
import type { TrainingData, TrainingOptions } from './types.js';

/**
 * Weights of the classes, with a mean of 1 over the training samples. `balanced` gives every class the same total
 * weight, samples / (classes present · samples of the class), as scikit-learn's compute_class_weight does; a class
 * without a sample has weight 1.
 */
export function classWeights(
  classes: Uint8Array,
  classCount: number,
  wanted: TrainingOptions['classWeights'],
): Float64Array {
  const weights = new Float64Array(classCount).fill(1);
  if (!wanted) return weights;
  const counts = new Float64Array(classCount);
  for (const label of classes) counts[label]++;
  const present = counts.filter((count) => count > 0).length;
  if (wanted === 'balanced') {
    return weights.map((weight, c) => (counts[c] > 0 ? classes.length / (present * counts[c]) : weight));
  }
  let total = 0;
  for (let c = 0; c < classCount; c++) total += wanted[c] * counts[c];
  return weights.map((_, c) => (wanted[c] * classes.length) / total);
}

/**
 * The targets of training, [classes × classes]: a sample of class k has row k, weight_c · ((1 − ε)·[c = k] + ε/classes)
 * in column c. With them the plain cross-entropy is PyTorch's for targets that are probabilities:
 * `cross_entropy(logits, onehot, weight=…, label_smoothing=ε)`, averaged over the number of samples.
 */
export function targetTable(
  { train, classes }: Pick<TrainingData, 'train' | 'classes'>,
  options: Pick<TrainingOptions, 'labelSmoothing' | 'classWeights'>,
): Float32Array {
  const weights = classWeights(train.classes, classes, options.classWeights);
  const epsilon = options.labelSmoothing ?? 0;
  return Float32Array.from({ length: classes * classes }, (_, i) => {
    const [label, column] = [Math.floor(i / classes), i % classes];
    return weights[column] * ((label === column ? 1 - epsilon : 0) + epsilon / classes);
  });
}

/** What the engine reads: each sample's class and the targets of the classes, or each sample's own target. */
export function targetsOf(data: TrainingData, options: TrainingOptions): Pick<EngineSetup, 'classes' | 'targets'> {
  const { classes, targets } = data.train;
  return data.classes === 1 ? { classes: null, targets } : { classes, targets: targetTable(data, options) };
}
