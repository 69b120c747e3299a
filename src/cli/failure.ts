import { CommanderError } from 'commander';
import { CandlenetError } from '../util/index.js';

/** What a failed command prints, in one line, and its exit status (DESIGN: 1 check failed, 2 bad input, 3 internal). */
export interface Failure {
  readonly line: string;
  readonly status: number;
  /** The stack, for internal errors only: a user's mistake needs no stack. */
  readonly detail: string | null;
}

export function describeFailure(error: unknown): Failure {
  if (error instanceof CandlenetError) {
    const detail = error.exitStatus === 3 ? (error.stack ?? null) : null;
    return { line: `candlenet: ${oneLine(error.message)} [${error.code}]`, status: error.exitStatus, detail };
  }
  if (error instanceof CommanderError) {
    const help =
      error.code === 'commander.helpDisplayed' || error.code === 'commander.version' || error.code === 'commander.help';
    if (help) return { line: '', status: error.exitCode === 0 ? 0 : 2, detail: null };
    return {
      line: `candlenet: ${oneLine(error.message.replace(/^error: /, ''))} [ARGUMENT_INVALID]`,
      status: 2,
      detail: null,
    };
  }
  const outOfDisk = systemFailure(error);
  if (outOfDisk) return { line: `candlenet: ${outOfDisk} [FILE_WRITE_FAILED]`, status: 2, detail: null };
  const message = error instanceof Error ? error.message : String(error);
  return {
    line: `candlenet: internal error: ${oneLine(message)} [INTERNAL]`,
    status: 3,
    detail: error instanceof Error ? (error.stack ?? null) : null,
  };
}

/** A full disk or a missing permission can strike at any write; it is the user's to mend wherever it does. */
function systemFailure(error: unknown): string | null {
  const { code, path } = (error ?? {}) as NodeJS.ErrnoException;
  if (code === 'ENOSPC' || code === 'EDQUOT') return `${path ?? 'a file'}: cannot be written: the disk is full`;
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS')
    return `${path ?? 'a file'}: cannot be written: permission denied`;
  return null;
}

const oneLine = (text: string) => text.replace(/\s*\n\s*/g, ' ').trim();
