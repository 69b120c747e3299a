import { CandlenetError, type ProgressTask } from '../util/index.js';
import type { Provider, ProviderChoice } from './providers.js';
import { openedOn, usableProvider } from './usable-provider.js';
import { watch } from './watch.js';
import type { WorkerPool } from './worker-pool.js';
import { Cursor } from './workers/inference.js';
import type { WindowSource } from './workers/protocol.js';

/** Windows of one inference run. */
const CHUNK = 256;

export interface PredictionOptions {
  /** Counts samples. */
  readonly task?: ProgressTask;
  readonly signal?: AbortSignal;
}

/** Copies into shared memory unless it lies there already. */
export function shareRows(rows: Int32Array): Int32Array<SharedArrayBuffer> {
  if (rows.buffer instanceof SharedArrayBuffer) return rows as Int32Array<SharedArrayBuffer>;
  const shared = new Int32Array(new SharedArrayBuffer(rows.byteLength));
  shared.set(rows);
  return shared;
}

/**
 * Loads an inference model (input `x` [batch × window × features], output `probabilities` [batch × classes], or `forecast` [batch × 1]) on every
 * worker of the pool, in place of the one loaded before.
 */
export async function loadInference(
  pool: WorkerPool,
  model: Uint8Array,
  source: WindowSource,
  classes: number,
  provider: Provider,
): Promise<ProviderChoice> {
  const usable = await usableProvider(provider);
  const setup = { model, source, classes, chunk: CHUNK, provider: usable.provider };
  const [opened] = await pool.all('openInference', () => setup);
  return openedOn(usable, opened);
}

/**
 * Class probabilities, or the one number a regression gives, of the windows that end on `rows`, [rows × classes], by the model loaded last. The bits depend
 * neither on the number of workers nor on their timing.
 * @throws INTERRUPTED, RUNTIME_FAILED
 */
export async function predictRows(
  pool: WorkerPool,
  rows: Int32Array,
  classes: number,
  options: PredictionOptions = {},
): Promise<Float32Array<SharedArrayBuffer>> {
  const probabilities = new Float32Array(new SharedArrayBuffer(rows.length * classes * 4));
  const cursor = new Int32Array(new SharedArrayBuffer(8));
  const shared = shareRows(rows);
  const unwatch = watch(options.signal, {
    stop: () => Atomics.store(cursor, Cursor.STOP, 1),
    look: () => options.task?.update(Math.min(rows.length, Atomics.load(cursor, Cursor.NEXT) * CHUNK)),
  });
  try {
    await pool.all('predict', () => ({ rows: shared, probabilities, cursor }));
  } finally {
    unwatch();
  }
  if (options.signal?.aborted) throw new CandlenetError('INTERRUPTED', 'stopped while predicting');
  return probabilities;
}
