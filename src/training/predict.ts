import { loadInference, type Provider, predictRows, startWorkerPool } from '../runtime/index.js';
import { type ProgressSink, silentProgress } from '../util/index.js';
import { checkRows } from './check-data.js';
import type { TrainingData } from './types.js';

export interface PredictOptions {
  readonly workers: number;
  /** Default `cpu`. */
  readonly provider?: Provider;
  readonly progress?: ProgressSink;
  readonly signal?: AbortSignal;
  readonly onNote?: (line: string) => void;
}

/** Panel rows that one inference model forecasts; the model is asked for when its turn comes. */
export interface PredictionPart {
  readonly model: () => Uint8Array;
  readonly rows: Int32Array;
}

type Windows = Pick<TrainingData, 'values' | 'features' | 'window' | 'classes'>;

/**
 * Class probabilities, or a regression's forecasts, of the windows that end on the given panel rows, float32 [rows × classes], by an inference
 * model (`x` [batch × window × features] → `probabilities` or `forecast`). The bits do not depend on the number of workers.
 * @throws TABLE_INVALID for a window outside the panel; INTERRUPTED, RUNTIME_FAILED
 */
export async function predict(
  model: Uint8Array,
  data: Windows,
  rows: Int32Array,
  options: PredictOptions,
): Promise<Float32Array> {
  const [probabilities] = await predictParts([{ model: () => model, rows }], data, options);
  return probabilities;
}

/** `predict` for several models in turn, each with rows of its own, on one pool of workers. */
export async function predictParts(
  parts: readonly PredictionPart[],
  data: Windows,
  options: PredictOptions,
): Promise<Float32Array[]> {
  for (const { rows } of parts) checkRows(rows, data);
  const { progress = silentProgress, signal, provider = 'cpu' } = options;
  const total = parts.reduce((sum, { rows }) => sum + rows.length, 0);
  const pool = startWorkerPool(options.workers);
  const task = progress.start('Predicting', total, 'samples');
  try {
    const source = { values: data.values, features: data.features, window: data.window };
    const forecasts: Float32Array[] = [];
    let done = 0;
    for (const { model, rows } of parts) {
      const choice = await loadInference(pool, model(), source, data.classes, provider);
      if (choice.note) options.onNote?.(choice.note);
      const before = done;
      const counted = { ...task, update: (rowsDone: number) => task.update(before + rowsDone) };
      forecasts.push(await predictRows(pool, rows, data.classes, { task: counted, signal }));
      done += rows.length;
    }
    return forecasts;
  } finally {
    task.end();
    await pool.close();
  }
}
