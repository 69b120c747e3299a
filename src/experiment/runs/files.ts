/** Names in a run folder that more than one place writes or reads. */
export const REPORT_FILE = 'report.html';
export const REPORT_DATA_FILE = 'report-data.json';
export const METRICS_FILE = 'metrics.json';
