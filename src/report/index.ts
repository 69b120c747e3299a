export { renderReport } from './render-report.js';
export { renderSummary, type SummaryOptions } from './render-summary.js';
export type { Finding, Verdict } from './verdict.js';
