import { compile } from '../runtime/index.js';
import type { Inspection } from '../training/index.js';
import { type ProgressSink, silentProgress } from '../util/index.js';
import { breathe, checkWindows, weightsOf } from './common.js';
import { gaussLegendre } from './gauss-legendre.js';

export interface AttributionOptions {
  /** Nodes of the Gauss-Legendre rule along the path from the baseline to the sample. Default 32. */
  readonly steps?: number;
  readonly progress?: ProgressSink;
  readonly signal?: AbortSignal;
}

/** What each value of each window adds to the score, from that of a window of zeros on. */
export interface Attributions {
  readonly samples: number;
  readonly window: number;
  readonly features: number;
  /** [samples × window × features], in units of the score. */
  readonly values: Float64Array;
  /** Of each sample. */
  readonly scores: Float64Array;
  /** Of the baseline, a window of zeros: every feature at its training mean throughout. */
  readonly baseline: number;
  /** Σ attributions − (score − baseline), of each sample: what the rule's finite number of nodes leaves open. */
  readonly gaps: Float64Array;
}

/**
 * Integrated gradients (Sundararajan, Taly & Yan 2017, eq. 1) of the score of samples:
 *
 *   IG_i(x) = (x_i − x′_i) · ∫₀¹ ∂F(x′ + α (x − x′)) / ∂x_i dα
 *
 * with the baseline x′ = 0 and the integral by a Gauss-Legendre rule. By the axiom of completeness (their proposition 1)
 * a sample's attributions add up to F(x) − F(x′). One thread computes: equal inputs give equal bits.
 * @param windows [samples × window × features], standardised
 * @throws ARGUMENT_INVALID, INTERRUPTED, RUNTIME_FAILED
 */
export async function integratedGradients(
  network: Inspection,
  windows: ArrayLike<number>,
  { steps = 32, progress = silentProgress, signal }: AttributionOptions = {},
): Promise<Attributions> {
  const { batch, window, features } = network.shape;
  const size = window * features;
  const samples = checkWindows(windows, size);
  const { nodes, weights } = gaussLegendre(steps);
  const values = new Float64Array(samples * size);
  const scores = new Float64Array(samples);
  const gaps = new Float64Array(samples);
  // Each sample takes `steps` points of its path and its own end, whose score alone is wanted.
  const points = steps + 1;
  const count = samples * points;
  const x = new Float64Array(batch * size);
  const task = progress.start('Integrated gradients', samples, 'samples');
  const outputs = { score: network.score, gradient: network.gradient };
  const stored = weightsOf(outputs, network.weights);
  const graph = await compile(outputs);
  try {
    const run = () => graph.run({ ...stored, x });
    const [baseline] = (await run()).score;
    for (let first = 0; first < count; first += batch) {
      await breathe(signal);
      const filled = Math.min(batch, count - first);
      for (let b = 0; b < filled; b++) {
        const sample = Math.floor((first + b) / points);
        const node = (first + b) % points;
        const alpha = node < steps ? nodes[node] : 1;
        for (let i = 0; i < size; i++) x[b * size + i] = alpha * windows[sample * size + i];
      }
      const { score, gradient } = await run();
      for (let b = 0; b < filled; b++) {
        const sample = Math.floor((first + b) / points);
        const node = (first + b) % points;
        if (node === steps) scores[sample] = score[b];
        else for (let i = 0; i < size; i++) values[sample * size + i] += weights[node] * gradient[b * size + i];
      }
      task.update(Math.floor((first + filled) / points));
    }
    for (let sample = 0; sample < samples; sample++) {
      let sum = 0;
      for (let i = sample * size; i < (sample + 1) * size; i++) {
        values[i] *= windows[i];
        sum += values[i];
      }
      gaps[sample] = sum - (scores[sample] - baseline);
    }
    return { samples, window, features, values, scores, baseline, gaps };
  } finally {
    task.end();
    await graph.close();
  }
}
