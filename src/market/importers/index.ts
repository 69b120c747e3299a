export {
  type FileFormat,
  type ImportBarFilesOptions,
  type ImportTableOptions,
  importBarFiles,
  importTableFiles,
} from './delimited/index.js';
export type { SourceOptions } from './http/index.js';
export type { KnownPart } from './known-part.js';
export { type FactTable, TARGET_TABLES, type TargetTable } from './presets/index.js';
export { type ImportQlibOptions, importQlib } from './qlib/import-qlib.js';
export { type ImportTushareOptions, importTushare } from './tushare/import-tushare.js';
export { type ImportYahooOptions, importYahoo } from './yahoo/import-yahoo.js';
