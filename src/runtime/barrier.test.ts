import { Worker } from 'node:worker_threads';
import { expect, it } from 'vitest';
import { builtUrl } from '../util/index.js';

const THREADS = 3;
const ROUNDS = 300;

it('no thread passes a barrier before the others have arrived', async () => {
  const url = builtUrl(import.meta.url, './barrier.js').href;
  const control = new Int32Array(new SharedArrayBuffer(8));
  const reached = new Int32Array(new SharedArrayBuffer(4 * THREADS));
  const early = new Int32Array(new SharedArrayBuffer(4));
  const code = `
    const { workerData } = require('node:worker_threads');
    const { control, reached, early, me } = workerData;
    import('${url}').then(({ createBarrier }) => {
      const barrier = createBarrier(control, 0, 1, ${THREADS});
      for (let round = 1; round <= ${ROUNDS}; round++) {
        if (round % 50 === 0) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, me);
        reached[me] = round;
        barrier.wait();
        for (const other of reached) if (other < round) Atomics.add(early, 0, 1);
        barrier.wait();
      }
    });`;
  const threads = Array.from({ length: THREADS }, (_, me) => {
    const thread = new Worker(code, { eval: true, workerData: { control, reached, early, me } });
    return new Promise((resolve, reject) => {
      thread.on('exit', resolve);
      thread.on('error', reject);
    });
  });
  await Promise.all(threads);
  expect([...reached]).toEqual(new Array(THREADS).fill(ROUNDS));
  expect(early[0]).toBe(0);
});
