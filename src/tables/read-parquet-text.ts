import { existsSync } from 'node:fs';
import { CandlenetError } from '../util/index.js';
import { duckdbReason, isDuckdbError, withConnection } from './duckdb.js';
import type { CsvText } from './read-csv.js';
import { sqlName, sqlText } from './sql-text.js';

/** About a gigabyte of texts: beyond this a file is to be split, as a CSV beyond its limit is. */
const MAX_CELLS = 60_000_000;
/** Repeated texts take no room in the file: a few kilobytes of it can hold any length of them. */
const MAX_TEXT_BYTES = 256 * 2 ** 20;
/** Types whose texts are short, so that none needs to be measured. */
const SHORT = /^(U?(TINY|SMALL|BIG|HUGE)?INT(EGER)?|FLOAT|DOUBLE|DECIMAL\(.*\)|BOOLEAN|DATE|TIME.*)$/;

/**
 * Reads a Parquet file as texts, for files whose types are their vendor's: numbers in the shortest form that reads back
 * as the same value, dates as YYYY-MM-DD, a null as ''. `lines` counts the rows from 1.
 * @param wanted columns to read, of those that are there; all when left out
 * @param most how much it may hold, against files made to fill the memory
 * @throws FILE_NOT_FOUND, FILE_UNREADABLE; TABLE_INVALID naming the file
 */
export async function readParquetText(
  path: string,
  wanted?: ReadonlySet<string>,
  most: { readonly cells?: number; readonly textBytes?: number } = {},
): Promise<CsvText> {
  if (!existsSync(path)) throw new CandlenetError('FILE_NOT_FOUND', `${path}: table not found`);
  const { cells: maxCells = MAX_CELLS, textBytes = MAX_TEXT_BYTES } = most;
  const source = `read_parquet(${sqlText(path)})`;
  return withConnection(async (connection) => {
    try {
      const described = await connection.runAndReadAll(`DESCRIBE SELECT * FROM ${source}`);
      const types = new Map(described.getRowsJS().map((row) => [String(row[0]), String(row[1])]));
      const all = [...types.keys()];
      const header = wanted === undefined ? all : all.filter((name) => wanted.has(name));
      const counted = await connection.runAndReadAll(`SELECT count(*) FROM ${source}`);
      const length = Number(counted.getRowsJS()[0][0]);
      if (length * header.length > maxCells) {
        throw new CandlenetError(
          'FILE_UNREADABLE',
          `${path}: found ${length} rows of ${header.length} columns, expected at most ${maxCells} cells: split the file`,
        );
      }
      const long = header.filter((name) => !SHORT.test(types.get(name)!));
      if (long.length > 0) {
        const lengths = long.map((name) => `coalesce(sum(strlen(${sqlName(name)}::VARCHAR)), 0)::DOUBLE`);
        const measured = await connection.runAndReadAll(`SELECT ${lengths.join(' + ')} FROM ${source}`);
        const bytes = Number(measured.getRowsJS()[0][0]);
        if (bytes > textBytes) {
          throw new CandlenetError(
            'FILE_UNREADABLE',
            `${path}: found ${Math.round(bytes / 2 ** 20)} MiB of text in the columns ${long.join(', ')}, expected at most ${textBytes / 2 ** 20}: split the file`,
          );
        }
      }
      const rows: string[][] = [];
      if (header.length > 0) {
        const cells = header.map((name) => `coalesce(${sqlName(name)}::VARCHAR, '')`);
        const result = await connection.stream(`SELECT ${cells.join(', ')} FROM ${source}`);
        for (;;) {
          const chunk = await result.fetchChunk();
          if (chunk === null || chunk.rowCount === 0) break;
          for (const row of chunk.getRows()) rows.push(row.map((cell) => String(cell).trim()));
        }
      }
      return { header, rows, lines: Int32Array.from(rows, (_, r) => r + 1) };
    } catch (error) {
      if (!isDuckdbError(error)) throw error;
      throw new CandlenetError('TABLE_INVALID', `${path}: not a readable Parquet file: ${duckdbReason(error)}`, {
        cause: error,
      });
    }
  });
}
