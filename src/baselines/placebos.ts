import { type Rng, shuffle } from '../util/index.js';

/** Share of each class; NaN for no samples. */
export function classShares(labels: Uint8Array, classes: number): Float64Array {
  const shares = new Float64Array(classes);
  for (const label of labels) shares[label]++;
  return shares.map((count) => count / labels.length);
}

/**
 * The forecast of someone who knows the class shares of the training fold and nothing else: they are everybody's
 * probabilities, so that the majority class is always predicted. float32 [samples × classes].
 */
export function majorityProbabilities(trainingLabels: Uint8Array, classes: number, samples: number): Float32Array {
  const shares = classShares(trainingLabels, classes);
  return Float32Array.from({ length: samples * classes }, (_, i) => shares[i % classes]);
}

/** Always the same class, without a doubt. float32 [samples × classes]. */
export function certainProbabilities(certain: number, classes: number, samples: number): Float32Array {
  return Float32Array.from({ length: samples * classes }, (_, i) => (i % classes === certain ? 1 : 0));
}

/** The same classes dealt to other samples: what a model trained on them finds is luck. */
export function shuffledLabels(labels: Uint8Array, rng: Rng): Uint8Array {
  return shuffle(labels.slice(), rng);
}
