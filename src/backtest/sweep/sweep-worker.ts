import { parentPort, workerData } from 'node:worker_threads';
import { CandlenetError } from '../../util/index.js';
import type { SweepJob, SweepMessage } from './job.js';
import { playSets } from './play-sets.js';
import type { SweepStrategy } from './strategy.js';

const send = (message: SweepMessage) => parentPort!.postMessage(message);

try {
  const job = workerData as SweepJob;
  const { strategy } = (await import(job.strategy)) as { strategy?: SweepStrategy };
  if (typeof strategy !== 'function') {
    throw new CandlenetError('ARGUMENT_INVALID', `${job.strategy}: found no function "strategy", expected one`);
  }
  playSets(job, strategy, () => send({ kind: 'set' }));
  send({ kind: 'done' });
} catch (error) {
  const code = error instanceof CandlenetError ? error.code : null;
  send({ kind: 'error', code, message: error instanceof Error ? error.message : String(error) });
}
