export { hashTable } from './hash-table.js';
export { type ParquetColumn, parquetColumns } from './parquet-columns.js';
export { type CsvText, readCsv } from './read-csv.js';
export { type ReadParquetOptions, readParquet } from './read-parquet.js';
export { readParquetText } from './read-parquet-text.js';
export { sortTable } from './sort-table.js';
export { allocateColumns, createTableBuilder, makeTable, type RowOf, type TableBuilder } from './table.js';
export {
  type ColumnArrays,
  type ColumnType,
  MISSING_DAY,
  type RowFilter,
  type Table,
  type TableColumns,
  type TableSchema,
} from './types.js';
export { writeParquet, writeParquetPieces } from './write-parquet.js';
