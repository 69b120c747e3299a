import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { registerRows } from './row-feed.js';

let instance: Promise<DuckDBInstance> | null = null;

/**
 * Runs `work` on a connection of the one in-memory database of this process and closes the connection. Rows keep the
 * order of their file. Nothing is spilled to disk, where a full one would fail a read.
 */
export async function withConnection<T>(work: (connection: DuckDBConnection) => Promise<T>): Promise<T> {
  instance ??= openInstance();
  const connection = await (await instance).connect();
  try {
    return await work(connection);
  } finally {
    connection.closeSync();
  }
}

async function openInstance(): Promise<DuckDBInstance> {
  const opened = await DuckDBInstance.create(':memory:', {
    preserve_insertion_order: 'true',
    autoload_known_extensions: 'false',
    temp_directory: '',
  });
  await registerRows(opened);
  return opened;
}

/** First line of a DuckDB message, without its candidates and stack. */
export function duckdbReason(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message.split('\n', 1)[0];
}

/** DuckDB throws plain errors; those of a subclass are ours or JavaScript's own. */
export function isDuckdbError(error: unknown): boolean {
  return error instanceof Error && Object.getPrototypeOf(error) === Error.prototype;
}
