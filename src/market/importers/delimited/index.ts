export { type ImportBarFilesOptions, importBarFiles } from './import-bar-files.js';
export type { FileFormat } from './list-files.js';
export { type ImportTableOptions, importTableFiles } from './tables/import-table-files.js';
