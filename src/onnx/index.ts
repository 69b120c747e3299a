export { type LowerOptions, lower } from './lower.js';
export { lowerTrainingProgram, type TrainingGraph } from './lower-training.js';
export { type ModelMetadata, metadataProps, readModelMetadata } from './metadata.js';
export { ModelWriter } from './model-writer.js';
export { OPEN_BATCH } from './open-batch.js';
export type { Initializer, ParamSlot, RandomInput, StateSlot, TrainingProgram } from './types.js';
