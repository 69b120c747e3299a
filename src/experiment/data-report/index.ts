export { type DataReport, type DataReportOptions, dataReport } from './data-report.js';
export { renderDataReport } from './render-data-report.js';
export { readDatedTables, tableOne } from './table-one.js';
