import { parentPort, workerData } from 'node:worker_threads';
import { CandlenetError, invariant } from '../../util/index.js';
import type { ThreadMessage } from '../on-threads.js';
import { type BinJob, BLOCK, fillBins } from './binned.js';
import type { ForestJob, ForestMessage } from './forest.js';
import { growForestTree } from './forest-tree.js';

const port = parentPort;
invariant(port, 'this module runs as a worker thread');
const send = (message: ThreadMessage | ForestMessage) => port.postMessage(message);

function bin({ source, binned, next }: BinJob): void {
  for (;;) {
    const from = Atomics.add(next, 0, 1) * BLOCK;
    if (from >= binned.samples) return;
    fillBins(source, binned, from, Math.min(binned.samples, from + BLOCK));
  }
}

function grow(job: ForestJob): void {
  const growTree = growForestTree(job);
  for (;;) {
    const t = Atomics.add(job.next, 0, 1);
    if (t >= job.options.trees) return;
    send({ kind: 'tree', t, tree: growTree(t) });
  }
}

try {
  const job = workerData as BinJob | ForestJob;
  if (job.kind === 'bin') bin(job);
  else grow(job);
  send({ kind: 'done' });
} catch (error) {
  const message = error instanceof Error ? error.message : String(error);
  send({ kind: 'error', code: error instanceof CandlenetError ? error.code : 'INTERNAL', message });
}
