import { parentPort, workerData } from 'node:worker_threads';
import { CandlenetError, createRng, invariant } from '../../util/index.js';
import type { ThreadMessage } from '../on-threads.js';
import { separateLinearly } from './dual-descent.js';
import { BLOCK, Mapper } from './mapper.js';
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

function mapAll({ source, standardisation, map, mapped, stride, next }: MapJob): void {
  const mapper = new Mapper(standardisation, map);
  const { size } = mapper;
  eachBlock(next, source.rows.length, (from, to) => {
    const block = mapper.map(source, from, to);
    const step = block.length / BLOCK;
    for (let i = from, at = 0; i < to; i++, at += step) mapped.set(block.subarray(at, at + size), i * stride);
  });
}

function separateAll({ labels, classes, mapped, options, seed, next }: SeparateJob): void {
  for (let k = Atomics.add(next, 0, 1); k < classes; k = Atomics.add(next, 0, 1)) {
    const signs = Int8Array.from(labels, (label) => (label === k ? 1 : -1));
    const separation =
      mapped instanceof Float32Array
        ? separateByKernel(mapped, signs, options)
        : separateLinearly(mapped[k], signs, options, createRng(seed, 'support vector machine', k));
    send({ kind: 'separation', k, separation });
  }
}

function decideAll({ source, standardisation, map, weights, intercepts, decisions, next }: DecideJob): void {
  const classes = intercepts.length;
  const mapper = new Mapper(standardisation, map, weights);
  eachBlock(next, source.rows.length, (from, to) => {
    mapper.map(source, from, to);
    for (let i = from; i < to; i++) {
      for (let k = 0; k < classes; k++) decisions[i * classes + k] = intercepts[k] + mapper.score(k, i - from);
    }
  });
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
