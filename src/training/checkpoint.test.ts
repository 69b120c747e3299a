import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Checkpoint, decodeCheckpoint, encodeCheckpoint, readCheckpoint, writeCheckpoint } from './checkpoint.js';

const checkpoint: Checkpoint = {
  fingerprint: 'f'.repeat(64),
  epoch: 3,
  step: 17,
  finished: false,
  lossSums: [1.25, 0.1],
  normSum: 2 ** -40,
  seconds: 1.5,
  history: [],
  bestEpoch: 2,
  arrays: {
    params: Float32Array.of(1, -2, Number.MIN_VALUE, 1e38),
    state: Float32Array.of(0.1),
    bestParams: Float32Array.of(4, 3, 2, 1),
    bestState: Float32Array.of(7),
    optimiser: [Float32Array.of(1, 2, 3, 4), Float32Array.of(5, 6, 7, 8)],
  },
};
const bytes = encodeCheckpoint(checkpoint);
const damaged = expect.objectContaining({ code: 'FILE_UNREADABLE', message: expect.stringMatching(/^c\.bin: found /) });

function errorOf(work: () => unknown): unknown {
  try {
    work();
  } catch (error) {
    return error;
  }
  return null;
}

describe('a checkpoint', () => {
  it('comes back as it was written', () => {
    expect(decodeCheckpoint(bytes, 'c.bin')).toEqual(checkpoint);
  });

  it('is refused with any bit of it turned over', () =>
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.nat(7), (at, bit) => {
        const other = Uint8Array.from(bytes);
        other[at] ^= 1 << bit;
        expect(errorOf(() => decodeCheckpoint(other, 'c.bin'))).toEqual(damaged);
      }),
      { seed: 1, numRuns: 500 },
    ));

  it('is refused cut short anywhere, or with anything behind it', () => {
    for (let length = 0; length < bytes.length; length++) {
      expect(errorOf(() => decodeCheckpoint(bytes.subarray(0, length), 'c.bin'))).toEqual(damaged);
    }
    expect(errorOf(() => decodeCheckpoint(Buffer.concat([bytes, Uint8Array.of(0)]), 'c.bin'))).toEqual(damaged);
  });

  it.each([
    '',
    'x\n',
    'x\n{\n',
    'x\nnull\n',
    'x\n7\n',
    'x\n{"lengths":["a","b","c","d"]}\n',
    'x\n{"lengths":[0,0,0,0]}\n',
  ])('is refused where the file is something else: %j', (text) =>
    expect(errorOf(() => decodeCheckpoint(Buffer.from(text), 'c.bin'))).toEqual(damaged),
  );

  it('replaces the one before, beside what a killed writer left behind', () => {
    const folder = mkdtempSync(join(tmpdir(), 'candlenet-checkpoint-'));
    try {
      expect(readCheckpoint(folder, checkpoint.fingerprint)).toBeNull();
      writeFileSync(join(folder, 'checkpoint.bin.tmp-1-0badf00d'), bytes.subarray(0, 100));
      writeCheckpoint(folder, { ...checkpoint, step: 1 });
      writeCheckpoint(folder, checkpoint);
      expect(readCheckpoint(folder, checkpoint.fingerprint)).toEqual(checkpoint);
      expect(readdirSync(folder).sort()).toEqual(['checkpoint.bin', 'checkpoint.bin.tmp-1-0badf00d']);
      expect(errorOf(() => readCheckpoint(folder, 'other'))).toMatchObject({ code: 'RUN_MISMATCH' });
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
