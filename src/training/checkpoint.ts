import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { CandlenetError, readInputFile, sha256, writeFileAtomically } from '../util/index.js';
import type { EpochRecord } from './types.js';

/** All that training needs to go on as if it had never stopped. */
export interface Checkpoint {
  readonly fingerprint: string;
  /** The epoch under way, from 1, and the next step in it. */
  readonly epoch: number;
  readonly step: number;
  readonly finished: boolean;
  /** Sums since the epoch began: each worker's losses, and the gradient norms. */
  readonly lossSums: readonly number[];
  readonly normSum: number;
  /** Wall time spent on the epoch so far. */
  readonly seconds: number;
  readonly history: readonly EpochRecord[];
  /** 0 before the first epoch has ended. */
  readonly bestEpoch: number;
  readonly arrays: CheckpointArrays;
}

export interface CheckpointArrays {
  readonly params: Float32Array;
  readonly state: Float32Array;
  /** Empty before the first epoch has ended. */
  readonly bestParams: Float32Array;
  readonly bestState: Float32Array;
  /** What the optimiser keeps: Adam's two moments, SGD's velocity or nothing. Empty before the first step. */
  readonly optimiser: readonly Float32Array[];
}

const listArrays = ({ params, state, bestParams, bestState, optimiser }: CheckpointArrays) => [
  ...[params, state, bestParams, bestState],
  ...optimiser,
];
/** Arrays that are always there; those of the optimiser follow. */
const FIXED_ARRAYS = 4;
const FILE_NAME = 'checkpoint.bin';

type Header = Omit<Checkpoint, 'arrays'> & { readonly lengths: readonly number[] };

const NEWLINE = 0x0a;

/**
 * A line with the SHA-256 of all that follows it, a line of JSON, then the arrays, little-endian float32, one after
 * another.
 */
export function encodeCheckpoint(checkpoint: Checkpoint): Uint8Array {
  const { arrays, ...fields } = checkpoint;
  const lists = listArrays(arrays);
  const header: Header = { ...fields, lengths: lists.map(({ length }) => length) };
  const parts = lists.map(({ buffer, byteOffset, byteLength }) => new Uint8Array(buffer, byteOffset, byteLength));
  const text = `${JSON.stringify(header)}\n`;
  return Buffer.concat([Buffer.from(`${sha256(text, ...parts)}\n${text}`), ...parts]);
}

/** @throws FILE_UNREADABLE when the bytes are not a whole checkpoint; `path` is for the message */
export function decodeCheckpoint(bytes: Uint8Array, path: string): Checkpoint {
  const damaged = (found: string) =>
    new CandlenetError('FILE_UNREADABLE', `${path}: found ${found}, expected a whole training checkpoint; delete it`);
  const checksumEnd = bytes.indexOf(NEWLINE);
  const headerEnd = bytes.indexOf(NEWLINE, checksumEnd + 1);
  if (checksumEnd < 0 || headerEnd < 0) throw damaged('no header');
  const text = (from: number, to: number) => new TextDecoder().decode(bytes.subarray(from, to));
  let header: Header | null;
  try {
    header = JSON.parse(text(checksumEnd + 1, headerEnd)) as Header | null;
  } catch {
    throw damaged('an unreadable header');
  }
  if (header === null) throw damaged('a header of another kind');
  const { lengths, ...fields } = header;
  if (!Array.isArray(lengths) || lengths.length < FIXED_ARRAYS) throw damaged('a header of another kind');
  const expected = headerEnd + 1 + 4 * lengths.reduce((a, b) => a + b, 0);
  if (bytes.length !== expected) throw damaged(`${bytes.length} bytes instead of ${expected}`);
  if (sha256(bytes.subarray(checksumEnd + 1)) !== text(0, checksumEnd)) throw damaged('other bytes than were written');

  let offset = headerEnd + 1;
  const [params, state, bestParams, bestState, ...optimiser] = lengths.map((length) => {
    const values = new Float32Array(length);
    new Uint8Array(values.buffer).set(bytes.subarray(offset, offset + 4 * length));
    offset += 4 * length;
    return values;
  });
  return { ...fields, arrays: { params, state, bestParams, bestState, optimiser } };
}

/** Replaces the folder's checkpoint, whole or not at all. @throws FILE_WRITE_FAILED */
export function writeCheckpoint(directory: string, checkpoint: Checkpoint): void {
  writeFileAtomically(join(directory, FILE_NAME), encodeCheckpoint(checkpoint));
}

/**
 * The folder's checkpoint, null where there is none.
 * @throws RUN_MISMATCH when it was made by another model, other data or other options; FILE_UNREADABLE
 */
export function readCheckpoint(directory: string, fingerprint: string): Checkpoint | null {
  const path = join(directory, FILE_NAME);
  if (!existsSync(path)) return null;
  const checkpoint = decodeCheckpoint(readInputFile(path, 'the training checkpoint'), path);
  if (checkpoint.fingerprint !== fingerprint) {
    const short = (text: string) => text.slice(0, 12);
    throw new CandlenetError(
      'RUN_MISMATCH',
      `${path}: found a checkpoint of run ${short(checkpoint.fingerprint)}, expected ${short(fingerprint)}: model, data or options have changed`,
    );
  }
  return checkpoint;
}
