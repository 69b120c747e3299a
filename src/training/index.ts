export { checkOptions, localBatchSize } from './check-options.js';
export { classificationLoss } from './classification-loss.js';
export type { CheckpointOptions, TrainingHooks } from './hooks.js';
export { type PredictOptions, predict } from './predict.js';
export { buildInferenceModel, buildTrainingProgram, type ProgramShape } from './program.js';
export {
  type Fold,
  type FoldRange,
  type Period,
  type Purging,
  purgeBefore,
  type Splitter,
  sessionsOf,
  staticSplit,
} from './splits.js';
export { train } from './train.js';
export type {
  EpochRecord,
  SampleSet,
  TrainableModel,
  TrainedModel,
  TrainingData,
  TrainingOptions,
} from './types.js';
