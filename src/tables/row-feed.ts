import {
  type DuckDBDataChunk,
  type DuckDBEnumType,
  type DuckDBInstance,
  DuckDBTableFunction,
  type DuckDBType,
  DuckDBTypeId,
  ENUM,
  INTEGER,
} from '@duckdb/node-api';
import duckdb from '@duckdb/node-bindings';
import { sqlTypeOf } from './sql-types.js';
import type { ColumnArrays, ColumnType, Table, TableSchema } from './types.js';

/** Tables of one schema, one after the other; null after the last. */
export type NextTable<S extends TableSchema> = () => Table<S> | null;

/** The texts that may stand in a string column, each with its number; without it the column travels as it is. */
export type Texts = ReadonlyMap<string, number>;

interface FeedColumn {
  readonly name: string;
  readonly type: ColumnType;
  readonly wire: DuckDBType;
  readonly texts: Texts | null;
}

/** Rows on their way into DuckDB. */
interface Feed {
  readonly columns: readonly FeedColumn[];
  readonly next: NextTable<TableSchema>;
  table: Table | null;
  row: number;
  error: unknown;
}

const feeds = new Map<number, Feed>();
let feedNumber = 0;

/** Name of the table function that hands over the rows of a feed. */
const ROWS = 'candlenet_rows';

/**
 * Runs `work` with a FROM item that yields the rows of the tables in order, each table asked for when the one before is
 * through: nothing is staged. Columns have their wire types, strings with `texts` an ENUM of them.
 */
export async function withRows<S extends TableSchema, T>(
  schema: S,
  texts: Readonly<Partial<Record<keyof S & string, Texts>>>,
  next: NextTable<S>,
  work: (from: string) => Promise<T>,
): Promise<T> {
  const number = feedNumber++;
  const columns = Object.entries(schema).map(([name, type]): FeedColumn => {
    const known = texts[name as keyof S & string];
    return known && known.size > 0
      ? { name, type, wire: ENUM([...known.keys()]), texts: known }
      : { name, type, wire: sqlTypeOf(type).wire, texts: null };
  });
  const feed: Feed = { columns, next: next as NextTable<TableSchema>, table: null, row: 0, error: undefined };
  feeds.set(number, feed);
  try {
    return await work(`${ROWS}(${number})`);
  } catch (error) {
    throw feed.error ?? error;
  } finally {
    feeds.delete(number);
  }
}

/** Makes the table function known to a database; once is enough. */
export async function registerRows(instance: DuckDBInstance): Promise<void> {
  const connection = await instance.connect();
  try {
    connection.registerTableFunction(
      DuckDBTableFunction.create({
        name: ROWS,
        parameterTypes: [INTEGER],
        bindFunction: (info) => {
          const feed = feeds.get(Number(info.getParameter(0)));
          if (!feed) return info.setError('the rows are gone');
          for (const { name, wire } of feed.columns) info.addResultColumn(name, wire);
          info.setBindData(feed);
        },
        initFunction: (info) => info.setMaxThreads(1),
        mainFunction: (info, chunk) => {
          const feed = info.getBindData() as Feed;
          try {
            fillChunk(feed, chunk);
          } catch (error) {
            feed.error = error;
            chunk.rowCount = 0;
            info.setError('the source of the rows failed');
          }
        },
      }),
    );
  } finally {
    connection.closeSync();
  }
}

function fillChunk(feed: Feed, chunk: DuckDBDataChunk): void {
  while (feed.table === null || feed.row >= feed.table.length) {
    feed.table = feed.next();
    feed.row = 0;
    if (feed.table === null) {
      chunk.rowCount = 0;
      return;
    }
  }
  const { table, row } = feed;
  const rows = Math.min(duckdb.vector_size(), table.length - row);
  chunk.rowCount = rows;
  for (const [c, column] of feed.columns.entries()) {
    const values: ColumnArrays[ColumnType] = table.columns[column.name];
    const bytes = wireBytes(column, values, row, row + rows);
    if (bytes) {
      const vector = duckdb.data_chunk_get_vector(chunk.chunk, c);
      duckdb.copy_data_to_vector(vector, 0, bytes.buffer as ArrayBuffer, bytes.byteOffset, bytes.byteLength);
    } else {
      const vector = chunk.getColumnVector(c);
      for (let i = 0; i < rows; i++) vector.setItem(i, values[row + i]);
      vector.flush();
    }
  }
  feed.row += rows;
}

type Numbers = Float64Array | Float32Array | Int32Array | Uint8Array | Uint16Array | Uint32Array;

/** Values as DuckDB lays them out; null where they have no fixed width. Memory that threads share must be copied first. */
function wireBytes({ type, wire, texts }: FeedColumn, values: ColumnArrays[ColumnType], from: number, to: number) {
  if (Array.isArray(values)) return texts ? codesOf(wire as DuckDBEnumType, texts, values, from, to) : null;
  if (type === 'bool') return values.slice(from, to).map((value) => (value === 0 ? 0 : 1)) as Numbers;
  return values.buffer instanceof ArrayBuffer ? values.subarray(from, to) : values.slice(from, to);
}

function codesOf(wire: DuckDBEnumType, texts: Texts, values: readonly string[], from: number, to: number): Numbers {
  const width = { [DuckDBTypeId.UTINYINT]: Uint8Array, [DuckDBTypeId.USMALLINT]: Uint16Array } as const;
  const codes = new (width[wire.internalTypeId as keyof typeof width] ?? Uint32Array)(to - from);
  let last = values[from];
  let code = codeOf(texts, last);
  for (let i = from; i < to; i++) {
    if (values[i] !== last) {
      last = values[i];
      code = codeOf(texts, last);
    }
    codes[i - from] = code;
  }
  return codes;
}

function codeOf(texts: Texts, text: string): number {
  const code = texts.get(text);
  if (code === undefined) throw new Error(`a text is not among those announced: ${text}`);
  return code;
}

/** Up to here the texts of a column are numbered; as many can be read back the same way. */
const MOST_TEXTS = 20_000;

/** The distinct texts of a column in order of appearance; undefined when there are too many to gain anything. */
export function numberTexts(values: readonly string[]): Texts | undefined {
  const texts = new Map<string, number>();
  let last: string | null = null;
  for (const text of values) {
    if (text === last) continue;
    last = text;
    if (texts.has(text)) continue;
    if (texts.size === MOST_TEXTS) return undefined;
    texts.set(text, texts.size);
  }
  return texts;
}
