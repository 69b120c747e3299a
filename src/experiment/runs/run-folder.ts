import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { CandlenetError, writeFailed, writeFileAtomically } from '../../util/index.js';
import { MANIFEST_FILE, type RunManifest, readManifest } from './manifest.js';

const LOCK_FILE = 'lock';

/** A run folder held by this process. */
export interface RunFolder {
  readonly id: string;
  readonly path: string;
  /** Whether an earlier, unfinished run of the same experiment is being taken up. */
  readonly resumed: boolean;
  file(name: string): string;
  release(): void;
}

/** Complete and unfinished runs of a folder, oldest first. Folders that are no runs are passed over. */
export function listRuns(runsFolder: string): { readonly path: string; readonly manifest: RunManifest }[] {
  if (!existsSync(runsFolder)) return [];
  return readdirSync(runsFolder)
    .map((name) => join(runsFolder, name))
    .filter((path) => existsSync(join(path, MANIFEST_FILE)))
    .map((path) => ({ path, manifest: readManifest(path) }))
    .sort((a, b) => (a.manifest.startedAt < b.manifest.startedAt ? -1 : 1));
}

/** The folder of a run given by its path or its id. @throws RUN_NOT_FOUND listing the runs there are */
export function findRun(runsFolder: string, run: string): string {
  if (existsSync(join(run, MANIFEST_FILE))) return run;
  const path = join(runsFolder, run);
  if (existsSync(join(path, MANIFEST_FILE))) return path;
  const ids = listRuns(runsFolder).map(({ manifest }) => manifest.id);
  const known = ids.length === 0 ? 'it holds no runs' : `it holds ${ids.slice(-8).join(', ')}`;
  throw new CandlenetError('RUN_NOT_FOUND', `${run}: no such run in ${runsFolder}; ${known}`);
}

/**
 * Opens the folder of an experiment: takes up the unfinished run of the same hash, else starts a new one. The first
 * run of an experiment is `name-hash`, later ones `name-hash.2`, `.3`: none is ever overwritten.
 * @throws FILE_EXISTS while another process works on the run
 */
export function openRunFolder(runsFolder: string, name: string, experimentHash: string): RunFolder {
  const base = `${name}-${experimentHash.slice(0, 8)}`;
  for (let attempt = 1; ; attempt++) {
    const id = attempt === 1 ? base : `${base}.${attempt}`;
    const path = join(runsFolder, id);
    const known = existsSync(join(path, MANIFEST_FILE)) ? readManifest(path) : null;
    if (known?.status === 'complete') continue;
    takeLock(path);
    return {
      id,
      path,
      resumed: known !== null,
      file: (file) => join(path, file),
      release: () => rmSync(join(path, LOCK_FILE), { force: true }),
    };
  }
}

function takeLock(path: string): void {
  const lock = join(path, LOCK_FILE);
  if (existsSync(lock)) {
    const holder = Number(readFileSync(lock, 'utf8'));
    if (holder !== process.pid && isAlive(holder)) {
      throw new CandlenetError(
        'FILE_EXISTS',
        `${path}: process ${holder} is working on this run; wait for it or stop it`,
      );
    }
  }
  try {
    mkdirSync(path, { recursive: true });
  } catch (error) {
    throw writeFailed(path, error);
  }
  writeFileAtomically(lock, String(process.pid));
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
