import {
  allocateColumns,
  type ColumnArrays,
  type ColumnType,
  type Table,
  type TableColumns,
  type TableSchema,
} from '../tables/index.js';

const CHUNK_BITS = 12;
const CHUNK_ROWS = 1 << CHUNK_BITS;
const ROW_IN_CHUNK = CHUNK_ROWS - 1;

type Numbers = Exclude<ColumnArrays[ColumnType], string[]>;
/** What columns are written as: strings are codes into a list of names. */
type Written<S extends TableSchema> = { [K in keyof S]: S[K] extends 'string' ? Int32Array : ColumnArrays[S[K]] };

/**
 * A table being written, in chunks of columns, each as wide as its type: a record costs no object, and growing copies
 * nothing.
 */
export class RecordColumns<S extends TableSchema> {
  length = 0;
  /** The chunk of the record last begun; `next` says where in it. */
  columns: Written<S>;
  private readonly chunks: Written<S>[];
  private readonly written: TableSchema;

  constructor(private readonly schema: S) {
    const types = Object.entries(schema).map(([key, type]) => [key, type === 'string' ? 'int32' : type]);
    this.written = Object.fromEntries(types) as TableSchema;
    this.columns = this.chunk();
    this.chunks = [this.columns];
  }

  /** Begins a record of zeros and returns its row in `columns`. */
  next(): number {
    const row = this.length++ & ROW_IN_CHUNK;
    if (row === 0 && this.length > 1) {
      this.columns = this.chunk();
      this.chunks.push(this.columns);
    }
    return row;
  }

  /** The chunk that holds a record, at `rowOf(record)`. */
  chunkOf(record: number): Written<S> {
    return this.chunks[record >> CHUNK_BITS];
  }

  rowOf(record: number): number {
    return record & ROW_IN_CHUNK;
  }

  /** The records as a table. A column is put together when it is first read, its strings through their names. */
  toTable(names: Readonly<Record<string, readonly string[]>>): Table<S> {
    const { length } = this;
    const columns = {};
    for (const key of Object.keys(this.schema)) {
      Object.defineProperty(columns, key, {
        enumerable: true,
        configurable: true,
        get: () => {
          const value =
            this.schema[key] === 'string' ? this.strings(key, length, names[key]) : this.numbers(key, length);
          Object.defineProperty(columns, key, { value, enumerable: true });
          return value;
        },
      });
    }
    return { length, columns: columns as TableColumns<S> };
  }

  private chunk(): Written<S> {
    return allocateColumns(this.written, CHUNK_ROWS) as Written<S>;
  }

  private numbers(key: string, length: number): Numbers {
    const column = allocateColumns({ [key]: this.written[key] }, length)[key] as Numbers;
    for (const [i, chunk] of this.chunks.entries()) {
      const first = i << CHUNK_BITS;
      if (first < length) column.set((chunk[key] as Numbers).subarray(0, Math.min(CHUNK_ROWS, length - first)), first);
    }
    return column;
  }

  private strings(key: string, length: number, names: readonly string[]): string[] {
    const codes = this.numbers(key, length);
    const column = new Array<string>(length);
    for (let row = 0; row < length; row++) column[row] = names[codes[row]];
    return column;
  }
}
