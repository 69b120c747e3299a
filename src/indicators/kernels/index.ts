export { type Column, type Columns, columnsOf } from './kernels.js';
