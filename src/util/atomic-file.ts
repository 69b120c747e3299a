import { randomUUID } from 'node:crypto';
import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { CandlenetError } from './errors.js';
import { makeFolders } from './folders.js';

/** The reason a system call failed, in words a user knows. */
function systemReason(error: unknown): string {
  const code = (error as NodeJS.ErrnoException).code;
  switch (code) {
    case 'ENOSPC':
    case 'EDQUOT':
      return 'the disk is full';
    case 'EACCES':
    case 'EPERM':
      return 'permission denied';
    case 'EROFS':
      return 'the file system is read-only';
    case 'ENOTDIR':
    case 'EEXIST':
      return 'a file is in the way';
    default:
      return code ?? (error instanceof Error ? error.message : String(error));
  }
}

export function writeFailed(path: string, error: unknown): CandlenetError {
  if (error instanceof CandlenetError) return error;
  return new CandlenetError('FILE_WRITE_FAILED', `${path}: cannot be written: ${systemReason(error)}`, {
    cause: error,
  });
}

/** A name beside `path` that no other writer uses. */
export function temporaryName(path: string): string {
  return `${path}.tmp-${process.pid}-${randomUUID().slice(0, 8)}`;
}

/**
 * Lets `write` fill a file or folder under a temporary name and renames it to `path` when it is whole, replacing a
 * file that stood there. When `write` fails nothing is left behind and what stood at `path` is untouched.
 * @throws FILE_WRITE_FAILED
 */
export async function writeAtomically(path: string, write: (temporary: string) => void | Promise<void>): Promise<void> {
  const temporary = temporaryName(path);
  try {
    makeFolders(dirname(path));
    await write(temporary);
    renameSync(temporary, path);
  } catch (error) {
    if (existsSync(temporary)) rmSync(temporary, { recursive: true, force: true });
    throw writeFailed(path, error);
  }
}

/** Writes a text or bytes whole or not at all. @throws FILE_WRITE_FAILED */
export function writeFileAtomically(path: string, content: string | Uint8Array): void {
  const temporary = temporaryName(path);
  try {
    makeFolders(dirname(path));
    // On disk before the rename, so that not even a power failure leaves an empty file under the name.
    writeFileSync(temporary, content, { flush: true });
    renameSync(temporary, path);
  } catch (error) {
    if (existsSync(temporary)) rmSync(temporary);
    throw writeFailed(path, error);
  }
}

/** @throws FILE_NOT_FOUND, FILE_UNREADABLE; `what` names the file's role in the message. */
export function readInputFile(path: string, what: string): Buffer<ArrayBuffer> {
  if (!existsSync(path)) throw new CandlenetError('FILE_NOT_FOUND', `${path}: ${what} not found`);
  try {
    return readFileSync(path);
  } catch (error) {
    throw new CandlenetError('FILE_UNREADABLE', `${path}: ${what} cannot be read: ${systemReason(error)}`, {
      cause: error,
    });
  }
}
