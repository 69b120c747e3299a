import { createRng, shuffle } from '../util/index.js';

/** How many samples an epoch trains on: whole batches only, the last partial one is dropped. */
export function samplesOfEpoch(total: number, samplesPerEpoch: number | null, batchSize: number): number {
  const drawn = samplesPerEpoch === null ? total : Math.min(total, samplesPerEpoch);
  return Math.floor(drawn / batchSize) * batchSize;
}

/** The samples of an epoch in training order: a permutation of all that depends on seed and epoch alone, cut short. */
export function epochOrder(total: number, count: number, seed: number, epoch: number): Int32Array<SharedArrayBuffer> {
  const all = new Int32Array(total);
  for (let i = 0; i < total; i++) all[i] = i;
  shuffle(all, createRng(seed, 'epoch', epoch));
  const order = new Int32Array(new SharedArrayBuffer(count * 4));
  order.set(all.subarray(0, count));
  return order;
}
