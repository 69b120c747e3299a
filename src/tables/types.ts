/**
 * A dated table in memory: named columns of one length. Dates are `Day` numbers (see util/dates) in an Int32Array;
 * missing numbers are NaN; missing strings are ''; missing dates are `MISSING_DAY`. Instants are milliseconds since
 * 1970-01-01T00:00Z in a Float64Array, NaN where missing.
 */
export type ColumnType = 'day' | 'instant' | 'float64' | 'float32' | 'int32' | 'bool' | 'string';

export interface ColumnArrays {
  day: Int32Array;
  instant: Float64Array;
  float64: Float64Array;
  float32: Float32Array;
  int32: Int32Array;
  bool: Uint8Array;
  string: string[];
}

/** Column names and types, in order. */
export type TableSchema = Readonly<Record<string, ColumnType>>;

export type TableColumns<S extends TableSchema> = { [K in keyof S]: ColumnArrays[S[K]] };

export interface Table<S extends TableSchema = TableSchema> {
  readonly length: number;
  readonly columns: TableColumns<S>;
}

/** Stands for "no date" in a day column (a null in Parquet), such as the delisting of what is still listed. */
export const MISSING_DAY = -0x8000_0000;

/** A condition on one column; a row must meet all that are given. Bounds are inclusive. */
export interface RowFilter {
  readonly column: string;
  readonly min?: number;
  readonly max?: number;
  readonly equals?: string;
  /** The bounds are instants, not days. */
  readonly instant?: boolean;
}
