export { type ImportQlibOptions, importQlib } from './qlib/import-qlib.js';
export { type ImportTushareOptions, importTushare } from './tushare/import-tushare.js';
