import { closeSync, existsSync, fstatSync, openSync, readSync, statSync } from 'node:fs';
import { CandlenetError } from '../../../util/index.js';
import { refuseLinkOut } from '../inside-folder.js';

/** One column of one instrument: `values[i]` belongs to session `start + i` of the calendar. */
export interface QlibColumn {
  readonly start: number;
  readonly values: Float32Array;
}

/**
 * Reads `features/<symbol>/<field>.day.bin`: little-endian float32, the first of them the index of the first session.
 * @throws FILE_NOT_FOUND; FILE_UNREADABLE; QLIB_BIN_TRUNCATED; QLIB_BIN_RANGE when the column leaves a calendar of `sessions` days
 */
export function readQlibBin(dir: string, path: string, sessions: number): QlibColumn {
  if (!existsSync(path)) throw new CandlenetError('FILE_NOT_FOUND', `${path}: Qlib column not found`);
  refuseLinkOut(dir, path);
  const words = readable(path, sessions);
  const start = words[0];
  const end = start + words.length - 1;
  if (!Number.isInteger(start) || start < 0 || end > sessions) {
    throw new CandlenetError(
      'QLIB_BIN_RANGE',
      `${path}: found sessions ${start} … ${end - 1}, expected them within 0 … ${sessions - 1} of the calendar`,
    );
  }
  return { start, values: words.subarray(1) };
}

const LITTLE_ENDIAN = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1;

function readable(path: string, sessions: number): Float32Array {
  if (!statSync(path).isFile()) {
    throw new CandlenetError('FILE_UNREADABLE', `${path}: found no file, expected a Qlib column`);
  }
  try {
    return readWords(path, sessions);
  } catch (error) {
    if (error instanceof CandlenetError) throw error;
    const reason = (error as NodeJS.ErrnoException).code ?? (error as Error).message;
    throw new CandlenetError('FILE_UNREADABLE', `${path}: Qlib column cannot be read: ${reason}`, { cause: error });
  }
}

function readWords(path: string, sessions: number): Float32Array {
  const file = openSync(path, 'r');
  try {
    const { size } = fstatSync(file);
    if (size % 4 !== 0 || size < 8) {
      const expected = size < 8 ? 'at least 8 (a start index and one value)' : 'a whole number of 4-byte values';
      throw new CandlenetError('QLIB_BIN_TRUNCATED', `${path}: found ${size} bytes, expected ${expected}`);
    }
    if (size > (sessions + 1) * 4) {
      throw new CandlenetError(
        'QLIB_BIN_RANGE',
        `${path}: found ${size / 4 - 1} values, expected at most ${sessions}, one a session of the calendar`,
      );
    }
    const bytes = Buffer.from(new ArrayBuffer(size));
    let done = 0;
    while (done < size) {
      const read = readSync(file, bytes, done, size - done, done);
      if (read === 0) throw truncated(path, done, size);
      done += read;
    }
    if (!LITTLE_ENDIAN) bytes.swap32();
    return new Float32Array(bytes.buffer);
  } finally {
    closeSync(file);
  }
}

export function truncated(path: string, found: number, expected: number): CandlenetError {
  return new CandlenetError('QLIB_BIN_TRUNCATED', `${path}: found ${found} bytes, expected ${expected}`);
}
