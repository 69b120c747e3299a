export { checkOptions, localBatchSize } from './check-options.js';
export { classificationLoss } from './classification-loss.js';
export {
  type Ambiguity,
  type AugmentationVariant,
  ambiguityOf,
  averageForecasts,
  buildEnsembleModel,
  type EnsemblePlan,
  type EnsembleWeighting,
  memberOptions,
  memberWeights,
  type SessionLosses,
  softmaxWeights,
  type WeightingOptions,
} from './ensemble/index.js';
export type { CheckpointOptions, TrainingHooks } from './hooks.js';
export { initialParams, initialState } from './initialise.js';
export { type Inspection, type InspectionOptions, inspectNetwork, type Weights } from './inspection.js';
export {
  joinSampleSets,
  type Learned,
  learnOn,
  type OnlineOptions,
  type PlannedUpdate,
  planUpdates,
  takeSamples,
  type UpdateChain,
  type UpdateOutcome,
  type UpdateRhythm,
} from './online/index.js';
export { type PredictionPart, type PredictOptions, predict, predictParts } from './predict.js';
export { type AdversarialOptions, buildInferenceModel, buildTrainingProgram, type ProgramShape } from './program.js';
export { regressionLoss } from './regression-loss.js';
export type { Schedule, WarmUp } from './schedule.js';
export {
  checkSpace,
  type Dimension,
  type Evaluated,
  expectedMeans,
  goesOn,
  gridSize,
  propose,
  rungsOf,
  SEARCH_METHODS,
  type SearchMethod,
  type SearchPlan,
  type SearchPoint,
  type SearchSpace,
  settingsOf,
  spaceSize,
} from './search/index.js';
export {
  type CombinatorialPlan,
  type CrossValidation,
  combinatorial,
  crossValidation,
  type Fold,
  type FoldRange,
  type Period,
  type Purging,
  purgeBefore,
  type Splitter,
  sessionCount,
  sessionsOf,
  spanOf,
  staticSplit,
  type TestPath,
  testPaths,
  type WalkForward,
  walkForward,
} from './splits/index.js';
export { train } from './train.js';
export type {
  ClassWeights,
  EpochRecord,
  InitialWeights,
  RegressionLoss,
  SampleSet,
  TrainableModel,
  TrainedModel,
  TrainingData,
  TrainingOptions,
} from './types.js';
