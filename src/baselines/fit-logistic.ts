import { builtUrl, invariant, silentProgress } from '../util/index.js';
import type { Design } from './design.js';
import { checkLogistic, type LogisticModel, type LogisticOptions } from './logistic.js';
import type { LogisticJob, LogisticMessage } from './logistic-worker.js';
import { onThreads, type ThreadHooks } from './on-threads.js';
import { shareRows } from './shared-rows.js';

const WORKER = builtUrl(import.meta.url, './logistic-worker.js');

/**
 * `fitLogisticSync` on `workers` threads, with progress, and stopped by the signal. The bits do not depend on the number of workers.
 * @throws what `fitLogisticSync` throws; INTERRUPTED; RUNTIME_FAILED when a thread dies
 */
export async function fitLogistic(
  design: Design,
  labels: Uint8Array,
  classes: number,
  options: LogisticOptions,
  workers: number,
  hooks: ThreadHooks = {},
): Promise<LogisticModel> {
  checkLogistic(design, labels, classes, options);
  const threads = Math.max(1, workers);
  const rows = shareRows(design, labels, threads);
  const jobs = Array.from({ length: threads }, (_, thread): LogisticJob => ({ rows, classes, options, thread }));
  const task = (hooks.progress ?? silentProgress).start('Logistic regression', options.maxIterations, 'iterations');
  let model: LogisticModel | undefined;
  try {
    await onThreads<LogisticMessage>(
      { what: 'fitting the logistic regression', module: WORKER, jobs },
      (message) => {
        if (message.kind === 'model') model = message.model;
        else task.update(message.iteration, `loss ${message.loss.toFixed(5)}`);
      },
      hooks,
    );
  } finally {
    task.end();
  }
  invariant(model, 'the leading thread sends its model before it is done');
  return model;
}
