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
 * without a byte order mark, plain or gzipped; blank lines are passed over and blanks around an unquoted cell dropped.
 * @throws FILE_NOT_FOUND, FILE_UNREADABLE; TABLE_INVALID naming the file and line
 */
export function readCsv(path: string, what = 'table'): CsvText {
  const text = decode(readInputFile(path, what), path);
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

function decode(bytes: Uint8Array, path: string): string {
  const zipped = bytes[0] === 0x1f && bytes[1] === 0x8b;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(zipped ? gunzipSync(bytes) : bytes);
  } catch (error) {
    const found = error instanceof TypeError ? 'no UTF-8 text' : 'a damaged gzip file';
    throw new CandlenetError('FILE_UNREADABLE', `${path}: found ${found}, expected CSV in UTF-8, plain or gzipped`, {
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
