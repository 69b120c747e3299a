export { checkOptions, localBatchSize } from './check-options.js';
export { classificationLoss } from './classification-loss.js';
export type { CheckpointOptions, TrainingHooks } from './hooks.js';
export { initialParams, initialState } from './initialise.js';
export { type PredictOptions, predict } from './predict.js';
export { type AdversarialOptions, buildInferenceModel, buildTrainingProgram, type ProgramShape } from './program.js';
export type { Schedule, WarmUp } from './schedule.js';
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
  RegressionLoss,
  SampleSet,
  TrainableModel,
  TrainedModel,
  TrainingData,
  TrainingOptions,
} from './types.js';
