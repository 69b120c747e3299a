export { type DataReport, type DataReportOptions, dataReport } from './data-report.js';
export { renderDataReport } from './render-data-report.js';
