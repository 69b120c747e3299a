import { existsSync } from 'node:fs';
import {
  DuckDBBooleanVector,
  type DuckDBConnection,
  DuckDBDoubleVector,
  DuckDBFloatVector,
  DuckDBIntegerVector,
  type DuckDBVector,
} from '@duckdb/node-api';
import { CandlenetError } from '../util/index.js';
import { duckdbReason, isDuckdbError, withConnection } from './duckdb.js';
import { sqlName, sqlText } from './sql-text.js';
import { selectStored, sqlTypeOf } from './sql-types.js';
import { allocateColumns, makeTable } from './table.js';
import type { ColumnArrays, ColumnType, RowFilter, Table, TableSchema } from './types.js';

export interface ReadParquetOptions {
  /** Rows must meet all of these. */
  readonly where?: readonly RowFilter[];
}

/**
 * Reads columns of a Parquet file into typed arrays, rows in file order. The schema names the columns wanted; the file
 * may hold more. Nulls become NaN, '' or `MISSING_DAY`; in an int32 or bool column a null is an error.
 * @throws FILE_NOT_FOUND; TABLE_INVALID naming the file and column
 */
export async function readParquet<S extends TableSchema>(
  path: string,
  schema: S,
  options: ReadParquetOptions = {},
): Promise<Table<S>> {
  if (!existsSync(path)) throw new CandlenetError('FILE_NOT_FOUND', `${path}: table not found`);
  return withConnection(async (connection) => {
    const where = options.where ?? [];
    const stored = await checkColumns(connection, path, schema, where);
    return readColumns(
      connection,
      path,
      schema,
      where.map((filter) => condition(filter, stored)),
    );
  });
}

/** Checks that the columns are there and of a fitting type. @returns the stored type of every column of the file */
async function checkColumns(
  connection: DuckDBConnection,
  path: string,
  schema: TableSchema,
  where: readonly RowFilter[],
): Promise<ReadonlyMap<string, string>> {
  const described = await connection
    .runAndReadAll(`DESCRIBE SELECT * FROM read_parquet(${sqlText(path)})`)
    .catch((error: unknown) => {
      throw new CandlenetError('TABLE_INVALID', `${path}: not a readable Parquet file: ${duckdbReason(error)}`, {
        cause: error,
      });
    });
  const found = new Map(described.getRowsJS().map((row) => [String(row[0]), String(row[1])]));
  const present = [...found.keys()].join(', ');
  for (const name of [...Object.keys(schema), ...where.map((filter) => filter.column)]) {
    if (!found.has(name)) {
      throw new CandlenetError('TABLE_INVALID', `${path}: column "${name}" is missing, found ${present}`);
    }
  }
  for (const [name, type] of Object.entries(schema)) {
    const { accepts, stored } = sqlTypeOf(type);
    const actual = found.get(name) ?? '';
    if (!accepts.test(actual)) {
      throw new CandlenetError('TABLE_INVALID', `${path}: column "${name}" is ${actual}, expected ${stored}`);
    }
  }
  return found;
}

function condition(filter: RowFilter, stored: ReadonlyMap<string, string>): string {
  const instant = filter.instant === true;
  const dated = !instant && sqlTypeOf('day').accepts.test(stored.get(filter.column) ?? '');
  const column = sqlName(filter.column);
  const name = dated ? `${column}::DATE` : instant ? `epoch_ms(${column})` : column;
  const bound = (value: number) => (dated ? `(DATE '1970-01-01' + ${Math.trunc(value)})` : String(value));
  const parts: string[] = [];
  if (filter.min !== undefined) parts.push(`${name} >= ${bound(filter.min)}`);
  if (filter.max !== undefined) parts.push(`${name} <= ${bound(filter.max)}`);
  if (filter.equals !== undefined) parts.push(`${name} = ${sqlText(filter.equals)}`);
  return parts.join(' AND ') || 'true';
}

