import { CandlenetError, type Day, parseDay, readInputFile } from '../../util/index.js';
import { canonicalSymbol } from '../boards.js';

/** What a list of instruments adds to a source of bars. */
export interface InstrumentFacts {
  readonly name: string;
  readonly industry: string;
  readonly listDate: Day | null;
  readonly delistDate: Day | null;
}

const REQUIRED = ['ts_code', 'name'] as const;
/** Withdrawn listings carry codes of letters, such as TS0018.SH; they never traded. */
const TUSHARE_CODE = /^[A-Z0-9]{6}\.(SH|SZ|BJ)$/;

/**
 * Reads a CSV in Tushare's columns (`stock_basic`): ts_code, name, and where present industry, list_date, delist_date
 * (YYYYMMDD).
 * @returns facts by canonical symbol
 * @throws FILE_NOT_FOUND, TABLE_INVALID naming line and column
 */
export function readInstrumentNames(path: string): Map<string, InstrumentFacts> {
  const [header = '', ...lines] = readInputFile(path, 'instruments CSV')
    .toString('utf8')
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/);
  const names = splitCsvLine(header);
  for (const name of REQUIRED) {
    if (!names.includes(name)) {
      throw new CandlenetError('TABLE_INVALID', `${path}: column "${name}" is missing, found ${names.join(', ')}`);
    }
  }
  const facts = new Map<string, InstrumentFacts>();
  for (const [i, line] of lines.entries()) {
    if (line.trim() === '') continue;
    const where = `${path} line ${i + 2}`;
    const fields = splitCsvLine(line);
    if (fields.length !== names.length) {
      throw new CandlenetError('TABLE_INVALID', `${where}: found ${fields.length} fields, expected ${names.length}`);
    }
    const cell = (name: string) => fields[names.indexOf(name)] ?? '';
    const code = cell('ts_code');
    if (!TUSHARE_CODE.test(code)) {
      throw new CandlenetError(
        'TABLE_INVALID',
        `${where}: column "ts_code": found "${code}", expected a code such as 600000.SH`,
      );
    }
    const symbol = canonicalSymbol(code);
    if (symbol === null) continue;
    facts.set(symbol, {
      name: cell('name').normalize('NFKC'),
      industry: cell('industry'),
      listDate: compactDay(cell('list_date'), `${where}: column "list_date"`),
      delistDate: compactDay(cell('delist_date'), `${where}: column "delist_date"`),
    });
  }
  return facts;
}

/** `YYYYMMDD` or `YYYY-MM-DD`; null when empty. */
function compactDay(text: string, where: string): Day | null {
  if (text === '') return null;
  return parseDay(text.replace(/^(\d{4})(\d{2})(\d{2})$/, '$1-$2-$3'), where);
}

/** Fields of one CSV line; a field may be quoted, with quotes doubled inside (RFC 4180), but not span lines. */
function splitCsvLine(line: string): string[] {
  const fields: string[] = [];
  for (const match of `,${line}`.matchAll(/,(?:"((?:[^"]|"")*)"|([^,]*))/g)) {
    fields.push((match[1]?.replaceAll('""', '"') ?? match[2]).trim());
  }
  return fields;
}
