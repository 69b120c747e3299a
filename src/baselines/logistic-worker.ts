import { parentPort, workerData } from 'node:worker_threads';
import { CandlenetError, invariant } from '../util/index.js';
import { type LogisticModel, type LogisticOptions, leadFit } from './logistic.js';
import type { ThreadMessage } from './on-threads.js';
import { helpWithRows } from './row-team.js';
import type { SharedRows } from './shared-rows.js';

export interface LogisticJob {
  readonly rows: SharedRows;
  readonly classes: number;
  readonly options: LogisticOptions;
  /** Thread 0 leads. */
  readonly thread: number;
}

export type LogisticMessage =
  | { readonly kind: 'iteration'; readonly iteration: number; readonly loss: number }
  | { readonly kind: 'model'; readonly model: LogisticModel };

const port = parentPort;
invariant(port, 'this module runs as a worker thread');
const send = (message: ThreadMessage | LogisticMessage) => port.postMessage(message);

const { rows, classes, options, thread } = workerData as LogisticJob;
try {
  if (thread === 0) {
    const model = leadFit(rows, classes, options, (iteration, loss) => send({ kind: 'iteration', iteration, loss }));
    send({ kind: 'model', model });
  } else helpWithRows(rows, thread);
  send({ kind: 'done' });
} catch (error) {
  const message = error instanceof Error ? error.message : String(error);
  send({ kind: 'error', code: error instanceof CandlenetError ? error.code : 'INTERNAL', message });
}
