import { allocateColumns, makeTable, type Table, type TableSchema } from '../tables/index.js';

const CHUNK_BITS = 12;
const CHUNK_ROWS = 1 << CHUNK_BITS;

/**
 * Rows of numbers in chunks, so that a record costs no object and growing copies nothing. Strings are codes into a list
 * of names.
 */
export class NumericRows {
  length = 0;
  /** The chunk of the row last begun; `next` says where in it. */
  data: Float64Array;
  private readonly chunks: Float64Array[];

  constructor(readonly width: number) {
    this.data = new Float64Array(width * CHUNK_ROWS);
    this.chunks = [this.data];
  }

  /** Begins a row and returns its offset in `data`, to be filled with `width` numbers. */
  next(): number {
    const row = this.length & (CHUNK_ROWS - 1);
    if (row === 0 && this.length > 0) {
      this.data = new Float64Array(this.width * CHUNK_ROWS);
      this.chunks.push(this.data);
    }
    this.length++;
    return row * this.width;
  }

  /** The chunk that holds a row, at `offsetOf(row)`. */
  chunkOf(row: number): Float64Array {
    return this.chunks[row >> CHUNK_BITS];
  }

  offsetOf(row: number): number {
    return (row & (CHUNK_ROWS - 1)) * this.width;
  }

  /** The rows as a table: its columns in the order of the schema, strings through their names. */
  toTable<S extends TableSchema>(schema: S, names: Readonly<Record<string, readonly string[]>>): Table<S> {
    const columns = allocateColumns(schema, this.length);
    const keys = Object.keys(schema);
    for (const [i, chunk] of this.chunks.entries()) {
      const first = i << CHUNK_BITS;
      const rows = Math.min(CHUNK_ROWS, this.length - first);
      for (const [c, key] of keys.entries()) {
        if (schema[key] === 'string') this.decode(chunk, c, rows, names[key], columns[key] as string[], first);
        else this.copy(chunk, c, rows, columns[key] as Float64Array, first);
      }
    }
    return makeTable(schema, columns);
  }

  private copy(chunk: Float64Array, c: number, rows: number, column: Float64Array, first: number): void {
    for (let r = 0, from = c; r < rows; r++, from += this.width) column[first + r] = chunk[from];
  }

  private decode(
    chunk: Float64Array,
    c: number,
    rows: number,
    names: readonly string[],
    column: string[],
    first: number,
  ): void {
    for (let r = 0, from = c; r < rows; r++, from += this.width) column[first + r] = names[chunk[from]];
  }
}
