import { gunzipSync } from 'node:zlib';
import { CandlenetError, readInputFile } from '../util/index.js';

/** A CSV file as texts: what they mean is the caller's to say. */
export interface CsvText {
  readonly header: readonly string[];
  /** As many cells in each as in the header. */
  readonly rows: readonly (readonly string[])[];
  /** Line of each row in the file, 1 for the first; a quoted cell may span lines. */
  readonly lines: Int32Array;
}

/**
 * Reads a CSV file (RFC 4180): comma-separated, a quoted cell may hold commas, line ends and doubled quotes, with or
 * without a byte order mark, in UTF-8 or GB18030 (GBK), plain or gzipped; blank lines are passed over and blanks around
 * an unquoted cell dropped.
 * @param encoding as `TextDecoder` names it, where it is neither of the two
 * @param maxBytes of the text, unpacked; the default of 256 MiB is a guard against files made to fill the memory
 * @throws FILE_NOT_FOUND, FILE_UNREADABLE; TABLE_INVALID naming the file and line
 */
export function readCsv(path: string, what = 'table', maxBytes = MAX_TEXT_BYTES, encoding?: string): CsvText {
  const text = decode(readInputFile(path, what), path, maxBytes, encoding);
  const records = splitRecords(text, path);
  if (records.length === 0)
    throw new CandlenetError('TABLE_INVALID', `${path}: found an empty file, expected a header`);
  const [{ cells: header }, ...rest] = records;
  for (const [i, name] of header.entries()) {
    if (name === '') {
      throw new CandlenetError('TABLE_INVALID', `${path} line 1: column ${i + 1} has no name, expected one`);
    }
    if (header.indexOf(name) !== i) {
      throw new CandlenetError(
        'TABLE_INVALID',
        `${path} line 1: found column "${name}" twice, expected each name once`,
      );
    }
  }
  for (const { cells, line } of rest) {
    if (cells.length !== header.length) {
      throw new CandlenetError(
        'TABLE_INVALID',
        `${path} line ${line}: found ${cells.length} cells, expected ${header.length} as in the header`,
      );
    }
  }
  return { header, rows: rest.map(({ cells }) => cells), lines: Int32Array.from(rest, ({ line }) => line) };
}

/** A gzip file of a few kilobytes can unpack to any size; beyond this it is no table that fits one text. */
const MAX_TEXT_BYTES = 256 * 2 ** 20;

function decode(bytes: Uint8Array, path: string, maxBytes: number, stated: string | undefined): string {
  const text = unpack(bytes, path, maxBytes);
  // Chinese vendors export GBK, of which GB18030 is the superset; its byte pairs are almost never valid UTF-8.
  for (const encoding of stated === undefined ? ['utf-8', 'gb18030'] : [stated]) {
    try {
      return new TextDecoder(encoding, { fatal: true }).decode(text);
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
    }
  }
  throw new CandlenetError(
    'FILE_UNREADABLE',
    `${path}: found ${stated === undefined ? 'neither UTF-8 nor GB18030 text' : `no ${stated} text`}, expected CSV`,
  );
}

function unpack(bytes: Uint8Array, path: string, maxBytes: number): Uint8Array {
  const tooLarge = () =>
    new CandlenetError(
      'FILE_UNREADABLE',
      `${path}: found more than ${maxBytes / 2 ** 20} MiB of text, expected less: split the file`,
    );
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) {
    if (bytes.length > maxBytes) throw tooLarge();
    return bytes;
  }
  try {
    return gunzipSync(bytes, { maxOutputLength: maxBytes });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') throw tooLarge();
    throw new CandlenetError('FILE_UNREADABLE', `${path}: found a damaged gzip file, expected CSV, plain or gzipped`, {
      cause: error,
    });
  }
}

interface CsvRecord {
  readonly cells: string[];
  readonly line: number;
}

function splitRecords(text: string, path: string): CsvRecord[] {
  const records: CsvRecord[] = [];
  let line = 1;
  let position = 0;
  while (position < text.length) {
    const cells: string[] = [];
    const startLine = line;
    for (;;) {
      let cell: string;
      if (opensQuote(text, position)) {
        const quoted = readQuoted(text, text.indexOf('"', position), path, line);
        cell = quoted.cell;
        line += quoted.lineEnds;
        position = quoted.end;
      } else {
        let end = position;
        while (end < text.length && !isBreak(text[end])) end++;
        cell = text.slice(position, end).trim();
        position = end;
      }
      cells.push(cell);
      if (text[position] !== ',') break;
      position++;
    }
    if (text[position] === '\r' && text[position + 1] === '\n') position++;
    position++;
    line++;
    if (cells.length > 1 || cells[0] !== '') records.push({ cells, line: startLine });
  }
  return records;
}

const isBreak = (letter: string) => letter === ',' || letter === '\n' || letter === '\r';

function opensQuote(text: string, position: number): boolean {
  let at = position;
  while (text[at] === ' ') at++;
  return text[at] === '"';
}

function readQuoted(text: string, open: number, path: string, line: number) {
  let cell = '';
  let lineEnds = 0;
  for (let at = open + 1; at < text.length; at++) {
    if (text[at] === '\n') lineEnds++;
    if (text[at] !== '"') cell += text[at];
    else if (text[at + 1] === '"') {
      cell += '"';
      at++;
    } else {
      let end = at + 1;
      while (text[end] === ' ') end++;
      if (end < text.length && !isBreak(text[end])) {
        const found = JSON.stringify(text[end]);
        throw new CandlenetError(
          'TABLE_INVALID',
          `${path} line ${line}: found ${found} after a closing quote, expected a comma`,
        );
      }
      return { cell, lineEnds, end };
    }
  }
  throw new CandlenetError('TABLE_INVALID', `${path} line ${line}: found no closing quote, expected one`);
}
