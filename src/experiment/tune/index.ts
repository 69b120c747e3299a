export { planTune, type TunePlan } from './plan-tune.js';
export { renderTune, renderTunePlan } from './render-tune.js';
export { type TuneOutcome, tuneExperiment } from './run-tune.js';
export type { TuneReport, TuneTrial } from './tune-report.js';
