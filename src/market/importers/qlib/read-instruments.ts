import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { CandlenetError, type Day, formatDay, parseDay, readInputFile } from '../../../util/index.js';
import { canonicalSymbol } from '../../boards.js';

/** The span a line of an instruments file gives: of a listing in `all.txt`, of a membership in an index's file. */
export interface QlibSpan {
  readonly symbol: string;
  readonly from: Day;
  readonly to: Day;
}

/** Names of the instruments files there are, such as `all` and `csi300`. @throws FILE_NOT_FOUND */
export function qlibInstrumentFiles(dir: string): string[] {
  const folder = join(dir, 'instruments');
  if (!existsSync(folder)) throw new CandlenetError('FILE_NOT_FOUND', `${folder}: Qlib instruments folder not found`);
  return readdirSync(folder)
    .filter((name) => name.endsWith('.txt'))
    .map((name) => name.slice(0, -'.txt'.length))
    .sort();
}

/**
 * Lines `SYMBOL <tab> from <tab> to` of `instruments/<name>.txt`, symbols in canonical upper case.
 * @throws INDEX_UNKNOWN naming the files there are; QLIB_INSTRUMENTS_INVALID
 */
export function readQlibInstruments(dir: string, name: string): QlibSpan[] {
  const names = qlibInstrumentFiles(dir);
  if (!names.includes(name)) {
    throw new CandlenetError(
      'INDEX_UNKNOWN',
      `${join(dir, 'instruments')}: no membership for the index "${name}", there are: ${names.join(', ') || 'none'}`,
    );
  }
  const path = join(dir, 'instruments', `${name}.txt`);
  const spans: QlibSpan[] = [];
  for (const [i, line] of readInputFile(path, 'Qlib instruments').toString('utf8').split(/\r?\n/).entries()) {
    if (line.trim() !== '') spans.push(parseSpan(line, `${path} line ${i + 1}`));
  }
  return spans;
}

function parseSpan(line: string, where: string): QlibSpan {
  const fields = line.trim().split(/[\t ]+/);
  if (fields.length !== 3) {
    throw invalid(`${where}: found ${fields.length} fields in "${line.trim()}", expected symbol, first and last date`);
  }
  const [symbol, from, to] = fields;
  const span = { symbol: canonicalSymbol(symbol) ?? symbol.toUpperCase(), from: day(from, where), to: day(to, where) };
  if (span.from > span.to) {
    throw invalid(
      `${where}: found ${formatDay(span.from)} … ${formatDay(span.to)}, expected the first date before the last`,
    );
  }
  return span;
}

function day(text: string, where: string): Day {
  try {
    return parseDay(text, where);
  } catch (error) {
    throw invalid((error as Error).message);
  }
}

function invalid(message: string): CandlenetError {
  return new CandlenetError('QLIB_INSTRUMENTS_INVALID', message);
}
