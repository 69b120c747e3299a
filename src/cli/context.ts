import { CandlenetError, type ProgressSink, systemClock } from '../util/index.js';
import { terminalProgress } from './terminal-progress.js';

/** What every command has at hand. */
export interface CommandContext {
  readonly progress: ProgressSink;
  /** Aborted by Ctrl-C; a second Ctrl-C ends the process at once. */
  readonly signal: AbortSignal;
  /** Shows a line beside the progress, each line once. */
  readonly onNote: (line: string) => void;
  /** Writes the command's answer: text for a person, or with `--json` one JSON document. */
  answer(text: () => string, json: () => unknown): void;
  readonly colour: boolean;
}

export interface GlobalOptions {
  readonly json?: boolean;
}

export function createContext(options: GlobalOptions): CommandContext {
  const abort = new AbortController();
  process.on('SIGINT', () => {
    if (abort.signal.aborted) process.exit(130);
    process.stderr.write('\n  Stopping at the next safe point; Ctrl-C again to stop at once.\n');
    abort.abort(new CandlenetError('INTERRUPTED', 'stopped; the same command resumes where it was'));
  });
  process.on('SIGTERM', () =>
    abort.abort(new CandlenetError('INTERRUPTED', 'stopped; the same command resumes where it was')),
  );
  const noted = new Set<string>();
  return {
    onNote(line) {
      if (noted.has(line)) return;
      noted.add(line);
      process.stderr.write(`${process.stderr.isTTY === true ? '\r\u001b[2K' : ''}  ! ${line}\n`);
    },
    progress: terminalProgress({ stream: process.stderr, secondsNow: systemClock.seconds }),
    signal: abort.signal,
    colour: process.stdout.isTTY === true && process.env.NO_COLOR === undefined && options.json !== true,
    answer(text, json) {
      process.stdout.write(options.json === true ? `${JSON.stringify(json(), null, 2)}\n` : `${text()}\n`);
    },
  };
}
