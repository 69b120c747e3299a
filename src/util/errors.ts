import { ERROR_CATALOGUE, type ErrorCode } from './error-catalogue.js';

/** Exit status of the command line: 1 a check failed, 2 bad input, 3 a defect of ours. */
export type ExitStatus = 1 | 2 | 3;

const EXIT_STATUS = { check: 1, input: 2, internal: 3 } as const;

/**
 * An error with a code of the catalogue. The message is one line that names the file, line, column or key,
 * what was found there and what was expected.
 */
export class CandlenetError extends Error {
  override readonly name = 'CandlenetError';
  readonly code: ErrorCode;

  constructor(code: ErrorCode, message: string, options?: { cause?: unknown }) {
    super(inOneLine(message), options);
    this.code = code;
  }

  get exitStatus(): ExitStatus {
    return EXIT_STATUS[ERROR_CATALOGUE[this.code].kind];
  }
}

/** What a damaged file says may end a line, or steer a terminal. */
function inOneLine(message: string): string {
  return message.replace(/\p{Cc}/gu, (letter) => `\\x${letter.charCodeAt(0).toString(16).padStart(2, '0')}`);
}

/** Throws `INTERNAL` unless the condition holds: for what only a defect of ours can break. */
export function invariant(condition: unknown, message: string): asserts condition {
  if (!condition) throw new CandlenetError('INTERNAL', message);
}
