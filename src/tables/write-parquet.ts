import { writeAtomically, writeFailed } from '../util/index.js';
import { duckdbReason, isDuckdbError, withConnection } from './duckdb.js';
import { type NextTable, numberTexts, type Texts, withRows } from './row-feed.js';
import { sqlText } from './sql-text.js';
import { selectWire } from './sql-types.js';
import { makeTable } from './table.js';
import type { ColumnArrays, ColumnType, Table, TableSchema } from './types.js';

type TextsOf<S extends TableSchema> = Readonly<Partial<Record<keyof S & string, Texts>>>;

/**
 * Writes a table as a zstd-compressed Parquet file, whole or not at all. NaN, '' and `MISSING_DAY` become nulls.
 * @throws FILE_WRITE_FAILED, TABLE_INVALID
 */
export async function writeParquet<S extends TableSchema>(path: string, table: Table<S>, schema: S): Promise<void> {
  makeTable(schema, table.columns, path);
  await writeWhole(path, once(table), schema, textsOf(table, schema));
}

/**
 * As `writeParquet`, of a table that need never exist whole: `next` gives one piece of it after the other, null after the
 * last. `texts` names, where it is known beforehand, all that a string column may hold: it is written faster.
 * @throws FILE_WRITE_FAILED, TABLE_INVALID; what `next` throws
 */
export async function writeParquetPieces<S extends TableSchema>(
  path: string,
  schema: S,
  next: NextTable<S>,
  texts: Readonly<Record<string, readonly string[]>> = {},
): Promise<void> {
  const numbered: Partial<Record<keyof S & string, Texts>> = {};
  for (const [name, all] of Object.entries(texts)) numbered[name as keyof S & string] = numberTexts(all);
  const checked = () => {
    const piece = next();
    return piece && makeTable(schema, piece.columns, path);
  };
  await writeWhole(path, checked, schema, numbered);
}

async function writeWhole<S extends TableSchema>(
  path: string,
  next: NextTable<S>,
  schema: S,
  texts: TextsOf<S>,
): Promise<void> {
  await writeAtomically(path, (temporary) =>
    copyToParquet(temporary, next, schema, texts).catch((error: unknown) => {
      throw isDuckdbError(error) ? writeFailed(path, systemError(error)) : error;
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
export async function copyToParquet<S extends TableSchema>(
  path: string,
  next: NextTable<S>,
  schema: S,
  texts: TextsOf<S>,
): Promise<void> {
  await withConnection(async (connection) => {
    await withRows(schema, texts, next, async (rows) => {
      const selected = Object.entries(schema).map(([name, type]) => {
        const known = texts[name as keyof S & string];
        return selectWire(name, type, known !== undefined && known.size > 0 && !known.has(''));
      });
      await connection.run(
        `COPY (SELECT ${selected.join(', ')} FROM ${rows}) TO ${sqlText(path)} ` +
          '(FORMAT parquet, COMPRESSION zstd, USE_TMP_FILE false)',
      );
    });
  });
}

/** What texts the string columns of a table hold, where they are few. */
function textsOf<S extends TableSchema>(table: Table<S>, schema: S): TextsOf<S> {
  const texts: Partial<Record<keyof S & string, Texts>> = {};
  for (const name of Object.keys(schema) as (keyof S & string)[]) {
    const column: ColumnArrays[ColumnType] = table.columns[name];
    if (Array.isArray(column)) texts[name] = numberTexts(column);
  }
  return texts;
}

/** Calls for one table once. */
export function once<S extends TableSchema>(table: Table<S>): NextTable<S> {
  let left: Table<S> | null = table;
  return () => {
    const now = left;
    left = null;
    return now;
  };
}
