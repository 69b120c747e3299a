import { withConnection } from './duckdb.js';
import { sqlText } from './sql-text.js';

/** Writes what a SELECT gives as a Parquet file, with whatever types and nesting it has. */
export async function writeSelected(path: string, select: string): Promise<void> {
  await withConnection(async (connection) => {
    await connection.run(`COPY (${select}) TO ${sqlText(path)} (FORMAT parquet)`);
  });
}
