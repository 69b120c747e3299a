export { renderPaperPlan, renderPaperSummary } from './render-text.js';
export { type PaperOptions, type PaperOutcome, type PaperPlan, planPaper, runPaper } from './run-paper.js';
