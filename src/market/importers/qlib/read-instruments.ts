import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { CandlenetError, type Day, formatDay, parseDay } from '../../../util/index.js';
import { canonicalSymbol, isSymbol } from '../../boards.js';
import { readQlibLines } from './read-lines.js';

/** The span a line of an instruments file gives: of a listing in `all.txt`, of a membership in an index's file. */
export interface QlibSpan {
  readonly symbol: string;
  readonly from: Day;
  readonly to: Day;
}

/** Names of the instruments files there are, such as `all` and `csi300`. @throws FILE_NOT_FOUND */
export function qlibInstrumentFiles(dir: string): string[] {
  const folder = join(dir, 'instruments');
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory())
    throw new CandlenetError('FILE_NOT_FOUND', `${folder}: Qlib instruments folder not found`);
  return readdirSync(folder)
    .filter((name) => name.endsWith('.txt'))
    .map((name) => name.slice(0, -'.txt'.length))
    .sort();
}

/**
 * Lines `SYMBOL <tab> from <tab> to` of `instruments/<name>.txt`, symbols in canonical upper case.
 * @throws INDEX_UNKNOWN naming the files there are; FILE_UNREADABLE; QLIB_INSTRUMENTS_INVALID naming the line
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
  const spans = readQlibLines(dir, path, 'Qlib instruments', 'QLIB_INSTRUMENTS_INVALID').map(({ text, where }) => ({
    ...parseSpan(text, where),
    where,
  }));
  refuseOverlaps(spans);
  return spans.map(({ where, ...span }) => span);
}

/** An instrument is listed, or a member, once at a time. */
function refuseOverlaps(spans: readonly (QlibSpan & { readonly where: string })[]): void {
  const sorted = [...spans].sort((a, b) => (a.symbol === b.symbol ? a.from - b.from : a.symbol < b.symbol ? -1 : 1));
  for (let i = 1; i < sorted.length; i++) {
    const [before, span] = [sorted[i - 1], sorted[i]];
    if (span.symbol !== before.symbol || span.from > before.to) continue;
    throw invalid(
      `${span.where}: found ${span.symbol} from ${formatDay(span.from)}, ${before.where} has it to ${formatDay(before.to)}, expected spans that do not overlap`,
    );
  }
}

function parseSpan(line: string, where: string): QlibSpan {
  const fields = line.split(/[\t ]+/);
  if (fields.length !== 3) {
    throw invalid(`${where}: found ${fields.length} fields in "${line}", expected symbol, first and last date`);
  }
  const [symbol, from, to] = fields;
  if (!isSymbol(symbol)) throw invalid(`${where}: found ${JSON.stringify(symbol)}, expected a symbol`);
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
