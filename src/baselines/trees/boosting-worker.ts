import { parentPort, workerData } from 'node:worker_threads';
import { CandlenetError, invariant } from '../../util/index.js';
import { BoostedTreeGrower } from './boosted-tree.js';
import type { BoostingJob, TreeAnswer, TreeRequest } from './boosting-crew.js';

const port = parentPort;
invariant(port, 'this module runs as a worker thread');
const send = (message: TreeAnswer) => port.postMessage(message);

const { data, options } = workerData as BoostingJob;
const grower = new BoostedTreeGrower(data, options);
port.on('message', ({ output, iteration }: TreeRequest) => {
  try {
    send({ kind: 'tree', output, tree: grower.grow(output, iteration) });
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    send({ kind: 'error', code: error instanceof CandlenetError ? error.code : 'INTERNAL', message });
  }
});
