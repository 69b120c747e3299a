import { existsSync } from 'node:fs';
import { CandlenetError } from '../util/index.js';
import { duckdbReason, isDuckdbError, withConnection } from './duckdb.js';
import type { CsvText } from './read-csv.js';
import { sqlName, sqlText } from './sql-text.js';

/** About a gigabyte of texts: beyond this a file is to be split, as a CSV beyond its limit is. */
const MAX_CELLS = 60_000_000;

/**
 * Reads a Parquet file as texts, for files whose types are their vendor's: numbers in the shortest form that reads back
 * as the same value, dates as YYYY-MM-DD, a null as ''. `lines` counts the rows from 1.
 * @param wanted columns to read, of those that are there; all when left out
 * @throws FILE_NOT_FOUND, FILE_UNREADABLE; TABLE_INVALID naming the file
 */
export async function readParquetText(
  path: string,
  wanted?: ReadonlySet<string>,
  maxCells = MAX_CELLS,
): Promise<CsvText> {
  if (!existsSync(path)) throw new CandlenetError('FILE_NOT_FOUND', `${path}: table not found`);
  const source = `read_parquet(${sqlText(path)})`;
  return withConnection(async (connection) => {
    try {
      const described = await connection.runAndReadAll(`DESCRIBE SELECT * FROM ${source}`);
      const all = described.getRowsJS().map((row) => String(row[0]));
      const header = wanted === undefined ? all : all.filter((name) => wanted.has(name));
      const counted = await connection.runAndReadAll(`SELECT count(*) FROM ${source}`);
      const length = Number(counted.getRowsJS()[0][0]);
      if (length * header.length > maxCells) {
        throw new CandlenetError(
          'FILE_UNREADABLE',
          `${path}: found ${length} rows of ${header.length} columns, expected at most ${maxCells} cells: split the file`,
        );
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
