import { allocateColumns, makeTable, type Table, type TableSchema } from '../tables/index.js';

/** Rows of numbers in one growing array, so that a record costs no object. Strings are codes into a list of names. */
export class NumericRows {
  data: Float64Array;
  length = 0;

  constructor(readonly width: number) {
    this.data = new Float64Array(width * 256);
  }

  /** Offset in `data` of a new row, to be filled with `width` numbers. */
  next(): number {
    const offset = this.length * this.width;
    if (offset === this.data.length) {
      const grown = new Float64Array(this.data.length * 2);
      grown.set(this.data);
      this.data = grown;
    }
    this.length++;
    return offset;
  }

  /** The rows as a table: its columns in the order of the schema, strings through their names. */
  toTable<S extends TableSchema>(schema: S, names: Readonly<Record<string, readonly string[]>>): Table<S> {
    const columns = allocateColumns(schema, this.length);
    for (const [c, key] of Object.keys(schema).entries()) {
      const column = columns[key] as { [row: number]: number | string };
      const list = names[key];
      for (let r = 0, from = c; r < this.length; r++, from += this.width) {
        column[r] = list === undefined ? this.data[from] : list[this.data[from]];
      }
    }
    return makeTable(schema, columns);
  }
}
