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

/**
 * Class probabilities, or a regression's forecasts, of the windows that end on the given panel rows, float32 [rows × classes], by an inference
 * model (`x` [batch × window × features] → `probabilities` or `forecast`). The bits do not depend on the number of workers.
 * @throws TABLE_INVALID for a window outside the panel; INTERRUPTED, RUNTIME_FAILED
 */
export async function predict(
  model: Uint8Array,
  data: Pick<TrainingData, 'values' | 'features' | 'window' | 'classes'>,
  rows: Int32Array,
  options: PredictOptions,
): Promise<Float32Array> {
  checkRows(rows, data);
  const { progress = silentProgress, signal, provider = 'cpu' } = options;
  const pool = startWorkerPool(options.workers);
  const task = progress.start('Predicting', rows.length, 'samples');
  try {
    const source = { values: data.values, features: data.features, window: data.window };
    const choice = await loadInference(pool, model, source, data.classes, provider);
    if (choice.note) options.onNote?.(choice.note);
    return await predictRows(pool, rows, data.classes, { task, signal });
  } finally {
    task.end();
    await pool.close();
  }
}
