import { statSync } from 'node:fs';
import { CandlenetError, readInputFile } from '../../../util/index.js';
import { refuseLinkOut } from '../inside-folder.js';

/** A century of sessions, or a hundred thousand listings, is a hundredth of it. */
const MOST_BYTES = 2 ** 28;

/** A line of a text file that says something, without blanks around it. */
export interface TextLine {
  readonly text: string;
  /** `day.txt line 3`. */
  readonly where: string;
}

/**
 * Lines of a text file of a Qlib folder, UTF-8 with or without a byte order mark; blank ones are passed over.
 * @param invalid code of a line that is no text
 * @throws FILE_NOT_FOUND, FILE_UNREADABLE, and `invalid` naming the line
 */
export function readQlibLines(
  dir: string,
  path: string,
  what: string,
  invalid: 'QLIB_CALENDAR_INVALID' | 'QLIB_INSTRUMENTS_INVALID',
): TextLine[] {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat !== undefined) {
    refuseLinkOut(dir, path);
    if (!stat.isFile()) throw new CandlenetError('FILE_UNREADABLE', `${path}: found no file, expected a ${what}`);
    if (stat.size > MOST_BYTES) {
      throw new CandlenetError(
        'FILE_UNREADABLE',
        `${path}: found ${stat.size} bytes, expected at most ${MOST_BYTES} of a ${what}`,
      );
    }
  }
  const bytes = readInputFile(path, what);
  const lines: TextLine[] = [];
  for (let start = 0, line = 1; start < bytes.length; line++) {
    const end = bytes.indexOf(0x0a, start);
    const part = bytes.subarray(start, end < 0 ? bytes.length : end);
    start = end < 0 ? bytes.length : end + 1;
    const where = `${path} line ${line}`;
    const text = decoded(part)?.trim();
    if (text === undefined || /\p{Cc}/u.test(text.replaceAll('\t', ''))) {
      throw new CandlenetError(invalid, `${where}: found bytes that are no UTF-8 text, expected a line of text`);
    }
    if (text !== '') lines.push({ text, where });
  }
  return lines;
}

const decoder = new TextDecoder('utf-8', { fatal: true });

function decoded(bytes: Uint8Array): string | undefined {
  try {
    return decoder.decode(bytes);
  } catch (error) {
    if (error instanceof TypeError) return undefined;
    throw error;
  }
}
