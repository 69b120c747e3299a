import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { keptOrFitted } from './kept-model.js';

const folder = mkdtempSync(join(tmpdir(), 'candlenet-kept-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const model = {
  name: 'a model',
  converged: true,
  none: null,
  odd: Uint8Array.of(1, 2, 3),
  nodes: Int32Array.of(-1, 2 ** 31 - 1),
  values: Float32Array.of(0.1, Number.NEGATIVE_INFINITY),
  nested: [{ weights: Float64Array.of(1 / 3, Number.NaN) }],
};
const must = async () => model;
const mustNot = () => Promise.reject(new Error('fitted again'));

it('takes a kept model up to the bit, with the time it took', async () => {
  const path = join(folder, 'whole.bin');
  const first = await keptOrFitted(path, 'data', must);
  const again = await keptOrFitted<typeof model>(path, 'data', mustNot);
  expect(again).toEqual(first);
  expect(again.model).toEqual(model);
});

it('fits again what was fitted on other data, or is damaged', async () => {
  const path = join(folder, 'other.bin');
  await keptOrFitted(path, 'data', must);
  await expect(keptOrFitted(path, 'other data', mustNot)).rejects.toThrow('fitted again');
  const bytes = readFileSync(path);
  bytes[bytes.length - 9] ^= 1;
  writeFileSync(path, bytes);
  await expect(keptOrFitted(path, 'data', mustNot)).rejects.toThrow('fitted again');
  writeFileSync(path, 'not a model');
  expect((await keptOrFitted(path, 'data', must)).model).toBe(model);
});
