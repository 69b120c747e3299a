import { compile } from '../runtime/index.js';
import type { Inspection } from '../training/index.js';
import { type ProgressSink, silentProgress } from '../util/index.js';
import { breathe, checkWindows, weightsOf } from './common.js';

/** How one layer of self-attention looks at the steps of a window, in the mean over samples. */
export interface AttentionMap {
  /** Of the layer, such as `attention.attention`. */
  readonly name: string;
  readonly heads: number;
  /** After pooling: with a window of 20 halved twice, 5 steps of 4 sessions each. */
  readonly steps: number;
  /** [heads × query step × key step]; each row of keys adds up to 1. Steps ascend in time. */
  readonly mean: Float64Array;
  /** Of each head: mean entropy of its weights over that of equal weights; 1 looks everywhere alike, 0 at one step. */
  readonly evenness: Float64Array;
}

export interface AttentionOptions {
  readonly progress?: ProgressSink;
  readonly signal?: AbortSignal;
}

/**
 * Mean attention weights softmax(q·kᵀ/√d) of each layer and head (Vaswani et al. 2017, section 3.2.1) over samples; empty
 * for a network without attention. They say where a head looks, not what decides (Jain & Wallace 2019): read them beside
 * the integrated gradients.
 * @param windows [samples × window × features], standardised
 * @throws ARGUMENT_INVALID, INTERRUPTED, RUNTIME_FAILED
 */
export async function attentionMaps(
  network: Inspection,
  windows: ArrayLike<number>,
  { progress = silentProgress, signal }: AttentionOptions = {},
): Promise<AttentionMap[]> {
  if (network.attention.length === 0) return [];
  const { batch, window, features } = network.shape;
  const size = window * features;
  const samples = checkWindows(windows, size);
  const maps = network.attention.map(({ name, weights: { shape } }) => ({
    name,
    heads: shape[1],
    steps: shape[3],
    mean: new Float64Array(shape[1] * shape[2] * shape[3]),
    evenness: new Float64Array(shape[1]),
  }));
  const outputs = Object.fromEntries(network.attention.map(({ weights }, k) => [String(k), weights]));
  const stored = weightsOf(outputs, network.weights);
  const x = new Float64Array(batch * size);
  const task = progress.start('Attention', samples, 'samples');
  const graph = await compile(outputs);
  try {
    for (let first = 0; first < samples; first += batch) {
      await breathe(signal);
      const filled = Math.min(batch, samples - first);
      for (let i = 0; i < filled * size; i++) x[i] = windows[first * size + i];
      const found = await graph.run({ ...stored, x });
      for (const [k, map] of maps.entries()) addWeights(map, found[String(k)], filled);
      task.update(first + filled);
    }
    for (const { mean, evenness, steps } of maps) {
      for (let i = 0; i < mean.length; i++) mean[i] /= samples;
      for (let h = 0; h < evenness.length; h++) evenness[h] /= samples * steps * Math.log(steps);
    }
    return maps;
  } finally {
    task.end();
    await graph.close();
  }
}

/** Sums of weights, and of their entropies in nats, over the first `samples` of a batch. */
function addWeights({ heads, steps, mean, evenness }: AttentionMap, weights: ArrayLike<number>, samples: number): void {
  const size = steps * steps;
  for (let i = 0; i < samples * heads * size; i++) {
    const weight = weights[i];
    const head = Math.floor(i / size) % heads;
    mean[i % (heads * size)] += weight;
    if (weight > 0) evenness[head] -= weight * Math.log(weight);
  }
}
