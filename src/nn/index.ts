export { type BatchNormOptions, batchNorm } from './batch-norm.js';
export { type Conv1dOptions, conv1d } from './conv1d.js';
export { dense, dropout } from './dense.js';
export { softmaxCrossEntropy } from './losses.js';
export { lstm } from './lstm.js';
export { type Mode, Scope, type ScopeOptions } from './scope.js';
export { mapSequence, maxPool2, type Sequence, sequenceOf } from './sequence.js';
