export { type Design, flattenedWindows } from './design.js';
export { fitLogistic } from './fit-logistic.js';
export {
  DEFAULT_LOGISTIC,
  fitLogisticSync,
  type LogisticModel,
  type LogisticOptions,
  logisticProbabilities,
} from './logistic.js';
export { boostingOnnx, forestOnnx, logisticOnnx, ridgeOnnx, svmOnnx } from './onnx-model.js';
export { certainProbabilities, classShares, majorityProbabilities, shuffledLabels } from './placebos.js';
export { fitRidge, type RidgeModel, type RidgeOptions, ridgeForecasts } from './ridge.js';
export type { SampleSource, SummarisedWindows } from './samples.js';
export { SUMMARY_STATISTICS, summarise } from './summary.js';
export {
  DEFAULT_SVM,
  fitSvm,
  type LabelledSamples,
  type SvmModel,
  type SvmOptions,
  svmProbabilities,
} from './svm/svm.js';
export { type BinnedSamples, binSamples } from './trees/binned.js';
export {
  type BoostingModel,
  type BoostingOptions,
  boostingProbabilities,
  DEFAULT_BOOSTING,
  fitBoosting,
  type LabelledBins,
} from './trees/boosting.js';
export type { TreeEnsemble } from './trees/ensemble.js';
export { DEFAULT_FOREST, type ForestOptions, fitForest, forestProbabilities } from './trees/forest.js';
