import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { CandlenetError, makeFolders, writeFailed } from '../../util/index.js';
import { takeLock } from './lock.js';
import { MANIFEST_FILE, type RunManifest, tryReadManifest } from './manifest.js';

/** A run folder held by this process. */
export interface RunFolder {
  readonly id: string;
  readonly path: string;
  /** Of an earlier, unfinished run of the same experiment that is being taken up; null for a new one. */
  readonly earlier: RunManifest | null;
  file(name: string): string;
  release(): void;
}

/**
 * Complete and unfinished runs of a folder, oldest first. Folders that are no runs are passed over, and so are those whose
 * manifest is damaged: one broken run must not stop the others.
 * @throws FILE_UNREADABLE when `runsFolder` is no folder
 */
export function listRuns(runsFolder: string): { readonly path: string; readonly manifest: RunManifest }[] {
  if (!existsSync(runsFolder)) return [];
  if (!statSync(runsFolder).isDirectory()) {
    throw new CandlenetError('FILE_UNREADABLE', `${runsFolder}: found a file, expected a folder of runs`);
  }
  return readdirSync(runsFolder)
    .map((name) => join(runsFolder, name))
    .filter((path) => existsSync(join(path, MANIFEST_FILE)))
    .flatMap((path) => {
      const manifest = tryReadManifest(path);
      return manifest === null ? [] : [{ path, manifest }];
    })
    .sort((a, b) => (a.manifest.startedAt < b.manifest.startedAt ? -1 : 1));
}

/** The newest finished run of an experiment; undefined where there is none. @throws FILE_UNREADABLE like `listRuns` */
export function finishedRun(
  runsFolder: string,
  experimentHash: string,
): { readonly path: string; readonly manifest: RunManifest } | undefined {
  return listRuns(runsFolder)
    .filter(({ manifest }) => manifest.status === 'complete' && manifest.hashes.experiment === experimentHash)
    .at(-1);
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
    const known = existsSync(join(path, MANIFEST_FILE)) ? tryReadManifest(path) : null;
    if (known?.status === 'complete') continue;
    makeRunFolder(path);
    const release = takeLock(path);
    return {
      id,
      path,
      earlier: known,
      file: (file) => join(path, file),
      release,
    };
  }
}

function makeRunFolder(path: string): void {
  try {
    makeFolders(path);
  } catch (error) {
    throw writeFailed(path, error);
  }
}
