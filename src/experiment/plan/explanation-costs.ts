import type { ExperimentConfig } from '../config/schema.js';
import type { Prepared } from '../pipeline/prepare.js';
import { type Cost, cost } from './cost.js';
import type { NetworkSpeed } from './measure-network.js';

/** Samples that attention is averaged over where no integrated gradients say otherwise. */
const ATTENTION_SAMPLES = 512;

/**
 * What explaining the last fold's network takes, in its measured rates: a permutation is a forecast of the samples,
 * a node of an integrated gradient a pass forward and back on one thread, and so is a look at the attention.
 */
export function explanationCosts(
  { data, testRows, panel }: Prepared,
  { explain, training }: ExperimentConfig,
  { trainingRate, predictionRate }: NetworkSpeed,
): Cost[] {
  const found: Cost[] = [];
  const { permutation, integratedGradients, attention } = explain;
  const windowBytes = data.window * data.features * Float32Array.BYTES_PER_ELEMENT;
  const perThread = trainingRate / training.workers;
  if (permutation !== null) {
    const { by, on, repeats, maxSamples } = permutation;
    const all = on === 'validation' ? data.validation.rows.length : testRows.length;
    const samples = Math.min(all, maxSamples ?? all);
    const groups = by === 'feature' ? 0 : new Set(panel.columns.map(({ group }) => group)).size;
    const parts = groups + (by === 'group' ? 0 : panel.columns.length);
    const seconds = (samples * (1 + parts * repeats)) / predictionRate;
    // The windows as they are, and those that are dealt.
    found.push(cost('explanation', 'permutation importance', seconds, seconds, 2 * samples * windowBytes));
  }
  if (integratedGradients !== null) {
    const samples = Math.min(integratedGradients.samples, testRows.length);
    const seconds = (samples * (integratedGradients.steps + 1)) / perThread;
    // Attributions are in double precision.
    found.push(cost('explanation', 'integrated gradients', seconds, seconds, 3 * samples * windowBytes));
  }
  if (attention) {
    const samples = Math.min(integratedGradients?.samples ?? ATTENTION_SAMPLES, testRows.length);
    found.push(cost('explanation', 'attention', samples / perThread, samples / perThread, samples * windowBytes));
  }
  return found;
}
