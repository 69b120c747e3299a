import { closeSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { CandlenetError, writeFailed } from '../../util/index.js';

const LOCK_FILE = 'lock';

/** Run folders that this process holds: it may not take one twice. */
const held = new Set<string>();

/**
 * Takes a run folder for this process; the file system lets only one of several takers through. A lock left by a process
 * of this machine that is gone is taken over.
 * @returns what gives it back
 * @throws FILE_EXISTS while another process works on the run; FILE_WRITE_FAILED
 */
export function takeLock(folder: string): () => void {
  const path = join(folder, LOCK_FILE);
  const mine = `${process.pid} ${hostname()}`;
  if (held.has(path)) throw taken(folder, mine);
  if (!tryCreate(path, mine)) {
    const holder = readHolder(path);
    if (holder !== null && !isGone(holder)) throw taken(folder, holder);
    rmSync(path, { force: true });
    if (!tryCreate(path, mine)) throw taken(folder, readHolder(path) ?? 'another process');
  }
  held.add(path);
  return () => {
    held.delete(path);
    rmSync(path, { force: true });
  };
}

function tryCreate(path: string, content: string): boolean {
  try {
    const file = openSync(path, 'wx');
    writeSync(file, content);
    closeSync(file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw writeFailed(path, error);
  }
}

function readHolder(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}

/** Whether the holder is a process of this machine that no longer runs; one of another machine cannot be asked. */
function isGone(holder: string): boolean {
  const [pid, host] = holder.split(' ');
  if (host !== hostname()) return false;
  if (Number(pid) === process.pid) return true;
  try {
    process.kill(Number(pid), 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'EPERM';
  }
}

function taken(folder: string, holder: string): CandlenetError {
  const [pid, host] = holder.split(' ');
  return new CandlenetError(
    'FILE_EXISTS',
    `${folder}: process ${pid} on ${host ?? 'this machine'} is working on this run; wait for it, or remove ${LOCK_FILE} there if it is not candlenet`,
  );
}