async function readColumns<S extends TableSchema>(
  connection: DuckDBConnection,
  path: string,
  schema: S,
  conditions: readonly string[],
): Promise<Table<S>> {
  const names = Object.keys(schema) as (keyof S & string)[];
  const source = `FROM read_parquet(${sqlText(path)}) WHERE ${['true', ...conditions].join(' AND ')}`;
  try {
    const columns = allocateColumns(schema, await countRows(connection, source));
    const selected: string[] = [];
    const dictionaries: (Dictionary | null)[] = [];
    for (const name of names) {
      const stored = selectStored(name, schema[name]);
      const dictionary = schema[name] === 'string' ? await makeDictionary(connection, stored, source, name) : null;
      dictionaries.push(dictionary);
      selected.push(dictionary === null ? stored : `enum_code(${stored}::${dictionary.type})::INTEGER`);
    }
    const result = await connection.stream(`SELECT ${selected.join(', ')} ${source}`);
    let row = 0;
    for (;;) {
      const chunk = await result.fetchChunk();
      if (chunk === null || chunk.rowCount === 0) break;
      for (const [c, name] of names.entries()) {
        const vector = chunk.getColumnVector(c);
        const dictionary = dictionaries[c];
        if (dictionary === null) copyVector(vector, columns[name], row);
        else copyTexts(vector, dictionary.texts, columns[name] as string[], row);
      }
      row += chunk.rowCount;
    }
    return makeTable(schema, columns, path);
  } catch (error) {
    if (!isDuckdbError(error)) throw error;
    throw new CandlenetError('TABLE_INVALID', `${path}: ${duckdbReason(error)}`, { cause: error });
  }
}

async function countRows(connection: DuckDBConnection, source: string): Promise<number> {
  const counted = await connection.runAndReadAll(`SELECT count(*) ${source}`);
  return Number(counted.getRowsJS()[0][0]);
}

/** Up to here the texts of a column (symbols, names of series) are fetched once each, as an enum's values. */
const DICTIONARY_SIZE = 20_000;

/** An enum type of this connection; a row travels as its place among the texts. */
interface Dictionary {
  readonly type: string;
  readonly texts: readonly string[];
}

/** The texts of a column as an enum type of this connection; null when there are too many. */
async function makeDictionary(
  connection: DuckDBConnection,
  stored: string,
  source: string,
  name: string,
): Promise<Dictionary | null> {
  const type = sqlName(`texts of ${name}`);
  const distinct = `SELECT DISTINCT ${stored} ${source}`;
  const counted = await connection.runAndReadAll(`SELECT count(*) FROM (${distinct} LIMIT ${DICTIONARY_SIZE + 1})`);
  const size = Number(counted.getRowsJS()[0][0]);
  if (size === 0 || size > DICTIONARY_SIZE) return null;
  await connection.run(`CREATE TEMP TYPE ${type} AS ENUM (${distinct})`);
  const texts = await connection.runAndReadAll(`SELECT unnest(enum_range(NULL::${type}))::VARCHAR`);
  return { type, texts: texts.getRowsJS().map(([text]) => String(text)) };
}

function copyTexts(codes: DuckDBVector, texts: readonly string[], target: string[], offset: number): void {
  const rows = codes.itemCount;
  for (let i = 0; i < rows; i++) target[offset + i] = texts[codes.getItem(i) as number];
}

/** Each kind of vector has a loop of its own: mixed, the calls are several times slower. */
function copyVector(vector: DuckDBVector, target: ColumnArrays[ColumnType], offset: number): void {
  const rows = vector.itemCount;
  if (vector instanceof DuckDBDoubleVector) {
    for (let i = 0; i < rows; i++) target[offset + i] = vector.getItem(i) as number;
  } else if (vector instanceof DuckDBFloatVector) {
    for (let i = 0; i < rows; i++) target[offset + i] = vector.getItem(i) as number;
  } else if (vector instanceof DuckDBIntegerVector) {
    for (let i = 0; i < rows; i++) target[offset + i] = vector.getItem(i) as number;
  } else if (vector instanceof DuckDBBooleanVector) {
    for (let i = 0; i < rows; i++) target[offset + i] = vector.getItem(i) ? 1 : 0;
  } else {
    for (let i = 0; i < rows; i++) target[offset + i] = vector.getItem(i) as string;
  }
}
