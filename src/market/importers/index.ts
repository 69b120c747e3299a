export { type ImportQlibOptions, importQlib } from './qlib/import-qlib.js';
