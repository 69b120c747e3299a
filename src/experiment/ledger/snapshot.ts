import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CandlenetError, sha256, writeFileAtomically } from '../../util/index.js';
import { parseTrial, type Trial, trialText } from './trial.js';

/** In a run folder: the trials of others that its figures count, a line each. */
export const SNAPSHOT_FILE = 'trials.jsonl';

/** What a run used of the ledger, so that it can be made again when the ledger has grown or is gone. */
export interface LedgerSnapshot {
  /** Trials of others, all of them in `trials.jsonl`. */
  readonly trials: number;
  /** Of that file. */
  readonly sha256: string;
  readonly elsewhere: number;
  readonly damaged: number;
}

/** Writes the trials of others beside the run. @returns the SHA-256 of the file. @throws FILE_WRITE_FAILED */
export function writeSnapshot(folder: string, others: readonly Trial[]): string {
  const text = others.map((trial) => trialText(trial)).join('');
  writeFileAtomically(join(folder, SNAPSHOT_FILE), text);
  return sha256(text);
}

/** The trials that a run has counted beside its own. @throws FILE_UNREADABLE where they are not what its manifest says */
export function readSnapshot(folder: string, snapshot: Pick<LedgerSnapshot, 'sha256'>): Trial[] {
  const path = join(folder, SNAPSHOT_FILE);
  const text = existsSync(path) ? readFileSync(path, 'utf8') : null;
  const trials =
    text
      ?.split('\n')
      .filter((line) => line !== '')
      .map(parseTrial) ?? [];
  const whole = trials.filter((trial) => trial !== null);
  if (text === null || sha256(text) !== snapshot.sha256 || whole.length < trials.length) {
    const found = text === null ? 'no such file' : 'another content';
    throw new CandlenetError('FILE_UNREADABLE', `${path}: found ${found}, expected the trials that the run counted`);
  }
  return whole;
}
