export type { ColumnArrays, ColumnType, Table, TableColumns, TableSchema } from './types.js';
