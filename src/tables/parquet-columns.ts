import { existsSync } from 'node:fs';
import { CandlenetError } from '../util/index.js';
import { duckdbReason, withConnection } from './duckdb.js';
import { sqlText } from './sql-text.js';

/** A column as a Parquet file holds it; `type` is DuckDB's name, such as `DOUBLE`. */
export interface ParquetColumn {
  readonly name: string;
  readonly type: string;
}

/** The columns of a Parquet file, in order. @throws FILE_NOT_FOUND, TABLE_INVALID */
export async function parquetColumns(path: string): Promise<ParquetColumn[]> {
  if (!existsSync(path)) throw new CandlenetError('FILE_NOT_FOUND', `${path}: table not found`);
  return withConnection(async (connection) => {
    try {
      const described = await connection.runAndReadAll(`DESCRIBE SELECT * FROM read_parquet(${sqlText(path)})`);
      return described.getRowsJS().map((row) => ({ name: String(row[0]), type: String(row[1]) }));
    } catch (error) {
      const reason = duckdbReason(error);
      throw new CandlenetError('TABLE_INVALID', `${path}: not a readable Parquet file: ${reason}`, { cause: error });
    }
  });
}
