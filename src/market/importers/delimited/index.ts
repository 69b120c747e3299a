export { type ImportBarFilesOptions, importBarFiles } from './import-bar-files.js';
