import { evaluateForecasts } from '../../evaluation/index.js';
import {
  attentionMaps,
  attributionProfile,
  copyWindows,
  evenSections,
  integratedGradients,
  type PermutedPart,
  permutationImportance,
} from '../../explain/index.js';
import type { FeatureColumn } from '../../features/index.js';
import type { ExplainedSample, ExplanationReport, ImportanceMeasure } from '../../report/index.js';
import { inspectNetwork, type Weights } from '../../training/index.js';
import type { ExperimentConfig } from '../config/schema.js';
import { forecastTable } from '../pipeline/forecast.js';
import { modelOf } from '../pipeline/network.js';
import type { Prepared } from '../pipeline/prepare.js';
import type { Services } from '../services.js';

/** Windows of one run of the graph that is looked into. */
const BATCH = 64;

/** Whether a configuration asks for any explanation. */
export const explains = ({ explain }: ExperimentConfig): boolean =>
  explain.permutation !== null || explain.integratedGradients !== null || explain.attention;

/**
 * Explains the network of a fold, on samples of its validation and test.
 * @param onnx its deployed form, and `weights` the same in its own terms
 * @throws INTERRUPTED, RUNTIME_FAILED
 */
export async function explainFold(
  prepared: Prepared,
  config: ExperimentConfig,
  onnx: Uint8Array,
  weights: Weights,
  services: Services,
): Promise<ExplanationReport> {
  return {
    fold: prepared.fold.name,
    window: prepared.data.window,
    columns: prepared.panel.columns,
    permutation: await permute(prepared, config, onnx, services),
    ...(await lookInto(prepared, config, weights, services)),
  };
}

async function permute(
  prepared: Prepared,
  config: ExperimentConfig,
  onnx: Uint8Array,
  services: Services,
): Promise<ExplanationReport['permutation']> {
  const asked = config.explain.permutation;
  if (asked === null) return null;
  const { data, panel } = prepared;
  const all = asked.on === 'validation' ? data.validation.rows : prepared.testRows;
  const days = panel.dates.length;
  const chosen = evenSections({ rows: all, days }, asked.maxSamples ?? Number.POSITIVE_INFINITY);
  const rows = Int32Array.from(chosen, (i) => all[i]);
  const source = { values: data.values, features: data.features, window: data.window, rows, days };
  const { seed, workers, provider } = config.training;
  const deal = (parts: readonly PermutedPart[]) =>
    permutationImportance(source, { onnx, outputs: data.classes }, parts, {
      seed,
      workers,
      provider,
      repeats: asked.repeats,
      judge: (outputs) => judgeOutputs(prepared, config, rows, outputs),
      progress: services.progress,
      signal: services.signal,
    });
  return {
    on: asked.on,
    groups: asked.by === 'feature' ? null : await deal(groupsOf(panel.columns)),
    features: asked.by === 'group' ? null : await deal(panel.columns.map(({ name }, k) => ({ name, columns: [k] }))),
  };
}

function groupsOf(columns: readonly FeatureColumn[]): PermutedPart[] {
  return [...new Set(columns.map(({ group }) => group))].map((name) => ({
    name,
    columns: columns.flatMap(({ group }, k) => (group === name ? [k] : [])),
  }));
}

function judgeOutputs(
  prepared: Prepared,
  config: ExperimentConfig,
  rows: Int32Array,
  outputs: Float32Array,
): Record<ImportanceMeasure, number> {
  const table = forecastTable(prepared, rows, outputs);
  const { classification, signal } = evaluateForecasts(table, config.label.horizonDays);
  const { accuracy, logLoss } = classification ?? { accuracy: Number.NaN, logLoss: Number.NaN };
  return { rankIc: signal.rankIc.mean, accuracy, logLoss };
}

/** What needs the network's own graph: its derivatives and its attention. */
async function lookInto(
  prepared: Prepared,
  config: ExperimentConfig,
  weights: Weights,
  services: Services,
): Promise<Pick<ExplanationReport, 'gradients' | 'attention'>> {
  const { integratedGradients: asked, attention } = config.explain;
  if (asked === null && !attention) return { gradients: null, attention: null };
  const { data, testRows } = prepared;
  const { window, features, classes } = data;
  const network = inspectNetwork(modelOf(config), { batch: BATCH, window, features, classes }, weights);
  const rows = evenRows(testRows, asked?.samples ?? 512);
  const windows = copyWindows({ values: data.values, features, window, rows });
  const { progress, signal: stop } = services;
  const options = { progress, signal: stop };
  return {
    gradients:
      asked === null ? null : await explainScores(prepared, network, rows, windows, { ...options, steps: asked.steps }),
    attention: attention ? await attentionMaps(network, windows, options) : null,
  };
}

async function explainScores(
  { panel: { symbols, dates } }: Prepared,
  network: Parameters<typeof integratedGradients>[0],
  rows: Int32Array,
  windows: Float32Array,
  options: { readonly steps: number; readonly progress: Services['progress']; readonly signal?: AbortSignal },
): Promise<ExplanationReport['gradients']> {
  const found = await integratedGradients(network, windows, options);
  const { scores, values, baseline } = found;
  const size = found.window * found.features;
  const best = scores.indexOf(Math.max(...scores));
  const worst = scores.indexOf(Math.min(...scores));
  const example = (i: number): ExplainedSample => ({
    symbol: symbols[Math.floor(rows[i] / dates.length)],
    date: dates[rows[i] % dates.length],
    score: scores[i],
    values: Float32Array.from(windows.subarray(i * size, (i + 1) * size)),
    attributions: values.slice(i * size, (i + 1) * size),
  });
  return {
    steps: options.steps,
    baseline,
    profile: attributionProfile(found, windows),
    examples: [...new Set([best, worst])].map(example),
  };
}

/** At most so many rows, evenly spread: over time, and over stocks within a day. */
function evenRows(rows: Int32Array, most: number): Int32Array {
  if (rows.length <= most) return rows;
  return Int32Array.from({ length: most }, (_, k) => rows[Math.floor(((k + 0.5) * rows.length) / most)]);
}
