import { parentPort, workerData } from 'node:worker_threads';
import { CandlenetError, type ErrorCode, invariant } from '../util/index.js';
import type { Design } from './design.js';
import { fitLogisticSync, type LogisticModel, type LogisticOptions } from './logistic.js';

export interface LogisticJob {
  readonly design: Design;
  readonly labels: Uint8Array;
  readonly classes: number;
  readonly options: LogisticOptions;
}

export type LogisticMessage =
  | { readonly kind: 'iteration'; readonly iteration: number; readonly loss: number; readonly largestGradient: number }
  | { readonly kind: 'model'; readonly model: LogisticModel }
  | { readonly kind: 'error'; readonly code: ErrorCode; readonly message: string };

const port = parentPort;
invariant(port, 'this module runs as a worker thread');
const send = (message: LogisticMessage) => port.postMessage(message);

const { design, labels, classes, options } = workerData as LogisticJob;
try {
  const model = fitLogisticSync(design, labels, classes, options, (iteration, loss, largestGradient) => {
    send({ kind: 'iteration', iteration, loss, largestGradient });
  });
  send({ kind: 'model', model });
} catch (error) {
  const message = error instanceof Error ? error.message : String(error);
  send({ kind: 'error', code: error instanceof CandlenetError ? error.code : 'INTERNAL', message });
}
