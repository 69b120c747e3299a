import { parentPort, workerData } from 'node:worker_threads';
import { CandlenetError, createRng, invariant } from '../../util/index.js';
import type { ThreadMessage } from '../on-threads.js';
import { separateLinearly } from './dual-descent.js';
import { BLOCK, mapSamples, sizeOfMap } from './kernel-map.js';
import { separateByKernel } from './smo.js';
import type { DecideJob, MapJob, SeparateJob, SvmMessage } from './svm-jobs.js';

const port = parentPort;
invariant(port, 'this module runs as a worker thread');
const send = (message: ThreadMessage | SvmMessage) => port.postMessage(message);

/** Takes blocks of samples until there are none. */
function eachBlock(next: Int32Array, samples: number, work: (from: number, to: number) => void): void {
  for (;;) {
    const from = Atomics.add(next, 0, 1) * BLOCK;
    if (from >= samples) return;
    work(from, Math.min(samples, from + BLOCK));
  }
}

function mapAll({ source, standardisation, map, mapped, next }: MapJob): void {
  const size = sizeOfMap(map, standardisation.mean.length);
  eachBlock(next, source.rows.length, (from, to) =>
    mapSamples(source, standardisation, map, from, to, (i, values) => mapped.set(values, i * size)),
  );
}

function separateAll({ labels, classes, exact, mapped, size, options, seed, next }: SeparateJob): void {
  for (let k = Atomics.add(next, 0, 1); k < classes; k = Atomics.add(next, 0, 1)) {
    const signs = Int8Array.from(labels, (label) => (label === k ? 1 : -1));
    const separation = exact
      ? separateByKernel(mapped, signs, options)
      : separateLinearly(mapped, size, signs, options, createRng(seed, 'support vector machine', k));
    send({ kind: 'separation', k, separation });
  }
}

function decideAll({ source, standardisation, map, weights, intercepts, decisions, next }: DecideJob): void {
  const classes = intercepts.length;
  eachBlock(next, source.rows.length, (from, to) =>
    mapSamples(source, standardisation, map, from, to, (i, values) => {
      for (let k = 0; k < classes; k++) {
        let score = intercepts[k];
        for (let d = 0, at = k * values.length; d < values.length; d++) score += weights[at + d] * values[d];
        decisions[i * classes + k] = score;
      }
    }),
  );
}

try {
  const job = workerData as MapJob | SeparateJob | DecideJob;
  if (job.kind === 'map') mapAll(job);
  else if (job.kind === 'separate') separateAll(job);
  else decideAll(job);
  send({ kind: 'done' });
} catch (error) {
  const message = error instanceof Error ? error.message : String(error);
  send({ kind: 'error', code: error instanceof CandlenetError ? error.code : 'INTERNAL', message });
}
