import { type DuckDBAppender, type DuckDBConnection, DuckDBDataChunk } from '@duckdb/node-api';
import { writeAtomically, writeFailed } from '../util/index.js';
import { duckdbReason, sqlName, sqlText, withConnection } from './duckdb.js';
import { selectWire, sqlTypeOf } from './sql-types.js';
import { makeTable } from './table.js';
import type { ColumnArrays, ColumnType, Table, TableSchema } from './types.js';

/** DuckDB's vector size: the most rows a data chunk takes. */
const CHUNK_ROWS = 2048;

/**
 * Writes a table as a zstd-compressed Parquet file, whole or not at all. NaN, '' and `MISSING_DAY` become nulls.
 * @throws FILE_WRITE_FAILED, TABLE_INVALID
 */
export async function writeParquet<S extends TableSchema>(path: string, table: Table<S>, schema: S): Promise<void> {
  makeTable(schema, table.columns, path);
  await writeAtomically(path, (temporary) =>
    copyToParquet(temporary, table, schema).catch((error: unknown) => {
      throw writeFailed(path, systemError(error));
    }),
  );
}

/** DuckDB words the failures of the system in its own messages; this finds the error code again. */
export function systemError(error: unknown): unknown {
  const reason = duckdbReason(error);
  const code = /no space left|disk full|quota/i.test(reason)
    ? 'ENOSPC'
    : /permission denied/i.test(reason)
      ? 'EACCES'
      : /read-only file system/i.test(reason)
        ? 'EROFS'
        : undefined;
  return Object.assign(new Error(reason, { cause: error }), { code });
}

/** Writes straight to `path`; a failure may leave a part of the file. */
export async function copyToParquet<S extends TableSchema>(path: string, table: Table<S>, schema: S): Promise<void> {
  await withConnection(async (connection) => {
    const staged = 'staged';
    const types = Object.entries(schema).map(([name, type]) => `${sqlName(name)} ${sqlTypeOf(type).wire}`);
    await connection.run(`CREATE TEMP TABLE ${staged} (${types.join(', ')})`);
    try {
      await append(connection, staged, table, schema);
      const selected = Object.entries(schema).map(([name, type]) => selectWire(name, type));
      await connection.run(
        `COPY (SELECT ${selected.join(', ')} FROM ${staged}) TO ${sqlText(path)} ` +
          '(FORMAT parquet, COMPRESSION zstd, USE_TMP_FILE false)',
      );
    } finally {
      await connection.run(`DROP TABLE ${staged}`);
    }
  });
}

async function append<S extends TableSchema>(
  connection: DuckDBConnection,
  name: string,
  table: Table<S>,
  schema: S,
): Promise<void> {
  const appender = await connection.createAppender(name);
  try {
    appendChunks(appender, table, schema);
  } finally {
    appender.closeSync();
  }
}

function appendChunks<S extends TableSchema>(appender: DuckDBAppender, table: Table<S>, schema: S): void {
  const names = Object.keys(schema) as (keyof S & string)[];
  const wire = names.map((name) => sqlTypeOf(schema[name]).wire);
  for (let start = 0; start < table.length; start += CHUNK_ROWS) {
    const rows = Math.min(CHUNK_ROWS, table.length - start);
    const chunk = DuckDBDataChunk.create(wire, rows);
    for (const [c, name] of names.entries()) {
      const column: ColumnArrays[ColumnType] = table.columns[name];
      const vector = chunk.getColumnVector(c);
      if (schema[name] === 'bool') for (let i = 0; i < rows; i++) vector.setItem(i, column[start + i] !== 0);
      else for (let i = 0; i < rows; i++) vector.setItem(i, column[start + i]);
      vector.flush();
    }
    appender.appendDataChunk(chunk);
  }
}
