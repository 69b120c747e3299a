export { type Design, flattenedWindows } from './design.js';
export { type FitHooks, fitLogistic } from './fit-logistic.js';
export {
  DEFAULT_LOGISTIC,
  fitLogisticSync,
  type LogisticModel,
  type LogisticOptions,
  logisticProbabilities,
} from './logistic.js';
export { classShares, majorityProbabilities, shuffledLabels } from './placebos.js';
export { fitRidge, type RidgeModel, type RidgeOptions, ridgeForecasts } from './ridge.js';
export { SUMMARY_STATISTICS, summarise } from './summary.js';
