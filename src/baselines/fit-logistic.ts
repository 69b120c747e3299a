import { Worker } from 'node:worker_threads';
import { builtUrl, CandlenetError, type ProgressSink, silentProgress } from '../util/index.js';
import type { Design } from './design.js';
import type { LogisticModel, LogisticOptions } from './logistic.js';
import type { LogisticJob, LogisticMessage } from './logistic-worker.js';

export interface FitHooks {
  readonly progress?: ProgressSink;
  readonly signal?: AbortSignal;
}

/**
 * `fitLogisticSync` on a worker thread, with progress, and stopped by the signal.
 * @throws what `fitLogisticSync` throws; INTERRUPTED; RUNTIME_FAILED when the thread dies
 */
export async function fitLogistic(
  design: Design,
  labels: Uint8Array,
  classes: number,
  options: LogisticOptions,
  hooks: FitHooks = {},
): Promise<LogisticModel> {
  const { progress = silentProgress, signal } = hooks;
  const stopped = () => new CandlenetError('INTERRUPTED', 'stopped while fitting the logistic regression');
  if (signal?.aborted) throw stopped();
  const task = progress.start('Logistic regression', options.maxIterations, 'iterations');
  const workerData: LogisticJob = { design, labels, classes, options };
  const thread = new Worker(builtUrl(import.meta.url, './logistic-worker.js'), { workerData });
  let onAbort: (() => void) | undefined;
  try {
    return await new Promise<LogisticModel>((resolve, reject) => {
      onAbort = () => reject(stopped());
      signal?.addEventListener('abort', onAbort, { once: true });
      const failed = (reason: string) => reject(new CandlenetError('RUNTIME_FAILED', `logistic regression: ${reason}`));
      thread.on('error', (error) => failed(String(error)));
      thread.on('exit', (code) => failed(`its thread ended with status ${code}`));
      thread.on('message', (message: LogisticMessage) => {
        if (message.kind === 'model') resolve(message.model);
        else if (message.kind === 'error') reject(new CandlenetError(message.code, message.message));
        else task.update(message.iteration, `loss ${message.loss.toFixed(5)}`);
      });
    });
  } finally {
    if (onAbort) signal?.removeEventListener('abort', onAbort);
    task.end();
    await thread.terminate();
  }
}
