export { type DataReport, type DataReportOptions, dataReport } from './data-report.js';
export { renderDataReport } from './render-data-report.js';
export { tableOne } from './table-one.js';
